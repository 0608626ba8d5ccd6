// npm test, after the set-up: types, lint, then the tests, all of them even when one fails. The very last line of the
// output is `N passed, N failed, N skipped`; arguments go to vitest.
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { abortOnSignals, runCheck } from './run-check.ts';
import { closingLine, countTests, sumUp } from './test-report.ts';
import { listTypescriptProjects } from './typescript-projects.ts';

const root = resolve(import.meta.dirname, '../..');
const reportPath = join(root, '.setup', 'test-report.json');
const signal = abortOnSignals();

const checks = [
  ...listTypescriptProjects(root).map(({ configPath }) => ({
    name: `types of ${configPath}`,
    args: ['node_modules/typescript/bin/tsc', '-p', configPath],
  })),
  { name: 'format and lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check'] },
];

const verdicts: boolean[] = [];
for (const { name, args } of checks) {
  const hasPassed = await runCheck({ args, cwd: root, signal });
  console.log(`${hasPassed ? 'ok    ' : 'FAILED'} ${name}`);
  verdicts.push(hasPassed);
}

await rm(reportPath, { force: true });
const vitestArgs = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
const hasVitestPassed = await runCheck({
  args: ['node_modules/vitest/vitest.mjs', 'run', ...vitestArgs, ...process.argv.slice(2)],
  cwd: root,
  signal,
});

const tests = await readFile(reportPath, 'utf8').then(countTests, (cause: unknown) => {
  console.error('the tests left no report that can be read:', cause);
  return { passed: 0, failed: 1, skipped: 0 };
});
const total = sumUp(tests, verdicts, hasVitestPassed);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(closingLine(total));
