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

type Look = { atMs: number; isActive: boolean };

/** What is known at each look, by somebody who waits only when they are told to, as the driver does. */
function waited(looks: readonly Look[]): (boolean | null)[] {
  let now = nothingKnown;
  return looks.map(({ atMs, isActive }) => {
    for (let due = nextAtMs(now, timing); due !== null && due <= atMs; due = nextAtMs(now, timing)) {
      const then = pass(now, due, timing);
      // A time that changes nothing would be waited for without an end.
      expect(then).not.toEqual(now);
      now = then;
    }
    const { isOccupied } = now;
    now = see(now, isActive, atMs, timing);
    return isOccupied;
  });
}

/** What is known at each look, by somebody who never turns away. */
function watched(looks: readonly Look[]): (boolean | null)[] {
  let now = nothingKnown;
  let fromMs = 0;
  return looks.map(({ atMs, isActive }) => {
    for (; fromMs <= atMs; fromMs += 5) now = pass(now, fromMs, timing);
    now = pass(now, atMs, timing);
    fromMs = atMs;
    const { isOccupied } = now;
    now = see(now, isActive, atMs, timing);
    return isOccupied;
  });
}

test('waiting only for what time changes comes to the same as looking all the time', () => {
  const justThen = fc.constantFrom(timing.settleMs - 1, timing.settleMs, timing.holdMs - 1, timing.holdMs);
  const gapMs = fc.oneof(fc.integer({ min: 1, max: 12_000 }), justThen);
  const steps = fc.array(fc.tuple(gapMs, fc.boolean()), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(steps, (given) => {
      let atMs = 0;
      const looks = given.map(([passedMs, isActive]) => {
        atMs += passedMs;
        return { atMs, isActive };
      });
      expect(waited(looks)).toEqual(watched(looks));
    }),
    { numRuns: 200 },
  );
});
