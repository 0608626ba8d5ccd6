import { expect, test } from 'vitest';
import { closingLine, countTests, sumUp } from './test-report.ts';

const report = (files: { status: string; tests: string[] }[]) =>
  JSON.stringify({
    success: files.every((file) => file.status === 'passed'),
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  });

test('counts each test by its fate', () => {
  const text = report([
    { status: 'passed', tests: ['passed', 'passed', 'skipped'] },
    { status: 'failed', tests: ['passed', 'failed', 'todo'] },
  ]);
  expect(countTests(text)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a file that cannot be loaded is a failure', () => {
  expect(countTests(report([{ status: 'failed', tests: [] }]))).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a failed type check or lint turns the closing line red', () => {
  const tests = { passed: 5, failed: 0, skipped: 1 };
  expect(closingLine(sumUp(tests, [true, false], true))).toBe('6 passed, 1 failed, 1 skipped');
});

test('a run that failed without a failed test, for an unhandled error, still counts one failure', () => {
  const tests = { passed: 5, failed: 0, skipped: 0 };
  expect(sumUp(tests, [true, true], false)).toEqual({ passed: 7, failed: 1, skipped: 0 });
});
