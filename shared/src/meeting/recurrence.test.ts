import { describe, expect, it } from 'vitest';
import { readRule, recurrenceRule, wordsOfRule, writeRule } from './recurrence.ts';

describe('a rule', () => {
  it.each([
    ['FREQ=DAILY;COUNT=5', 'Every day, 5 times', '每天，共 5 次'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10',
      'Every 2 weeks on Monday, Wednesday, 10 times',
      '每 2 周的周一、周三，共 10 次',
    ],
    [
      'FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231',
      'Every month on the last Friday, until 2026-12-31',
      '每月的最后一个周五，至 2026-12-31',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3', 'Every month on day 15, 3 times', '每月 15 日，共 3 次'],
    ['FREQ=YEARLY;COUNT=2', 'Every year, 2 times', '每年，共 2 次'],
  ])('%s is written as it was read, and said in words', (rule, en, zh) => {
    const parts = readRule(rule);
    expect(parts && writeRule(parts)).toBe(rule);
    expect(parts && wordsOfRule(parts)).toEqual({ en, 'zh-CN': zh });
  });

  it.each([
    ['no end', 'FREQ=WEEKLY'],
    ['two ends', 'FREQ=WEEKLY;COUNT=2;UNTIL=20261231'],
    ['hours', 'FREQ=HOURLY;COUNT=2'],
    ['a part that it does not know', 'FREQ=DAILY;BYHOUR=9;COUNT=2'],
    ['a part twice', 'FREQ=DAILY;COUNT=2;COUNT=3'],
    ['a line break', 'FREQ=DAILY;COUNT=2\r\nDTSTART:20260101'],
    ['an interval of nothing', 'FREQ=DAILY;INTERVAL=0;COUNT=2'],
    ['an empty text', ''],
  ])('with %s is refused', (_what, rule) => {
    expect(recurrenceRule.safeParse(rule).success).toBe(false);
  });
});
