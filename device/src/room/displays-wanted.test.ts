import { behaviour } from '@anteroom/shared/profile/installation.ts';
import { describe, expect, test } from 'vitest';
import { displaysWanted, isQuietNow, phaseOf } from './displays-wanted.ts';
import type { Situation } from './situation.ts';
import { inCall, minutesMs, noon, nothingGoesOn } from './test/situations.ts';

const usual = behaviour.parse({ quietHours: [{ from: '22:00', to: '06:00' }] });
const night = { localMinutes: 23 * 60 };
const meetingIn = (minutes: number, lastsMinutes = 60) => ({
  meetings: [{ startMs: noon + minutesMs(minutes), endMs: noon + minutesMs(minutes + lastsMinutes) }],
});
const occupied = { isOccupied: true, lastOccupiedAtMs: noon };

test.each<[string, Partial<Situation>, string]>([
  ['nothing goes on', {}, 'standby idle'],
  ['a call', inCall, 'on inMeeting'],
  ['a call at night', { ...inCall, ...night }, 'on inMeeting'],
  ['a laptop is shown', { isContentShown: true }, 'on contentShared'],
  ['a meeting in six minutes', meetingIn(6), 'standby idle'],
  ['a meeting in five minutes', meetingIn(5), 'on meetingSoon'],
  ['a meeting that nobody came to for nine minutes', meetingIn(-9), 'on meetingSoon'],
  ['a meeting that nobody came to for ten minutes', meetingIn(-10), 'standby idle'],
  ['a short meeting that is over', meetingIn(-3, 3), 'standby idle'],
  [
    'a meeting soon, at night, and nobody there',
    { ...meetingIn(5), ...night, isOccupied: false },
    'standby quietHours',
  ],
  ['a meeting soon, at night, and nobody knows who is there', { ...meetingIn(5), ...night }, 'standby quietHours'],
  ['a meeting soon, at night, and somebody there', { ...meetingIn(5), ...night, ...occupied }, 'on meetingSoon'],
  ['it rings', { isRinging: true }, 'on meetingSoon'],
  ['it rings at night in an empty room', { isRinging: true, ...night }, 'standby quietHours'],
  ['somebody is there', occupied, 'on occupied'],
  ['somebody is there at night', { ...occupied, ...night }, 'standby quietHours'],
  ['a call ended nine minutes ago', { lastCallAtMs: noon - minutesMs(9) }, 'as they are'],
  ['a call ended ten minutes ago', { lastCallAtMs: noon - minutesMs(10) }, 'standby idle'],
  [
    'the last person left nine minutes ago',
    { isOccupied: false, lastOccupiedAtMs: noon - minutesMs(9) },
    'as they are',
  ],
  ['a call ended at night nine minutes ago', { ...night, lastCallAtMs: noon - minutesMs(9) }, 'as they are'],
  ['the last person left at night', { ...night, lastOccupiedAtMs: noon }, 'standby quietHours'],
])('%s: the displays are to be %s', (_what, change, expected) => {
  const wanted = displaysWanted({ ...nothingGoesOn, ...change }, usual);
  expect(wanted ? `${wanted.power} ${wanted.reason}` : 'as they are').toBe(expected);
});

test('occupancy wakes nothing where it is not to, and yet keeps what is on', () => {
  const sleepy = behaviour.parse({ wakesOnOccupancy: false });
  expect(displaysWanted({ ...nothingGoesOn, ...occupied }, sleepy)).toBeNull();
});

describe('quiet hours', () => {
  test.each([
    ['21:59', 21 * 60 + 59, false],
    ['22:00', 22 * 60, true],
    ['midnight', 0, true],
    ['05:59', 5 * 60 + 59, true],
    ['06:00', 6 * 60, false],
    ['a time that nobody knows', null, false],
  ])('at %s', (_time, localMinutes, isQuiet) => {
    expect(isQuietNow({ ...nothingGoesOn, localMinutes }, usual)).toBe(isQuiet);
  });

  test('may be within a day', () => {
    const lunch = behaviour.parse({ quietHours: [{ from: '12:00', to: '13:00' }] });
    expect([719, 720, 779, 780].map((localMinutes) => isQuietNow({ ...nothingGoesOn, localMinutes }, lunch))).toEqual([
      ...[false, true, true, false],
    ]);
  });
});

test('somebody who steps out for a moment does not change the phase, and who starts a call does', () => {
  const phases = [
    { ...nothingGoesOn, ...occupied },
    { ...nothingGoesOn, isOccupied: false, lastOccupiedAtMs: noon - minutesMs(1) },
    inCall,
    { ...nothingGoesOn, ...meetingIn(2), ...occupied },
    nothingGoesOn,
  ].map((situation) => phaseOf(situation, usual));
  expect(phases).toEqual(['awake', 'awake', 'meeting', 'soon', 'asleep']);
});
