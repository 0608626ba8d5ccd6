import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['ZH-hans-cn,en;q=0.8', 'zh-CN'],
  ['en-GB,zh;q=0.9', 'en'],
  ['en;q=0.3, zh-TW;q=0.7', 'zh-CN'],
  ['de,fr;q=0.9,zh;q=0.1', 'zh-CN'],
  ['zh;q=0,en', 'en'],
  ['de', 'en'],
  ['*', 'en'],
  [';;;q=,,', 'en'],
])('Accept-Language %s is read as %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
