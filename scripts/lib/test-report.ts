// Counts what vitest's JSON report says. A file that cannot be loaded has no test in it and counts as one failure.
import { z } from 'zod';

const vitestReport = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function countTests(reportText: string): TestCounts {
  const report = vitestReport.parse(JSON.parse(reportText));
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  for (const file of report.testResults) {
    const statuses = file.assertionResults.map((result) => result.status);
    const failedHere = statuses.filter((status) => status === 'failed').length;
    passed += statuses.filter((status) => status === 'passed').length;
    failed += failedHere === 0 && file.status === 'failed' ? 1 : failedHere;
    skipped += statuses.filter((status) => status !== 'passed' && status !== 'failed').length;
  }
  return { passed, failed, skipped };
}

/** Adds the checks around the tests; a run that failed although no test did still shows a failure. */
export function sumUp(tests: TestCounts, checks: readonly boolean[], hasVitestPassed: boolean): TestCounts {
  const failedChecks = checks.filter((hasPassed) => !hasPassed).length;
  const failedTests = tests.failed === 0 && !hasVitestPassed ? 1 : tests.failed;
  return {
    passed: tests.passed + checks.length - failedChecks,
    failed: failedTests + failedChecks,
    skipped: tests.skipped,
  };
}

/** The closing line that continuous integration reads. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
