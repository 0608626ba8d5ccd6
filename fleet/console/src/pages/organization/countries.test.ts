import { expect, it } from 'vitest';
import { countriesIn } from './countries.ts';

it.each([
  ['en', 'CN', 'China'],
  ['zh-CN', 'NO', '挪威'],
])('names countries in %s', (language, value, label) => {
  expect(countriesIn(language)).toContainEqual({ value, label });
});

it('names no unions, and nothing twice', () => {
  const countries = countriesIn('en');
  expect(countries.length).toBeGreaterThan(240);
  expect(countries.map(({ value }) => value)).not.toContain('EU');
  expect(new Set(countries.map(({ label }) => label)).size).toBe(countries.length);
});
