// Who may import whom. Each rule answers one question about one import and says why the answer matters.
import { isTest, type Program, programOf, type Target } from './targets.ts';

export interface ImportRule {
  readonly name: string;
  readonly reason: string;
  readonly isAllowed: (fromPath: string, target: Target) => boolean;
}

const browserPrograms: readonly (Program | undefined)[] = [
  'shared/ui',
  'device/panel',
  'fleet/console',
  'fleet/client',
];

function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

/** A rule for one folder of ours: which of our own folders its code may use. npm packages and Node are not its matter. */
function mayUse(folder: string, allowed: readonly string[]): ImportRule['isAllowed'] {
  return (fromPath, target) => {
    if (!isWithin(fromPath, [folder]) || isTest(fromPath) || target.kind !== 'ours') return true;
    return isWithin(target.path, [folder, ...allowed]);
  };
}

function isInDriver(fromPath: string, target: Target): boolean {
  const driver = /^device\/src\/drivers\/[^/]+(?=\/)/.exec(fromPath)?.[0];
  if (driver === undefined || isTest(fromPath) || target.kind !== 'ours') return true;
  return isWithin(target.path, [driver, 'device/src/ports', 'shared/src']);
}

const modulePattern = /^fleet\/src\/modules\/(?<noun>[^/]+)\/(?:.*\/)?(?<file>[^/]+)\.ts$/;

type Layer = 'door' | 'service' | 'repository';

/** `routes.ts` and `messages.ts` are doors; a longer name says its layer at its end: `join-routes.ts`. */
function layerOf(file: string): Layer | undefined {
  if (/(^|-)(routes|messages)$/.test(file)) return 'door';
  if (/(^|-)service$/.test(file)) return 'service';
  return /(^|-)repository$/.test(file) ? 'repository' : undefined;
}

/**
 * A service opens a transaction within one organization's scope and speaks of rows, pages and conflicts; it writes no
 * query (kysely) and touches no migration.
 */
const migrations = ['fleet/src/db/migrations'];

function isOneWay(fromPath: string, target: Target): boolean {
  const from = modulePattern.exec(fromPath)?.groups;
  if (from?.file === undefined || isTest(fromPath)) return true;
  const layer = layerOf(from.file);
  if (target.kind === 'package') return layer === 'repository' || layer === undefined || target.name !== 'kysely';
  if (target.kind !== 'ours') return true;
  const isDatabase = isWithin(target.path, ['fleet/src/db']);
  const to = modulePattern.exec(target.path)?.groups;
  const toLayer =
    to?.noun !== undefined && to.noun === from.noun && to.file !== undefined ? layerOf(to.file) : undefined;
  switch (layer) {
    case 'door':
      return toLayer !== 'repository' && !isDatabase;
    case 'service':
      return toLayer !== 'door' && !isWithin(target.path, migrations);
    case 'repository':
      return toLayer !== 'door' && toLayer !== 'service';
    default:
      return true;
  }
}

function isThroughService(fromPath: string, target: Target): boolean {
  const from = modulePattern.exec(fromPath)?.groups;
  if (from === undefined || isTest(fromPath) || target.kind !== 'ours') return true;
  const to = modulePattern.exec(target.path)?.groups;
  return to === undefined || to.noun === from.noun || to.file === 'service';
}

export const importRules: readonly ImportRule[] = [
  {
    name: 'shared is pure',
    reason:
      'the contract runs in terminals, fleet and browsers alike: nothing of ours, no node: module, no npm package but zod, and Yjs, which is the whiteboard',
    isAllowed: (fromPath, target) => {
      if (programOf(fromPath) !== 'shared/src') return true;
      if (target.kind === 'ours') return isWithin(target.path, ['shared/src']);
      if (isTest(fromPath)) return true;
      const allowed = isWithin(fromPath, ['shared/src/whiteboard']) ? ['zod', 'yjs'] : ['zod'];
      return target.kind === 'package' && allowed.includes(target.name);
    },
  },
  {
    name: 'hardware profiles are read, never imported',
    reason: 'a profile is data from outside: only the schema in shared may say that it is one',
    isAllowed: (_fromPath, target) => target.kind !== 'ours' || !isWithin(target.path, ['hardware-profiles']),
  },
  {
    name: 'terminal and fleet are strangers',
    reason: 'they are deployed apart and in different versions; what both know is in shared',
    isAllowed: (fromPath, target) => {
      if (target.kind !== 'ours') return true;
      if (isWithin(fromPath, ['device'])) return !isWithin(target.path, ['fleet']);
      return !isWithin(fromPath, ['fleet']) || !isWithin(target.path, ['device']);
    },
  },
  {
    name: 'a driver knows its port only',
    reason:
      'a driver uses shared and device/src/ports, never another driver, so that one can be added or removed alone',
    isAllowed: isInDriver,
  },
  {
    name: 'media knows ports only',
    reason: 'the media process is killed and replaced at any moment, so it may hold nothing of the agent',
    isAllowed: mayUse('device/src/media', ['device/src/ports', 'shared/src']),
  },
  {
    name: 'the reconcile loop plans, it does not drive',
    reason: 'observe → plan → run is testable only while it sees driver contracts and the media graph, never a device',
    isAllowed: mayUse('device/src/reconcile', ['device/src/ports', 'device/src/media/graph.ts', 'shared/src']),
  },
  {
    name: 'the room knows ports only',
    reason: 'what a room wants of its devices is the same over any line and any protocol, and is tested without them',
    isAllowed: mayUse('device/src/room', ['device/src/ports', 'shared/src']),
  },
  {
    name: 'fleet modules go one way',
    reason: 'routes or messages → service → repository → db: a rule in a service cannot be walked around',
    isAllowed: isOneWay,
  },
  {
    name: 'modules meet at their services',
    reason: 'a module may change its tables and routes without asking the others',
    isAllowed: isThroughService,
  },
  {
    name: 'browser code uses shared and shared/ui only',
    reason: 'it talks to its server over HTTP, and what it imports is downloaded by a guest on a phone',
    isAllowed: (fromPath, target) => {
      const program = programOf(fromPath);
      if (program === undefined || !browserPrograms.includes(program) || /\/vite\.config\.ts$/.test(fromPath))
        return true;
      if (target.kind === 'node') return isTest(fromPath);
      return target.kind !== 'ours' || isWithin(target.path, [program, 'shared/src', 'shared/ui']);
    },
  },
  {
    name: 'programs do not reach into browser code, scripts or tests',
    reason: 'a program must run without the tools around it; a page is served as files, never imported',
    isAllowed: (fromPath, target) => {
      const program = programOf(fromPath);
      if ((program !== 'device/src' && program !== 'fleet/src') || target.kind !== 'ours') return true;
      return !isWithin(target.path, ['scripts', 'tests', 'shared/ui', 'device/panel', 'fleet/console', 'fleet/client']);
    },
  },
];

export interface SpecifierRule {
  readonly name: string;
  readonly reason: string;
  readonly isAllowed: (fromPath: string, specifier: string, target: Target) => boolean;
}

export const specifierRules: readonly SpecifierRule[] = [
  {
    name: 'workspaces are imported by name',
    reason: '@anteroom/shared/… and @anteroom/ui/… show at the import that a border is crossed',
    isAllowed: (fromPath, specifier, target) => {
      const program = programOf(fromPath);
      if (program === undefined || program === 'scripts' || program === 'tests') return true;
      if (!specifier.startsWith('.') || target.kind !== 'ours') return true;
      // A program may read its own version.
      const isOwnManifest = target.path === `${program.replace(/\/src$/, '')}/package.json`;
      // What the builds of several programs have in common.
      const isOfBuild = fromPath.endsWith('/vite.config.ts') && isWithin(target.path, ['scripts/lib']);
      return isOwnManifest || isOfBuild || programOf(target.path) === program;
    },
  },
  {
    name: 'imports name a file',
    reason: 'Node runs the sources as they are: a path has its extension, and there is no index to hide behind',
    isAllowed: (_fromPath, specifier, target) =>
      target.kind !== 'ours' || /\.(tsx?|css|json|svg|png|woff2|webm)(\?[a-z]+)?$/.test(specifier),
  },
];
