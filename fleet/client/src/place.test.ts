import { expect, it } from 'vitest';
import { placeOf } from './place.ts';

it.each([
  ['/m/418205736', '', { page: 'meeting', number: '418205736' }],
  ['/m/418205736/', '?lang=en', { page: 'meeting', number: '418205736' }],
  ['/m/', '', { page: 'start' }],
  ['/m', '', { page: 'start' }],
  ['/m/check', '', { page: 'check', number: null }],
  ['/m/check', '?number=418205736', { page: 'check', number: '418205736' }],
  ['/m/check', '?number=418', { page: 'check', number: null }],
  ['/m/41820573', '', { page: 'nowhere' }],
  ['/m/somewhere', '', { page: 'nowhere' }],
] as const)('%s%s', (pathname, search, place) => {
  expect(placeOf({ pathname, search })).toEqual(place);
});
