import { describe, expect, test } from 'vitest';
import { en as controlEn } from './control/en.ts';
import { zhCN as controlZhCN } from './control/zh-CN.ts';
import { en as devicesEn } from './devices/en.ts';
import { zhCN as devicesZhCN } from './devices/zh-CN.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map(([mark]) => mark).sort();

test('both languages have the same keys', () => {
  expect(Object.keys(zhCN)).toEqual(Object.keys(en));
  expect(Object.keys(controlZhCN)).toEqual(Object.keys(controlEn));
  expect(Object.keys(devicesZhCN)).toEqual(Object.keys(devicesEn));
});

describe('both languages fill in the same values', () => {
  test.each([...Object.entries(en), ...Object.entries(controlEn), ...Object.entries(devicesEn)])('%s', (key, text) => {
    const chinese = new Map(Object.entries({ ...zhCN, ...controlZhCN, ...devicesZhCN })).get(key) ?? '';
    expect(placeholders(chinese)).toEqual(placeholders(text));
    expect(chinese).not.toBe('');
  });
});
