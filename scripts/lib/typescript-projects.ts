// The TypeScript projects of the repository and how each is checked. A browser workspace has a project of its own
// because it sees the DOM and not Node.
import { globSync } from 'node:fs';
import { join } from 'node:path';

export interface TypescriptProject {
  readonly configPath: string;
}

const browserWorkspaces = ['shared/ui', 'device/panel', 'fleet/console', 'fleet/client'];

/** tsc refuses a project without any source file, so a workspace that is still empty is left out. */
export function listTypescriptProjects(root: string): TypescriptProject[] {
  const withSources = browserWorkspaces.filter(
    (workspace) => globSync('src/**/*.{ts,tsx}', { cwd: join(root, workspace) }).length > 0,
  );
  return ['.', ...withSources].map((folder) => ({ configPath: join(folder, 'tsconfig.json') }));
}
