import { expect, test } from 'vitest';
import { parseRms } from './levels.ts';

test.each([
  [
    'level, endtime=(guint64)1, rms=(GValueArray)< -4.9489925482353545 >, peak=(GValueArray)< -1.9 >;',
    -4.9489925482353545,
  ],
  ['level, rms=(GValueArray)< -40.5, -12.25 >, peak=(GValueArray)< 0 >;', -12.25],
  ['level, rms=(GValueArray)< -inf >, peak=(GValueArray)< -inf >;', null],
  ['level, rms=(GValueArray)< -inf, -60 >;', -60],
  ['level, rms=(GValueArray)< -699.9999998436322 >;', null],
  ['something else', null],
])('%s', (message, level) => {
  expect(parseRms(message)).toBe(level);
});
