import { toProblem } from '@anteroom/shared/errors/problem.ts';
import { expect, it } from 'vitest';
import { checkAddress, placeOf } from './place.ts';
import type { Obstacle } from './stage.ts';

it.each([
  ['/m/418205736', '', { page: 'meeting', number: '418205736' }],
  ['/m/418205736/', '?lang=en', { page: 'meeting', number: '418205736' }],
  ['/m/', '', { page: 'start' }],
  ['/m', '', { page: 'start' }],
  ['/m/check', '', { page: 'check', number: null, refused: null }],
  ['/m/check', '?number=418205736', { page: 'check', number: '418205736', refused: null }],
  ['/m/check', '?number=418', { page: 'check', number: null, refused: null }],
  [
    '/m/check',
    '?number=418205736&refused=meeting_locked',
    { page: 'check', number: '418205736', refused: 'meeting_locked' },
  ],
  ['/m/check', '?refused=password_wrong', { page: 'check', number: null, refused: 'password_wrong' }],
  ['/m/check', '?refused=nonsense', { page: 'check', number: null, refused: null }],
  ['/m/41820573', '', { page: 'nowhere' }],
  ['/m/somewhere', '', { page: 'nowhere' }],
] as const)('%s%s', (pathname, search, place) => {
  expect(placeOf({ pathname, search })).toEqual(place);
});

it.each<[Obstacle | null, string | null]>([
  [null, null],
  [{ kind: 'noAnswer' }, null],
  [{ kind: 'refused', reason: 'room_full' }, 'room_full'],
  [{ kind: 'problem', problem: toProblem('guest_password_wrong', 'en') }, 'password_wrong'],
  [{ kind: 'problem', problem: toProblem('rate_limited', 'en') }, null],
])('the tests know of %j', (obstacle, refused) => {
  const { pathname, search } = new URL(checkAddress('418205736', obstacle), 'https://meet.example.org');
  expect(placeOf({ pathname, search })).toEqual({ page: 'check', number: '418205736', refused });
});
