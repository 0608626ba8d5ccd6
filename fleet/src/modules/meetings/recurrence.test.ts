import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { planSeries, ruleBefore, ruleFrom, type SeriesTimes, startsOf } from './recurrence.ts';

const zones = ['Asia/Shanghai', 'Europe/London', 'America/New_York', 'Australia/Sydney', 'Australia/Lord_Howe'];
const rules = [
  'FREQ=DAILY;COUNT=400',
  'FREQ=WEEKLY;BYDAY=MO,WE,SU;COUNT=200',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20271103',
  'FREQ=MONTHLY;BYDAY=-1SU;COUNT=24',
  'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=12',
  'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=18',
  'FREQ=YEARLY;BYMONTH=3,10;BYDAY=2SU;COUNT=4',
];

/**
 * The independent calculation: python-dateutil expands, zoneinfo converts. fold=0 is the first of two equal times, and
 * for a time that is skipped it is the offset before the gap: what RFC 5545 §3.3.5 wants.
 */
const script = `
import json, sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
from dateutil.rrule import rrulestr
answers = []
for case in json.load(sys.stdin):
    zone = ZoneInfo(case['timeZone'])
    start = datetime.fromisoformat(case['startLocal'])
    rule = case['rule']
    if 'UNTIL=' in rule and not rule.endswith('Z'):
        rule += 'T235959'
    wall = [at for at in rrulestr(rule, dtstart=start)]
    answers.append([at.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z') for at in wall])
print(json.dumps(answers))
`;

async function independently(cases: readonly SeriesTimes[]): Promise<string[][]> {
  const running = promisify(execFile)('/usr/bin/python3', ['-c', script], { maxBuffer: 32 * 1024 * 1024 });
  running.child.stdin?.end(JSON.stringify(cases));
  const { stdout } = await running;
  return JSON.parse(stdout);
}

describe('a series keeps its wall-clock time across daylight saving, as python-dateutil and zoneinfo calculate it', () => {
  // 02:15 is skipped or comes twice somewhere in each zone that changes its clocks; 09:00 never is.
  const starts = ['2026-01-04T09:00:00', '2026-01-04T02:15:00', '2026-01-31T01:45:00', '2026-01-04T23:30:00'];

  it.each(zones)('in %s', { timeout: 60_000 }, async (timeZone) => {
    const cases = starts.flatMap((startLocal) => rules.map((rule) => ({ rule, startLocal, timeZone })));
    const expected = await independently(cases);
    for (const [index, series] of cases.entries()) {
      const own = startsOf(series);
      expect(own.length, JSON.stringify(series)).toBeGreaterThan(0);
      expect(own, JSON.stringify(series)).toEqual(expected[index]);
    }
  });
});

describe('a series', () => {
  const weekly = { startLocal: '2026-03-02T09:00:00', timeZone: 'Europe/London' };

  it('begins with the first start that its rule gives', () => {
    const plan = planSeries({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=TH;COUNT=2' });
    expect(plan).toMatchObject({ ok: true, times: { startLocal: '2026-03-05T09:00:00' } });
  });

  it('includes all of its last day, and says its end as an instant', () => {
    const plan = planSeries({ ...weekly, rule: 'FREQ=DAILY;UNTIL=20260331' });
    expect(plan).toMatchObject({ ok: true, times: { rule: 'FREQ=DAILY;UNTIL=20260331T225900Z' } });
    expect(plan.ok && plan.starts.at(-1)).toBe('2026-03-31T08:00:00.000Z');
    expect(plan.ok && planSeries(plan.times)).toEqual(plan);
  });

  it.each([
    ['more than 500 occurrences', 'FREQ=DAILY;COUNT=501', 'tooMany'],
    ['more than 500 until its end', 'FREQ=DAILY;UNTIL=20280301', 'tooMany'],
    ['an end beyond two years', 'FREQ=MONTHLY;COUNT=26', 'tooLong'],
    ['an end before its start', 'FREQ=DAILY;UNTIL=20260301', 'none'],
  ])('has not %s', (_what, rule, why) => {
    expect(planSeries({ ...weekly, rule })).toEqual({ ok: false, why });
  });

  it('is cut in two without losing or doubling an occurrence', () => {
    for (const rule of ['FREQ=WEEKLY;COUNT=10', 'FREQ=WEEKLY;UNTIL=20260601T000000Z']) {
      const all = startsOf({ ...weekly, rule });
      const cutAt = all[4] ?? '';
      const before = startsOf({ ...weekly, rule: ruleBefore(rule, cutAt) });
      const after = startsOf({ ...weekly, rule: ruleFrom(rule, 4), startLocal: '2026-03-30T09:00:00' });
      expect([...before, ...after]).toEqual(all);
    }
  });
});
