import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { expect, it } from 'vitest';
import { todaysMeetings } from './today.ts';

const now = new Date('2026-03-02T10:00:00.000Z');
const meeting = (id: string, startAt: string, state: MeetingItem['state'] = 'scheduled') =>
  ({ id, startAt, state }) as MeetingItem;

it('shows what is live and what comes today, by start, and tells what can be joined', () => {
  const shown = todaysMeetings(
    [
      meeting('later', '2026-03-02T15:00:00.000Z'),
      meeting('soon', '2026-03-02T10:10:00.000Z'),
      meeting('live', '2026-03-01T23:00:00.000Z', 'live'),
      meeting('tomorrow', '2026-03-03T10:00:00.000Z'),
      meeting('cancelled', '2026-03-02T12:00:00.000Z', 'cancelled'),
      meeting('soon', '2026-03-02T10:10:00.000Z'),
    ],
    now,
    'UTC',
  );
  expect(shown.map(({ id, isJoinable }) => [id, isJoinable])).toEqual([
    ['live', true],
    ['soon', true],
    ['later', false],
  ]);
});

it('takes the day of the reader', () => {
  const night = [meeting('night', '2026-03-02T17:00:00.000Z')];
  expect(todaysMeetings(night, now, 'UTC')).toHaveLength(1);
  expect(todaysMeetings(night, now, 'Asia/Shanghai')).toHaveLength(0);
});
