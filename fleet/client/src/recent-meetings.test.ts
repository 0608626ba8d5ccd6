import { expect, it } from 'vitest';
import { createRecentMeetings, type RecentMeeting } from './recent-meetings.ts';

function createStorage(first?: string) {
  const kept = new Map<string, string>();
  if (first !== undefined) kept.set('anteroom.recent-meetings', first);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const meeting = (number: number): RecentMeeting => ({
  ...{ number: String(100_000_000 + number), subject: `Meeting ${number}`, joinedAt: '2026-03-02T10:00:00.000Z' },
});

it('keeps the latest first, each once, and at most eight', () => {
  const recent = createRecentMeetings(createStorage());
  for (let number = 0; number < 10; number++) recent.remember(meeting(number));
  recent.remember(meeting(5));
  expect(recent.list().map(({ subject }) => subject)).toEqual(
    [5, 9, 8, 7, 6, 4, 3, 2].map((number) => `Meeting ${number}`),
  );
});

it('forgets all of them', () => {
  const recent = createRecentMeetings(createStorage());
  recent.remember(meeting(1));
  recent.clear();
  expect(recent.list()).toEqual([]);
});

it.each(['{', '{"a":1}', '[{"number":1}]'])('begins anew over %s', (stored) => {
  const recent = createRecentMeetings(createStorage(stored));
  expect(recent.list()).toEqual([]);
  recent.remember(meeting(1));
  expect(recent.list()).toEqual([meeting(1)]);
});
