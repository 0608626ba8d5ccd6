import { describe, expect, it } from 'vitest';
import { localMinute, type MeetingTimes, plannedClose, planTimes, stateAt } from './rules.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00.000Z`);
const meeting: MeetingTimes = {
  startAt: at('10:00').toISOString(),
  endAt: at('10:30').toISOString(),
  closesAt: at('10:45').toISOString(),
  cancelledAt: null,
  endedAt: null,
  nextStartAt: null,
};

describe('the state of a meeting', () => {
  it.each([
    ['before its start', {}, '09:59', false, 'scheduled'],
    ['when somebody is in before its start', {}, '09:55', true, 'live'],
    ['from its start', {}, '10:00', false, 'live'],
    ['past its end, while people may finish', {}, '10:44', true, 'live'],
    ['fifteen minutes past its end', {}, '10:45', true, 'over'],
    ['at its end, when it ends automatically', { closesAt: at('10:30').toISOString() }, '10:30', true, 'over'],
    ['when the next one of its room begins', { nextStartAt: at('10:35').toISOString() }, '10:35', true, 'over'],
    ['just before that', { nextStartAt: at('10:35').toISOString() }, '10:34', true, 'live'],
    ['when it was ended', { endedAt: at('10:10').toISOString() }, '10:11', false, 'over'],
    ['when it was cancelled', { cancelledAt: at('09:00').toISOString() }, '10:11', false, 'cancelled'],
  ])('%s', (_when, change, now, hasParticipants, state) => {
    expect(stateAt({ ...meeting, ...change }, at(now), hasParticipants)).toBe(state);
  });
});

it('leaves a meeting fifteen minutes to finish, and none when it ends automatically', () => {
  const { endAt } = meeting;
  expect(plannedClose(endAt, { endsAutomatically: false })).toBe(at('10:45').toISOString());
  expect(plannedClose(endAt, { endsAutomatically: true })).toBe(endAt);
});

describe('the times of a new meeting', () => {
  it('begin now when no start is given', () => {
    expect(planTimes({ durationMinutes: 30 }, at('10:00'))).toEqual({
      startAt: '2026-03-02T10:00:00.000Z',
      endAt: '2026-03-02T10:30:00.000Z',
    });
  });

  it.each([
    ['a meeting that is over already', '09:00', 60],
    ['one that lasts no time', '11:00', 0],
    ['one that lasts longer than a day', '11:00', 1441],
  ])('refuse %s', (_what, start, durationMinutes) => {
    expect(planTimes({ startAt: at(start).toISOString(), durationMinutes }, at('10:00'))).toBeNull();
  });
});

describe('a minute in words', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-02 18:00'],
    ['America/New_York', '2026-03-02 05:00'],
    ['UTC', '2026-03-02 10:00'],
  ])('is the wall clock of %s', (zone, text) => {
    expect(localMinute(at('10:00').toISOString(), zone)).toBe(text);
  });
});
