import { expect, test } from 'vitest';
import { readLanguage } from './language.tsx';

test.each([
  ['?lang=zh-CN', 'en', ['en-GB'], 'zh-CN'],
  ['', 'zh-CN', ['en-GB'], 'zh-CN'],
  ['', null, ['fr-FR', 'zh-Hant-TW', 'en'], 'zh-CN'],
  ['', null, ['fr-FR', 'en-US'], 'en'],
  ['?lang=tlh', 'xx', ['fr-FR'], 'en'],
])('address %j, stored %j, browser %j', (search, stored, preferred, expected) => {
  expect(readLanguage(search, stored, preferred)).toBe(expected);
});
