import { expect, test } from 'vitest';
import { keyRows, press, takeBack } from './keys.ts';

test('the keys write every letter, every digit and the plus of a country code', () => {
  const keys = new Set(keyRows.flat());
  for (const sign of 'abcdefghijklmnopqrstuvwxyz0123456789+') expect(keys).toContain(sign);
  expect(keys.size).toBe(keyRows.flat().length);
});

test('a search grows to its longest and no further', () => {
  expect(press('mik', 'a', { longest: 4 })).toBe('mika');
  expect(press('mika', 's', { longest: 4 })).toBe('mika');
});

test('taking back takes one character, also one that a keyboard of Chinese or with emoji typed', () => {
  expect(takeBack('陈睿')).toBe('陈');
  expect(takeBack('a😀')).toBe('a');
  expect(takeBack('')).toBe('');
});
