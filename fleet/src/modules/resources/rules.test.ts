import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CapacityStep, type PlannedUse, peaksOf, type Stay, tightestOf } from './rules.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00.000Z`);
const stay = (from: string, to: string | null): Stay => ({
  from: at(from).toISOString(),
  to: to === null ? null : at(to).toISOString(),
});

describe('use over time', () => {
  it('is the most who were there at once, in each part', () => {
    const stays = [stay('09:30', '10:30'), stay('10:15', null), stay('10:40', '10:50'), stay('11:10', '11:20')];
    const peaks = peaksOf(stays, at('09:00'), at('13:00'), 4).map(({ peak }) => peak);
    expect(peaks).toEqual([1, 2, 2, 1]);
  });

  it('does not count somebody who leaves beside somebody who comes at that instant', () => {
    const stays = [stay('09:00', '10:30'), stay('10:30', '11:00')];
    expect(peaksOf(stays, at('10:00'), at('11:00'), 1)[0]?.peak).toBe(1);
  });

  it('is what counting every minute gives', () => {
    const minute = fc.integer({ min: 0, max: 240 });
    fc.assert(
      fc.property(fc.array(fc.tuple(minute, minute), { maxLength: 30 }), (pairs) => {
        const start = at('09:00').getTime();
        const instant = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
        const stays = pairs.map(([a, b]) => ({ from: instant(Math.min(a, b)), to: instant(Math.max(a, b)) }));
        const counted = [0, 1, 2, 3].map((hour) =>
          Math.max(
            ...Array.from({ length: 60 }, (_, index) => {
              const text = instant(hour * 60 + index);
              return stays.filter(({ from, to }) => from <= text && text < to).length;
            }),
          ),
        );
        expect(peaksOf(stays, at('09:00'), at('13:00'), 4).map(({ peak }) => peak)).toEqual(counted);
      }),
    );
  });
});

describe('a planned meeting', () => {
  const use = (startAt: string, endAt: string, parties: number): PlannedUse => ({
    ...{ startAt: at(startAt).toISOString(), endAt: at(endAt).toISOString(), parties },
  });
  const steps: CapacityStep[] = [
    { from: at('00:00'), capacity: 50 },
    { from: at('11:00'), capacity: 20 },
  ];

  it('meets the others of its time at the tightest instant', () => {
    const others = [use('09:00', '10:15', 20), use('10:00', '11:00', 15), use('10:30', '10:45', 12)];
    const tightest = tightestOf(use('09:30', '10:50', 18), others, steps);
    expect(tightest).toEqual({ at: at('10:00'), capacity: 50, wanted: 53 });
  });

  it('does not meet one that ends as it begins', () => {
    expect(tightestOf(use('10:00', '10:30', 10), [use('09:00', '10:00', 45)], steps).wanted).toBe(10);
  });

  it('meets the end of an order', () => {
    expect(tightestOf(use('10:30', '11:30', 25), [], steps)).toEqual({ at: at('11:00'), capacity: 20, wanted: 25 });
  });
});
