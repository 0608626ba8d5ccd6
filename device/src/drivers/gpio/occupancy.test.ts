import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lose, nextAtMs, nothingKnown, type Occupancy, pass, see } from './occupancy.ts';

const timing = { settleMs: 50, holdMs: 10_000 };

/** What is known at `atMs` after the contact was so at each time, as `[0, true]`. */
const after = (levels: readonly (readonly [number, boolean])[], atMs: number): Occupancy =>
  pass(
    levels.reduce((now, [at, isActive]) => see(now, isActive, at, timing), nothingKnown),
    atMs,
    timing,
  );

describe('a room', () => {
  test.each([
    ['is not known before the contact has settled', [[0, true]], 49, null],
    ['is occupied once it has', [[0, true]], 50, true],
    ['is not known to be free before nobody was there for the hold', [[0, false]], 9_999, null],
    ['is free then', [[0, false]], 10_000, false],
    [
      'stays occupied while people sit still',
      [
        [0, true],
        [1_000, false],
      ],
      10_999,
      true,
    ],
    [
      'is free when the hold is over',
      [
        [0, true],
        [1_000, false],
      ],
      11_000,
      false,
    ],
    [
      'begins its hold anew with every movement',
      [
        [0, true],
        [1_000, false],
        [9_000, true],
        [9_100, false],
      ],
      11_000,
      true,
    ],
    [
      'is not kept occupied by chatter',
      [
        [0, true],
        [1_000, false],
        [9_000, true],
        [9_049, false],
      ],
      11_000,
      false,
    ],
    [
      'is not made occupied by chatter',
      [
        [0, false],
        [20_000, true],
        [20_049, false],
        [20_060, true],
      ],
      20_100,
      false,
    ],
  ] as const)('%s', (_name, levels, atMs, isOccupied) => {
    expect(after(levels, atMs).isOccupied).toBe(isOccupied);
  });

  test('stays what it was while the contact cannot be seen, however long that is', () => {
    const blind = lose(
      after(
        [
          [0, true],
          [1_000, false],
        ],
        2_000,
      ),
    );
    expect(pass(blind, 100_000, timing).isOccupied).toBe(true);
    expect(nextAtMs(blind, timing)).toBeNull();
  });
});

/** Waits only when it is told to, as the driver does. */
function played(levels: readonly (readonly [number, boolean])[], endMs: number): boolean | null {
  let now = nothingKnown;
  const waitUntil = (atMs: number) => {
    for (let due = nextAtMs(now, timing); due !== null && due <= atMs; due = nextAtMs(now, timing))
      now = pass(now, due, timing);
  };
  for (const [atMs, isActive] of levels) {
    waitUntil(atMs);
    now = see(now, isActive, atMs, timing);
  }
  waitUntil(endMs);
  return now.isOccupied;
}

test('waiting only for what time changes comes to the same as looking all the time', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 12_000 }), fc.boolean()), { maxLength: 12 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 12_000 }), (given, more) => {
      let atMs = 0;
      const levels = given.map(([gapMs, isActive]) => {
        atMs += gapMs;
        return [atMs, isActive] as const;
      });
      let looked = nothingKnown;
      let from = 0;
      for (const [until, isActive] of [...levels, [atMs + more, null] as const]) {
        for (; from <= until; from += 5) looked = pass(looked, from, timing);
        looked = pass(looked, until, timing);
        from = until;
        if (isActive !== null) looked = see(looked, isActive, until, timing);
      }
      expect(played(levels, atMs + more)).toBe(looked.isOccupied);
    }),
    { numRuns: 200 },
  );
});
