import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import { expect, test } from 'vitest';
import { keyOfRing, ringNotices } from './ring-view.ts';

const now = new Date('2026-01-05T10:00:20.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
const ring: OwnRing = {
  meetingId: newId('meeting'),
  ...{ number: '418205736', subject: 'Design review', callerName: 'Kari', isOwnCall: false },
  ...{ state: 'ringing', calledAt: at(-20), ringUntil: at(25), settledAt: null, canJoin: true },
};
const key = keyOfRing(ring);
const nothing: ReadonlySet<string> = new Set();
const settled = (state: OwnRing['state'], change: Partial<OwnRing> = {}): OwnRing => ({
  ...ring,
  ...{ state, settledAt: at(-2) },
  ...change,
});

test.each<[string, OwnRing, { seen?: string[]; handled?: string[] }, string]>([
  ['rings', ring, {}, 'rings'],
  ['rings no longer than its time, whatever the fleet said last', { ...ring, ringUntil: at(0) }, {}, ''],
  ['that was answered or declined here says nothing more', ring, { handled: [key] }, ''],
  ['that rang here and was answered elsewhere says so', settled('answered'), { seen: [key] }, 'answered'],
  ['that rang here and was withdrawn says so', settled('withdrawn'), { seen: [key] }, 'withdrawn'],
  ['that rang here and was missed says so', settled('missed'), { seen: [key] }, 'missed'],
  ['of the own meeting is not missed', settled('missed', { isOwnCall: true }), { seen: [key] }, ''],
  ['that never rang here says nothing', settled('answered'), {}, ''],
  ['says what became of it for a few seconds', settled('answered', { settledAt: at(-9) }), { seen: [key] }, ''],
])('a call %s', (_what, one, { seen = [], handled = [] }, expected) => {
  const shown = ringNotices([one], { now, seen: new Set(seen), handled: new Set(handled) });
  expect(shown.map(({ isRinging, ring: { state } }) => (isRinging ? 'rings' : state)).join(' ')).toBe(expected);
});

test('a later call of the same meeting rings again', () => {
  const again = { ...ring, calledAt: at(-1) };
  expect(ringNotices([again], { now, seen: nothing, handled: new Set([key]) })).toHaveLength(1);
});
