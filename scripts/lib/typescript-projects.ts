// The TypeScript projects of the repository. Programs see Node, browser workspaces see the DOM, and the tests that drive
// a browser see both, because they run functions inside its pages; a service worker sees neither. Tests that use the programs' own code are checked with
// the programs: Node's and the DOM's key types do not agree.
import { globSync } from 'node:fs';
import { join } from 'node:path';

export interface TypescriptProject {
  readonly configPath: string;
}

const folders = ['.', 'tests', 'shared/ui', 'device/panel', 'fleet/console', 'fleet/client', 'fleet/client/worker'];

/** tsc refuses a project without any source file, so a folder that is still empty is left out. */
export function listTypescriptProjects(root: string): TypescriptProject[] {
  return folders
    .filter((folder) => globSync('{*,src/*,src/**/*}.{ts,tsx}', { cwd: join(root, folder) }).length > 0)
    .map((folder) => ({ configPath: join(folder, 'tsconfig.json') }));
}
