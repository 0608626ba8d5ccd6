import { readRule, writeRule } from '@anteroom/shared/meeting/recurrence.ts';
import { describe, expect, it } from 'vitest';
import { never, type Repeat, repeatOf, ruleOf } from './repeat.ts';

const date = '2026-03-10'; // the second Tuesday
const cases: [Partial<Repeat>, string][] = [
  [{ frequency: 'DAILY', count: 5 }, 'FREQ=DAILY;COUNT=5'],
  [{ frequency: 'WEEKLY' }, 'FREQ=WEEKLY;BYDAY=TU;COUNT=10'],
  [{ frequency: 'WEEKLY', interval: 2, weekdays: ['FR', 'MO'] }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=10'],
  [{ frequency: 'MONTHLY', end: 'until', until: '2026-12-31' }, 'FREQ=MONTHLY;BYMONTHDAY=10;UNTIL=20261231'],
  [{ frequency: 'MONTHLY', monthly: 'weekday' }, 'FREQ=MONTHLY;BYDAY=2TU;COUNT=10'],
  [{ frequency: 'YEARLY', count: 2 }, 'FREQ=YEARLY;COUNT=2'],
];

describe('a choice of how to repeat', () => {
  it.each(cases)('%j is the rule %s, and back', (choice, rule) => {
    const parts = ruleOf({ ...never, ...choice }, date);
    expect(parts && writeRule(parts)).toBe(rule);
    const read = readRule(rule);
    expect(read && ruleOf(repeatOf(read), date)).toEqual(parts);
  });

  it('takes the fifth weekday of a month as the last', () => {
    const parts = ruleOf({ ...never, frequency: 'MONTHLY', monthly: 'weekday' }, '2026-03-31');
    expect(parts?.byDay).toEqual([{ weekday: 'TU', ordinal: -1 }]);
  });

  it.each([
    ['nothing repeats', never, date],
    ['the last day is missing', { ...never, frequency: 'DAILY', end: 'until' }, date],
    ['the first day is missing', { ...never, frequency: 'DAILY' }, ''],
  ] as [string, Repeat, string][])('is no rule while %s', (_what, repeat, on) => {
    expect(ruleOf(repeat, on)).toBeNull();
  });
});
