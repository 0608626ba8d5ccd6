import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const sources = resolve(import.meta.dirname, '../../fleet/console/src');
const routes = join(sources, 'app');
const read = (path: string) => readFileSync(path, 'utf8');

/** Own modules and style sheets that come along with a module; pages that are loaded when opened do not. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  if (path.endsWith('.css')) return reached;
  for (const [, target] of read(path).matchAll(/(?:from|import)\s+'(\.[^']+)'/g))
    if (target) reachedFrom(resolve(dirname(path), target), reached);
  return reached;
}

function classesStyledBy(sheet: string): Set<string> {
  const selectors = read(sheet)
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\{[^{}]*\}/g, ' ');
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].flatMap(([, name]) => name ?? []));
}

function classesUsedIn(module: string): string[] {
  return [...read(module).matchAll(/className="([^"]+)"/g)].flatMap(([, names]) => names?.split(' ') ?? []);
}

const sheets = new Map(
  globSync('**/*.css', { cwd: sources }).map((name) => {
    const path = join(sources, name);
    return [path, classesStyledBy(path)] as const;
  }),
);
const always = reachedFrom(join(sources, 'main.tsx'));
const shell = reachedFrom(join(sources, 'shell/shell.tsx'));
const pagesOf = (name: string) =>
  [...read(join(routes, name)).matchAll(/import\('(\.\.\/pages\/[^']+)'\)/g)].map(([, page]) => page ?? '');
const pages = [
  ...pagesOf('entry-routes.ts').map((page) => [page, always] as const),
  ...pagesOf('router.tsx').map((page) => [page, new Set([...always, ...shell])] as const),
];

// A page brings its own styles, so that a class of another page's sheet looks right only after that page was open.
it.each(pages)('%s brings the styles of all that it draws', (page, around) => {
  const reached = new Set([...around, ...reachedFrom(resolve(routes, page))]);
  const missing = [...reached]
    .filter((path) => path.endsWith('.tsx'))
    .flatMap(classesUsedIn)
    .filter((name) => {
      const styledIn = [...sheets].filter(([, names]) => names.has(name)).map(([sheet]) => sheet);
      // `mono` is styled for all surfaces; a page's sheet may add to it.
      return name !== 'mono' && styledIn.length > 0 && !styledIn.some((sheet) => reached.has(sheet));
    });
  expect(missing).toEqual([]);
});
