import { describe, expect, it } from 'vitest';
import { dayOf } from './rules.ts';

describe('the day of a time zone', () => {
  it.each([
    ['UTC', '2026-03-02T10:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z'],
    ['Asia/Shanghai', '2026-03-02T17:00:00.000Z', '2026-03-02T16:00:00.000Z', '2026-03-03T16:00:00.000Z'],
    // 23 and 25 hours: the clocks change.
    ['America/New_York', '2026-03-08T12:00:00.000Z', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['Europe/London', '2026-10-25T12:00:00.000Z', '2026-10-24T23:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    // Half an hour less only, and a zone 14 hours ahead.
    ['Australia/Lord_Howe', '2026-04-05T02:00:00.000Z', '2026-04-04T13:00:00.000Z', '2026-04-05T13:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-03-02T09:59:59.000Z', '2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['UTC', '2026-03-02T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-03-03T00:00:00.000Z'],
  ])('%s at %s', (zone, instant, from, to) => {
    const day = dayOf(new Date(instant), zone);
    expect([day.from.toISOString(), day.to.toISOString()]).toEqual([from, to]);
  });
});
