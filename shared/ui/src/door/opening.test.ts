import { expect, test } from 'vitest';
import { doorOpening } from './opening.ts';

const startAt = new Date('2026-01-05T10:00:00Z');
const endAt = new Date('2026-01-05T10:45:00Z');
const openingAt = (secondsBefore: number) =>
  doorOpening({ startAt, endAt, now: new Date(startAt.getTime() - secondsBefore * 1000) });

test.each([
  ['more than ten minutes before', 601, 0],
  ['ten minutes before', 600, 0.45],
  ['four minutes before', 240, 0.78],
  ['at the start', 0, 1],
  ['while it lasts', -2000, 1],
  ['at its end', -2700, 0],
])('%s', (_when, secondsBefore, expected) => {
  expect(openingAt(secondsBefore)).toBeCloseTo(expected, 5);
});

test('it moves in steps of ten seconds', () => {
  expect(openingAt(239)).toBe(openingAt(231));
  expect(openingAt(230)).toBeGreaterThan(openingAt(231));
});
