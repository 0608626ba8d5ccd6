import { expect, test } from 'vitest';
import { ageOf } from './age.ts';

const now = new Date('2026-01-05T10:00:00Z');

test.each([
  [0, { unit: 'seconds', count: 0 }],
  [59.9, { unit: 'seconds', count: 59 }],
  [60, { unit: 'minutes', count: 1 }],
  [3599, { unit: 'minutes', count: 59 }],
  [3600, { unit: 'hours', count: 1 }],
  [86_400 * 3, { unit: 'days', count: 3 }],
  [-5, { unit: 'seconds', count: 0 }],
])('%d s ago', (ageS, expected) => {
  expect(ageOf(new Date(now.getTime() - ageS * 1000), now)).toEqual(expected);
});
