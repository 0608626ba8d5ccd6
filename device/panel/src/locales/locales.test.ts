import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map(([mark]) => mark).sort();

test('both languages have the same keys', () => {
  expect(Object.keys(zhCN)).toEqual(Object.keys(en));
});

describe('both languages fill in the same values', () => {
  test.each(Object.entries(en))('%s', (key, text) => {
    const chinese = new Map(Object.entries(zhCN)).get(key) ?? '';
    expect(placeholders(chinese)).toEqual(placeholders(text));
    expect(chinese).not.toBe('');
  });
});
