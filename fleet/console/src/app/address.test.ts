import { describe, expect, it } from 'vitest';
import { listSearch, parseSearch, signInSearch, stringifySearch } from './address.ts';

it.each(['34679E34', '34679346', 'true', 'ACDE-FGHJ'])('keeps the code %s as it is', (code) => {
  expect(parseSearch(stringifySearch({ code }))).toEqual({ code });
});

it('leaves out what is empty', () => {
  expect(stringifySearch({ q: '', cursor: undefined })).toBe('');
});

it('ignores a position that is no number', () => {
  expect(listSearch.parse({ q: 'ce', from: 'x' })).toEqual({ q: 'ce' });
});

describe('the page after signing in', () => {
  it.each([
    ['/terminals?q=a', '/terminals?q=a'],
    ['//evil.test', undefined],
    ['/\t/evil.test', undefined],
    ['/\\evil.test', undefined],
    ['https://evil.test', undefined],
  ])('of %s is %s', (next, expected) => {
    expect(signInSearch.parse({ next }).next).toBe(expected);
  });
});
