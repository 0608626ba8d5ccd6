import { expect, it } from 'vitest';
import { see } from './picture.ts';

const looks = (framesEach: number, darkest: number, brightest: number) =>
  Array.from({ length: 8 }, (_unused, at) => ({ frames: at * framesEach, darkest, brightest }));

it.each([
  ['a lit room', looks(6, 20, 230), 'picture'],
  ['a dim room', looks(1, 6, 60), 'picture'],
  ['a closed lid', looks(6, 0, 3), 'black'],
  ['a lid over a noisy sensor', looks(6, 8, 18), 'black'],
  ['a camera that sends nothing', looks(0, 0, 0), 'still'],
  [
    'a camera that hangs',
    [
      { frames: 1, darkest: 0, brightest: 255 },
      { frames: 2, darkest: 0, brightest: 255 },
    ],
    'still',
  ],
  ['no look', [], 'still'],
] as const)('%s: %s', (_title, seen, verdict) => {
  expect(see(seen)).toBe(verdict);
});
