import { expect, it } from 'vitest';
import { texts } from './texts.ts';

const { en, 'zh-CN': chinese } = texts.catalogue;
const marksOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

it('says everything in both languages', () => {
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(en).sort());
  expect(Object.entries(chinese).filter(([, text]) => text.trim() === '')).toEqual([]);
});

it.each(Object.entries(en))('%s has the same values to fill in', (key, text) => {
  expect(marksOf(chinese[key] ?? '')).toEqual(marksOf(text));
});
