import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { expect, it } from 'vitest';
import { rowsOf } from './people-filter.ts';

const at = (minute: number) => `2026-01-05T09:0${minute}:00.000Z`;
const roster = [
  someone('Hana', { role: 'host' }),
  someone('Jonas', { handRaisedAt: at(2), media: { isMicrophoneOn: false, isCameraOn: false } }),
  someone('Priya', { handRaisedAt: at(1) }),
  someone('Cedar', { kind: 'terminal', joinedAt: at(1) }),
  someone('Gil', { kind: 'guest', role: 'guest', joinedAt: at(2) }),
];
const namesOf = (search: Parameters<typeof rowsOf>[1]) => rowsOf(roster, search).map(({ entry }) => entry.name);

it('shows everybody, hands in the order of raising and then hosts first', () => {
  expect(namesOf({})).toEqual(['Priya', 'Jonas', 'Hana', 'Cedar', 'Gil']);
});

it.each([
  ['hands', ['Priya', 'Jonas']],
  ['muted', ['Jonas']],
  ['rooms', ['Cedar']],
  ['guests', ['Gil']],
] as const)('shows %s', (show, names) => {
  expect(namesOf({ show })).toEqual(names);
});

it('searches among whom it shows, and keeps the place of each hand', () => {
  expect(namesOf({ show: 'hands', q: 'ced' })).toEqual([]);
  expect(rowsOf(roster, { q: 'jon' }).map(({ hand }) => hand)).toEqual([2]);
  expect(rowsOf(roster, { show: 'rooms' }).map(({ hand }) => hand)).toEqual([null]);
});
