import { expect, test } from 'vitest';
import { parseTally } from './tally.ts';

const said = (numbers: Record<string, number>) => [
  '✔ an output is held (12.5ms)',
  ...Object.entries(numbers).map(([what, number]) => `ℹ ${what} ${number}`),
];

test('the numbers of the runner are read, and what was cancelled has failed', () => {
  const end = { tests: 7, suites: 0, pass: 3, fail: 1, cancelled: 1, skipped: 2, todo: 0, duration_ms: 812 };
  expect(parseTally(said(end))).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('a run that broke off has no numbers', () => {
  expect(parseTally(said({ pass: 3 }))).toBeNull();
  expect(parseTally(['Kernel panic - not syncing: Attempted to kill init!'])).toBeNull();
});
