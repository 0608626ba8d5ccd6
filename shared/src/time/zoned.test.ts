import { describe, expect, it } from 'vitest';
import { fieldsOf, instantOf, offsetMinutes } from './zoned.ts';

describe('instantOf', () => {
  it.each([
    ['2026-11-23', '10:30', 'Asia/Shanghai', '2026-11-23T02:30:00.000Z'],
    ['2026-07-01', '09:00', 'America/New_York', '2026-07-01T13:00:00.000Z'],
    ['2026-01-01', '09:00', 'America/New_York', '2026-01-01T14:00:00.000Z'],
    ['2026-01-01', '00:15', 'Australia/Lord_Howe', '2025-12-31T13:15:00.000Z'],
    ['2026-01-01', '00:15', 'UTC', '2026-01-01T00:15:00.000Z'],
  ])('reads %s %s in %s', (date, time, zone, expected) => {
    expect(instantOf(date, time, zone)?.toISOString()).toBe(expected);
  });

  it('moves a time that the clocks skip in spring to as much later', () => {
    expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('takes the first of a time that comes twice in autumn', () => {
    expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it.each([
    ['', '10:30'],
    ['2026-02-30', '10:30'],
    ['2026-02-20', '24:30'],
    ['2026-02-20', ''],
  ])('refuses %j %j', (date, time) => {
    expect(instantOf(date, time, 'UTC')).toBeNull();
  });
});

it('turns an instant back into the fields it came from', () => {
  const at = instantOf('2026-11-23', '10:30', 'Asia/Kathmandu');
  expect(at && fieldsOf(at, 'Asia/Kathmandu')).toEqual({ date: '2026-11-23', time: '10:30' });
  expect(offsetMinutes(Date.UTC(2026, 0, 1), 'Asia/Kathmandu')).toBe(345);
});
