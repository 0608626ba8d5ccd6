// npm run typecheck: every TypeScript project, one after the other, all of them even when one fails.
import { resolve } from 'node:path';
import { abortOnSignals, runCheck } from './run-check.ts';
import { listTypescriptProjects } from './typescript-projects.ts';

const root = resolve(import.meta.dirname, '../..');
const signal = abortOnSignals();

for (const { configPath } of listTypescriptProjects(root)) {
  const args = ['node_modules/typescript/bin/tsc', '-p', configPath];
  if (!(await runCheck({ args, cwd: root, signal }))) {
    console.error(`types: ${configPath} has errors`);
    process.exitCode = 1;
  }
}
