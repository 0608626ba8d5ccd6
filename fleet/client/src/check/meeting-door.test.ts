import type { JoinOutlook, MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { toProblem } from '@anteroom/shared/errors/problem.ts';
import { expect, it } from 'vitest';
import type { DoorAnswer } from '../door/door-api.ts';
import { findDoor, type Refused } from './meeting-door.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const door = (change: Partial<MeetingDoor>): DoorAnswer<MeetingDoor> => ({
  ok: true,
  value: {
    ...{ number: '418205736', subject: 'Design review', organizerName: 'Lin Yuehan', timeZone: 'UTC' },
    ...{ startAt: '2026-03-02T10:05:00.000Z', endAt: '2026-03-02T11:00:00.000Z', state: 'scheduled' },
    ...{ needsPassword: false, waitsForHost: false, visitor: null, isTrial: false, roomName: '' },
    ...change,
  },
});
const problem = (code: Parameters<typeof toProblem>[0]): DoorAnswer<MeetingDoor> => ({
  ...{ ok: false, problem: toProblem(code, 'en') },
});

it.each<[string, DoorAnswer<MeetingDoor>, Refused | null, string]>([
  ['an open door', door({}), null, 'meeting.good'],
  ['a meeting that has not begun', door({ startAt: '2026-03-02T12:00:00.000Z' }), null, 'meeting.early'],
  ['one without its host', door({ waitsForHost: true }), null, 'meeting.host'],
  ['one with a password', door({ needsPassword: true }), null, 'meeting.password'],
  ['a wrong password', door({ needsPassword: true }), 'password_wrong', 'meeting.passwordWrong'],
  ['a locked one', door({ state: 'live' }), 'meeting_locked', 'meeting.refused'],
  ['a full one', door({ state: 'live' }), 'room_full', 'meeting.refused'],
  ['whoever was removed', door({ state: 'live' }), 'removed', 'meeting.refused'],
  ['a try that came too early, by now', door({ state: 'live' }), 'meeting_not_started', 'meeting.good'],
  ['one that is over, whatever was refused before', door({ state: 'over' }), 'meeting_locked', 'meeting.over'],
  ['a cancelled one', door({ state: 'cancelled' }), null, 'meeting.cancelled'],
  ['a number that leads nowhere', problem('meeting_unknown'), null, 'meeting.unknown'],
  ['another refusal', problem('rate_limited'), null, 'meeting.refused'],
  ['no answer', { ok: false, problem: null }, null, 'meeting.noAnswer'],
])('%s', (_title, answer, refused, code) => {
  const options = {
    refused,
    outlook: null,
    now,
    timeOf: (at: Date) => at.toISOString(),
    refusalWords: (reason: string) => reason,
  };
  expect(findDoor(answer, options).code).toBe(code);
});

it.each<[JoinOutlook, string]>([
  [{ outcome: 'open' }, 'meeting.good'],
  [{ outcome: 'refused', reason: 'meeting_locked' }, 'meeting.refused'],
  [{ outcome: 'refused', reason: 'removed' }, 'meeting.refused'],
  [{ outcome: 'held', reason: 'waiting_room' }, 'meeting.waiting'],
  [{ outcome: 'held', reason: 'host_not_here' }, 'meeting.host'],
  [{ outcome: 'held', reason: 'room_full' }, 'meeting.held'],
])('an attempt that would be %j counts more than the last one', (outlook, code) => {
  const words = { timeOf: (at: Date) => at.toISOString(), refusalWords: (reason: string) => reason };
  const finding = findDoor(door({ state: 'live' }), { refused: 'pool_full', outlook, now, ...words });
  expect(finding.code).toBe(code);
  if ('reason' in outlook && 'reason' in finding.values) expect(finding.values.reason).toBe(outlook.reason);
});
