import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import { expect, it } from 'vitest';
import { calledOf } from './called.ts';
import type { Call } from './ports.ts';

const calledAt = '2026-01-05T09:00:00.000Z';
const ringUntil = '2026-01-05T09:00:45.000Z';
const ola = 'acc_00000000000000000000000000000001';
const liv = 'acc_00000000000000000000000000000002';
const nobody = { inside: new Set<string>(), been: new Set<string>() };

const after = (seconds: number) => new Date(Date.parse(calledAt) + seconds * 1_000).toISOString();
function call(name: string, change: Partial<Call>): Call {
  const ring = { calledAt, ringUntil, settledAt: change.state === 'ringing' ? null : after(20) };
  return { calleeId: ola, kind: 'person', name, state: 'ringing', ...ring, ...change };
}
const told = (calls: Call[], who = nobody) => calledOf(calls, who).map(({ name, state }) => `${name} ${state}`);

it.each<[Call['state'], number | null, CalledEntry['state']]>([
  ['ringing', null, 'ringing'],
  ['answered', 5, 'answered'],
  ['declined', 5, 'declined'],
  ['withdrawn', 5, 'withdrawn'],
  ['invited', 0, 'invited'],
  ['unreachable', 0, 'notReachableYet'],
  ['missed', 45, 'missed'],
  // A terminal's clock may be early.
  ['missed', 41, 'missed'],
  ['missed', 0, 'busy'],
])('a call that is %s after %s s is shown as %s', (state, seconds, shown) => {
  const settledAt = seconds === null ? null : after(seconds);
  const [entry] = calledOf([call('Ola', { state, settledAt })], nobody);
  expect(entry).toEqual({ calleeId: ola, kind: 'person', name: 'Ola', state: shown, since: settledAt ?? calledAt });
});

it('whoever is in the meeting is not waited for, nor whoever answered, came and went', () => {
  const calls = [call('Ola', { state: 'answered' }), call('Liv', { calleeId: liv, state: 'declined' })];
  expect(told(calls)).toEqual(['Liv declined', 'Ola answered']);
  expect(told(calls, { inside: new Set([ola, liv]), been: new Set([ola, liv]) })).toEqual([]);
  expect(told(calls, { inside: new Set(), been: new Set([ola, liv]) })).toEqual(['Liv declined']);
});

it('has who rings first, then what changed last', () => {
  const calls = [
    call('Early', { state: 'declined', settledAt: after(10) }),
    call('Late', { state: 'declined', settledAt: after(30) }),
    call('Rings', { state: 'ringing', settledAt: null }),
  ];
  expect(told(calls)).toEqual(['Rings ringing', 'Late declined', 'Early declined']);
});

it('tells no more than one call may ring', () => {
  expect(
    calledOf(
      Array.from({ length: 700 }, (_, n) => call(`P${n}`, {})),
      nobody,
    ),
  ).toHaveLength(500);
});
