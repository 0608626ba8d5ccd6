import { expect, test } from 'vitest';
import { formatDay, formatSpan, formatStopwatch, formatTime, initials, isSameDay } from './time.ts';

const at = new Date('2026-11-23T02:26:00Z');
const shanghai = { language: 'en', timeZone: 'Asia/Shanghai' } as const;

test('times are those of the zone, in 24 hours', () => {
  expect(formatTime(at, shanghai)).toBe('10:26');
  expect(formatTime(new Date('2026-11-22T16:05:00Z'), shanghai)).toBe('00:05');
  expect(formatSpan(at, new Date('2026-11-23T03:15:00Z'), shanghai)).toBe('10:26 – 11:15');
});

test('days are written as each language writes them', () => {
  expect(formatDay(at, shanghai)).toBe('Mon 23 Nov');
  expect(formatDay(at, shanghai, 'long')).toBe('Monday 23 November');
  expect(formatDay(at, { ...shanghai, language: 'zh-CN' })).toBe('11月23日 周一');
});

test('a day is a day of the zone', () => {
  const lateEvening = new Date('2026-11-22T15:59:00Z');
  expect(isSameDay(at, lateEvening, 'Asia/Shanghai')).toBe(false);
  expect(isSameDay(lateEvening, new Date('2026-11-21T16:00:00Z'), 'Asia/Shanghai')).toBe(true);
});

test.each([
  [0, '0:00'],
  [724_000, '12:04'],
  [3_724_000, '1:02:04'],
  [-1, '0:00'],
])('%d ms on a stop-watch', (ms, expected) => {
  expect(formatStopwatch(ms)).toBe(expected);
});

test.each([
  ['Lin Yuehan', 'LY'],
  ['Mara van der Okafor', 'MO'],
  ['Cedar', 'CE'],
  ['林悦涵', '悦涵'],
  ['', ''],
])('initials of %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});
