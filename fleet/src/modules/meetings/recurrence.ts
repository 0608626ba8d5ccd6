import {
  longestSeriesDays,
  mostOccurrences,
  type RuleParts,
  readRule,
  writeRule,
} from '@anteroom/shared/meeting/recurrence.ts';
import { instantOf, offsetMinutes } from '@anteroom/shared/time/zoned.ts';
import ical from 'ical.js';

/**
 * Expands recurrence rules in the event's own zone: the calendar arithmetic happens on wall-clock times, which know no
 * daylight saving, and each result becomes an instant by the zone's rules of that day (RFC 5545 §3.3.10; a time that
 * the clocks skip counts by the offset before the gap, one that comes twice is the first, §3.3.5).
 */
export type SeriesTimes = {
  rule: string;
  /** Wall-clock time of the first occurrence, `2026-03-02T09:00:00`. */
  startLocal: string;
  timeZone: string;
};
export type SeriesPlan =
  | { ok: true; times: SeriesTimes; starts: string[] }
  | { ok: false; why: 'none' | 'tooMany' | 'tooLong' };

const dayMs = 86_400_000;

/** Wall-clock time of an instant, as `startLocal` is written; occurrences begin at whole minutes. */
export function localOf(instant: string, timeZone: string): string {
  return `${wallClockOf(instant, timeZone).slice(0, 16)}:00`;
}

/** Wall-clock time of an instant, to the second. */
export function wallClockOf(instant: string, timeZone: string): string {
  const atMs = Date.parse(instant);
  return new Date(atMs + offsetMinutes(atMs, timeZone) * 60_000).toISOString().slice(0, 19);
}

export function instantOfLocal(local: string, timeZone: string): string {
  const at = instantOf(local.slice(0, 10), local.slice(11, 16), timeZone);
  if (!at) throw new Error(`${local} is no wall-clock time`);
  return at.toISOString();
}

/**
 * The series that begins at or after the wanted start: its first occurrence is the first that the rule gives, because
 * RFC 5545 §3.8.5.3 leaves a start that does not fit its rule undefined. UNTIL becomes the instant that the RFC asks for.
 */
export function planSeries(wanted: SeriesTimes): SeriesPlan {
  const parts = readRule(wanted.rule);
  if (!parts) throw new Error(`${wanted.rule} is no rule of a meeting`);
  const locals = expand(parts, wanted);
  const [first] = locals;
  if (first === undefined) return { ok: false, why: 'none' };
  if (locals.length > mostOccurrences) return { ok: false, why: 'tooMany' };
  const spanMs = Date.parse(`${locals.at(-1)}Z`) - Date.parse(`${first}Z`);
  if (spanMs > longestSeriesDays * dayMs) return { ok: false, why: 'tooLong' };
  const { timeZone } = wanted;
  const rule = writeRule({ ...parts, end: canonicalEnd(parts.end, timeZone) });
  return {
    ok: true,
    times: { rule, startLocal: first, timeZone },
    starts: locals.map((local) => instantOfLocal(local, timeZone)),
  };
}

/** Every start that the rule gives, also of occurrences that were cancelled or moved since. */
export function startsOf(series: SeriesTimes): string[] {
  const plan = planSeries(series);
  return plan.ok ? plan.starts : [];
}

/** The rule of what comes from the occurrence at `index` on: a count counts fewer. */
export function ruleFrom(rule: string, index: number): string {
  const parts = readRule(rule);
  if (parts?.end.kind !== 'count') return rule;
  return writeRule({ ...parts, end: { kind: 'count', count: Math.max(1, parts.end.count - index) } });
}

/** The rule of what comes before `at`. */
export function ruleBefore(rule: string, at: string): string {
  const parts = readRule(rule);
  if (!parts) return rule;
  return writeRule({ ...parts, end: { kind: 'until', until: basicUtc(new Date(Date.parse(at) - 1000)) } });
}

function expand(parts: RuleParts, { startLocal, timeZone }: SeriesTimes): string[] {
  const { end, ...unbounded } = parts;
  // Without its end the rule never stops by itself: one more than may be is enough to know that there are too many.
  const recur = ical.Recur.fromString(
    writeRule({ ...unbounded, end: { kind: 'count', count: end.kind === 'count' ? end.count : mostOccurrences + 1 } }),
  );
  const lastLocal = end.kind === 'until' ? untilLocal(end.until, timeZone) : null;
  const iterator = recur.iterator(ical.Time.fromDateTimeString(startLocal));
  const locals: string[] = [];
  for (let next = iterator.next(); next && locals.length <= mostOccurrences; next = iterator.next()) {
    const local = next.toString().slice(0, 19);
    if (lastLocal !== null && local > lastLocal) break;
    locals.push(local);
  }
  return locals;
}

/** The last wall-clock time that UNTIL includes: of a day, all of it. */
function untilLocal(until: string, timeZone: string): string {
  const [, year, month, day, time] = /^(\d{4})(\d{2})(\d{2})(T\d{6}Z)?$/.exec(until) ?? [];
  const date = `${year}-${month}-${day}`;
  if (time === undefined) return `${date}T23:59:59`;
  const at = `${date}T${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5, 7)}.000Z`;
  return localOf(at, timeZone);
}

function canonicalEnd(end: RuleParts['end'], timeZone: string): RuleParts['end'] {
  if (end.kind === 'count' || end.until.endsWith('Z')) return end;
  return { kind: 'until', until: basicUtc(new Date(instantOfLocal(untilLocal(end.until, timeZone), timeZone))) };
}

/** `20261231T225900Z` */
export function basicUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
