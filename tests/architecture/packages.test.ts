// A package.json is what a newcomer reads to learn what a workspace stands on, so it is true both ways.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readFacts } from './source-facts.ts';
import { isTest, resolveTarget } from './targets.ts';

const root = resolve(import.meta.dirname, '../..');
const ignored = /(^|\/)(node_modules|dist)(\/|$)/;
const names = z.record(z.string(), z.string()).default({});
const packageJson = z.object({
  name: z.string(),
  dependencies: names,
  peerDependencies: names,
  workspaces: z.array(z.string()).optional(),
});

const readPackage = (folder: string) =>
  packageJson.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));

const workspaces = readPackage('.').workspaces ?? [];

/** CommonJS with native parts of its own: required at run time, where no import statement shows it. */
const required = new Set(['node-gtk']);

/** The files of a workspace without those of the workspaces inside it; tests use what the root lists. */
function filesOf(folder: string): string[] {
  const inner = workspaces.filter((other) => other.startsWith(`${folder}/`));
  return globSync(`${folder}/**/*.{ts,tsx,css}`, { cwd: root, exclude: (name) => ignored.test(name) }).filter(
    (path) =>
      !(
        ignored.test(path) ||
        isTest(path) ||
        /\/(src|drivers)\/testing\//.test(path) ||
        path.endsWith('vite.config.ts')
      ) && !inner.some((other) => path.startsWith(`${other}/`)),
  );
}

function specifiersOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  if (path.endsWith('.css')) return [...text.matchAll(/@import\s+["']([^"']+)["']/g)].flatMap(([, name]) => name ?? []);
  return readFacts(path, text).imports.map(({ specifier }) => specifier);
}

function packagesImportedBy(folder: string): Set<string> {
  const found = filesOf(folder).flatMap((path) => specifiersOf(path).map((name) => ({ path, name })));
  return new Set(
    found.flatMap(({ path, name }) => {
      if (name.startsWith('@anteroom/')) return [name.split('/').slice(0, 2).join('/')];
      const target = resolveTarget(path, name);
      return target.kind === 'package' ? [target.name] : [];
    }),
  );
}

describe.each(workspaces)('%s', (folder) => {
  const { name, dependencies } = readPackage(folder);
  const listed = Object.keys(dependencies);
  const imported = packagesImportedBy(folder);

  test('lists every package that it imports', () => {
    expect([...imported].filter((each) => each !== name && !listed.includes(each))).toEqual([]);
  });

  test('lists nothing that neither it imports nor a library that it imports asks for', () => {
    const libraries = [...imported].filter((each) => !each.startsWith('@anteroom/'));
    const peers = libraries.flatMap((each) => Object.keys(readPackage(`node_modules/${each}`).peerDependencies));
    const used = new Set([...imported, ...peers, ...required]);
    expect(listed.filter((each) => !used.has(each))).toEqual([]);
  });
});
