export type Tally = { passed: number; failed: number; skipped: number };

/**
 * The numbers at the end of what Node's test runner says (`ℹ pass 7`); null when it did not get so far. A test that was
 * cancelled counts as failed: it showed nothing.
 */
export function parseTally(lines: readonly string[]): Tally | null {
  const counted = new Map<string, number>();
  for (const line of lines) {
    const [, what, number] = /^ℹ (pass|fail|cancelled|skipped) (\d+)$/.exec(line) ?? [];
    if (what) counted.set(what, Number(number));
  }
  const [passed, failed, cancelled, skipped] = ['pass', 'fail', 'cancelled', 'skipped'].map((what) =>
    counted.get(what),
  );
  if (passed === undefined || failed === undefined || cancelled === undefined || skipped === undefined) return null;
  return { passed, failed: failed + cancelled, skipped };
}
