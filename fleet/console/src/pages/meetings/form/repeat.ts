import { type Frequency, type RuleParts, type Weekday, weekdays } from '@anteroom/shared/meeting/recurrence.ts';

/** A recurrence rule as people choose it. */
export type Repeat = {
  frequency: Frequency | 'NEVER';
  interval: number;
  weekdays: Weekday[];
  /** On the day of the month of the start, or on its weekday, as "the second Tuesday". */
  monthly: 'day' | 'weekday';
  end: 'count' | 'until';
  count: number;
  /** Last day, `2026-12-31`. */
  until: string;
};

export const never: Repeat = {
  frequency: 'NEVER',
  interval: 1,
  weekdays: [],
  monthly: 'day',
  end: 'count',
  count: 10,
  until: '',
};

/** The weekday of a date, and which of its kind in the month it is; the fifth is the last. */
export function placeInMonth(date: string): { weekday: Weekday; ordinal: number; day: number } | null {
  const at = new Date(`${date}T00:00:00.000Z`);
  const weekday = weekdays[(at.getUTCDay() + 6) % 7];
  if (Number.isNaN(at.getTime()) || !weekday) return null;
  const day = at.getUTCDate();
  return { weekday, day, ordinal: day > 28 ? -1 : Math.ceil(day / 7) };
}

/** The rule of a series that begins on `date`; null when nothing repeats, or the choice is not complete. */
export function ruleOf(repeat: Repeat, date: string): RuleParts | null {
  const place = placeInMonth(date);
  if (repeat.frequency === 'NEVER' || !place) return null;
  if (repeat.end === 'until' && !/^\d{4}-\d{2}-\d{2}$/.test(repeat.until)) return null;
  const isMonthly = repeat.frequency === 'MONTHLY';
  const byWeekday = isMonthly && repeat.monthly === 'weekday';
  const weekly = weekdays.filter((day) => repeat.weekdays.includes(day));
  return {
    frequency: repeat.frequency,
    interval: repeat.interval,
    byDay: byWeekday
      ? [{ weekday: place.weekday, ordinal: place.ordinal }]
      : repeat.frequency === 'WEEKLY'
        ? (weekly.length > 0 ? weekly : [place.weekday]).map((weekday) => ({ weekday, ordinal: null }))
        : [],
    byMonthDay: isMonthly && !byWeekday ? [place.day] : [],
    byMonth: [],
    bySetPos: [],
    end:
      repeat.end === 'count'
        ? { kind: 'count', count: repeat.count }
        : { kind: 'until', until: repeat.until.replaceAll('-', '') },
  };
}

/** The choice that a rule came from. */
export function repeatOf(parts: RuleParts): Repeat {
  const { frequency, interval, byDay, end } = parts;
  return {
    frequency,
    interval,
    weekdays: frequency === 'WEEKLY' ? byDay.map(({ weekday }) => weekday) : [],
    monthly: byDay.length > 0 ? 'weekday' : 'day',
    end: end.kind,
    count: end.kind === 'count' ? end.count : never.count,
    until: end.kind === 'until' ? end.until.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3') : '',
  };
}
