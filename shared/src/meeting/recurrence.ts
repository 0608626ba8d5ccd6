import { z } from 'zod';
import type { LocalizedText } from '../text.ts';

/** Most occurrences of a series, and the time within which all of them begin. */
export const mostOccurrences = 500;
export const longestSeriesDays = 731;

export const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
export type Frequency = (typeof frequencies)[number];
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

/** A day of the week; with an ordinal the first (1), second … or last (-1) of the month or year. */
export type ByDay = { weekday: Weekday; ordinal: number | null };
export type RuleEnd = { kind: 'count'; count: number } | { kind: 'until'; until: string };

/** The parts of an RFC 5545 rule that meetings repeat by. `until` is a day, `20261231`, or an instant, `20261231T225959Z`. */
export type RuleParts = {
  frequency: Frequency;
  interval: number;
  byDay: ByDay[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPos: number[];
  end: RuleEnd;
};

const partPatterns = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{8}(T\d{6}Z)?$/,
  BYDAY: /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01])){0,30}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}$/,
  BYSETPOS: /^-?[1-5](,-?[1-5]){0,4}$/,
  WKST: /^(MO|SU)$/,
} as const;

/** Reads a rule; null when it is none that a meeting may have: only known parts, each once, and bounded by one of COUNT and UNTIL. */
export function readRule(rule: string): RuleParts | null {
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    const pattern = Object.entries(partPatterns).find(([known]) => known === name)?.[1];
    if (!pattern?.test(value) || rest.length > 0 || parts.has(name)) return null;
    parts.set(name, value);
  }
  const frequency = frequencies.find((known) => known === parts.get('FREQ'));
  const end = endOf(parts.get('COUNT'), parts.get('UNTIL'));
  if (!frequency || !end) return null;
  const numbers = (name: string) => (parts.get(name)?.split(',') ?? []).map(Number);
  return {
    frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    byDay: (parts.get('BYDAY')?.split(',') ?? []).flatMap(readByDay),
    byMonthDay: numbers('BYMONTHDAY'),
    byMonth: numbers('BYMONTH'),
    bySetPos: numbers('BYSETPOS'),
    end,
  };
}

function endOf(count: string | undefined, until: string | undefined): RuleEnd | null {
  if (count !== undefined && until === undefined) return { kind: 'count', count: Number(count) };
  return until !== undefined && count === undefined ? { kind: 'until', until } : null;
}

function readByDay(text: string): ByDay[] {
  const weekday = weekdays.find((known) => text.endsWith(known));
  return weekday ? [{ weekday, ordinal: text.length > 2 ? Number(text.slice(0, -2)) : null }] : [];
}

/** The rule as RFC 5545 writes it. */
export function writeRule(parts: RuleParts): string {
  const { frequency, interval, byDay, byMonthDay, byMonth, bySetPos, end } = parts;
  return [
    `FREQ=${frequency}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(byDay.length > 0
      ? [`BYDAY=${byDay.map(({ weekday, ordinal }) => `${ordinal ?? ''}${weekday}`).join(',')}`]
      : []),
    ...(byMonthDay.length > 0 ? [`BYMONTHDAY=${byMonthDay.join(',')}`] : []),
    ...(byMonth.length > 0 ? [`BYMONTH=${byMonth.join(',')}`] : []),
    ...(bySetPos.length > 0 ? [`BYSETPOS=${bySetPos.join(',')}`] : []),
    end.kind === 'count' ? `COUNT=${end.count}` : `UNTIL=${end.until}`,
  ].join(';');
}

/** RFC 5545 recurrence rule, bounded: `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10`. */
export const recurrenceRule = z
  .string()
  .max(300)
  .refine(
    (rule) => readRule(rule) !== null,
    'expected a bounded RFC 5545 rule such as FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10',
  );

const weekdayNames: Record<Weekday, LocalizedText> = {
  MO: { en: 'Monday', 'zh-CN': '周一' },
  TU: { en: 'Tuesday', 'zh-CN': '周二' },
  WE: { en: 'Wednesday', 'zh-CN': '周三' },
  TH: { en: 'Thursday', 'zh-CN': '周四' },
  FR: { en: 'Friday', 'zh-CN': '周五' },
  SA: { en: 'Saturday', 'zh-CN': '周六' },
  SU: { en: 'Sunday', 'zh-CN': '周日' },
};
const everyWords: Record<Frequency, { one: LocalizedText; many: (n: number) => LocalizedText }> = {
  DAILY: { one: { en: 'Every day', 'zh-CN': '每天' }, many: (n) => ({ en: `Every ${n} days`, 'zh-CN': `每 ${n} 天` }) },
  WEEKLY: {
    one: { en: 'Every week', 'zh-CN': '每周' },
    many: (n) => ({ en: `Every ${n} weeks`, 'zh-CN': `每 ${n} 周` }),
  },
  MONTHLY: {
    one: { en: 'Every month', 'zh-CN': '每月' },
    many: (n) => ({ en: `Every ${n} months`, 'zh-CN': `每 ${n} 个月` }),
  },
  YEARLY: {
    one: { en: 'Every year', 'zh-CN': '每年' },
    many: (n) => ({ en: `Every ${n} years`, 'zh-CN': `每 ${n} 年` }),
  },
};
const ordinalWords: Record<string, LocalizedText> = {
  '1': { en: 'first', 'zh-CN': '第一个' },
  '2': { en: 'second', 'zh-CN': '第二个' },
  '3': { en: 'third', 'zh-CN': '第三个' },
  '4': { en: 'fourth', 'zh-CN': '第四个' },
  '5': { en: 'fifth', 'zh-CN': '第五个' },
  '-1': { en: 'last', 'zh-CN': '最后一个' },
};

/** The rule as people say it: "Every 2 weeks on Monday, Wednesday, 10 times". */
export function wordsOfRule(parts: RuleParts): LocalizedText {
  const every =
    parts.interval === 1 ? everyWords[parts.frequency].one : everyWords[parts.frequency].many(parts.interval);
  const days = parts.byDay.map(dayWords);
  const monthDays = parts.byMonthDay;
  const until = parts.end.kind === 'until' ? parts.end.until.replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3') : '';
  const en = [
    every.en,
    ...(days.length > 0 ? [` on ${days.map((day) => day.en).join(', ')}`] : []),
    ...(monthDays.length > 0 ? [` on day ${monthDays.join(', ')}`] : []),
    parts.end.kind === 'count' ? `, ${parts.end.count} times` : `, until ${until}`,
  ].join('');
  const zh = [
    every['zh-CN'],
    ...(days.length > 0 ? [`的${days.map((day) => day['zh-CN']).join('、')}`] : []),
    ...(monthDays.length > 0 ? [` ${monthDays.join('、')} 日`] : []),
    parts.end.kind === 'count' ? `，共 ${parts.end.count} 次` : `，至 ${until}`,
  ].join('');
  return { en, 'zh-CN': zh };
}

function dayWords({ weekday, ordinal }: ByDay): LocalizedText {
  const name = weekdayNames[weekday];
  const order = ordinal === null ? undefined : ordinalWords[String(ordinal)];
  return order ? { en: `the ${order.en} ${name.en}`, 'zh-CN': `${order['zh-CN']}${name['zh-CN']}` } : name;
}
