// Where an import leads, as a path of this repository, a module of Node or an npm package. Pure: looks at no disk.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

export type Target =
  | { readonly kind: 'ours'; readonly path: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string };

const builtins = new Set(builtinModules);

const workspaces = new Map([
  ['shared', 'shared/src'],
  ['ui', 'shared/ui/src'],
  ['device', 'device'],
  ['panel', 'device/panel'],
  ['fleet', 'fleet'],
  ['console', 'fleet/console'],
  ['client', 'fleet/client'],
]);

export function resolveTarget(fromPath: string, specifier: string): Target {
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier.slice('node:'.length) };
  if (specifier.startsWith('.')) return { kind: 'ours', path: posix.join(posix.dirname(fromPath), specifier) };
  const [scope = '', name = '', ...rest] = specifier.split('/');
  if (scope === '@anteroom') return { kind: 'ours', path: [workspaces.get(name) ?? name, ...rest].join('/') };
  if (builtins.has(specifier)) return { kind: 'node', name: specifier };
  return { kind: 'package', name: scope.startsWith('@') ? `${scope}/${name}` : scope };
}

/** The longest of these folders that holds the path: where the code of one workspace lives. */
const programs = [
  'shared/ui',
  'shared/src',
  'device/panel',
  'device/src',
  'fleet/console',
  'fleet/client',
  'fleet/src',
  'scripts',
  'tests',
] as const;

export type Program = (typeof programs)[number];

export function programOf(path: string): Program | undefined {
  return programs.find((program) => path.startsWith(`${program}/`));
}

/** Tests, and what only they use: the top-level folder, and the `test` folder beside a workspace's `src`. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /^(tests|[a-z/]+\/test)\//.test(path);
}
