import { expect, it } from 'vitest';
import { stepped } from './stepped.ts';

const volume = { least: 0, most: 1, step: 0.01 };
const gain = { least: -100, most: 20, step: 0.5 };
const few = { least: 1, most: 4, step: 1 };

it.each([
  [0.3, 1, volume, 0.35],
  [0.98, 1, volume, 1],
  [0.02, -1, volume, 0],
  [-6, 1, gain, 0],
  [-6, -1, gain, -12],
  [2, 1, few, 3],
] as const)('from %d by %d', (value, direction, range, expected) => {
  expect(stepped(value, direction, range)).toBe(expected);
});
