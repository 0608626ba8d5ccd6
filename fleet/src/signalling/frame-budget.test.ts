import { describe, expect, test } from 'vitest';
import { fullBudget, isSpent, pay } from './frame-budget.ts';
import { boardFrameRate, frameRate } from './limits.ts';

type Paid = Parameters<typeof pay>[1];

/** How many of these frames, all at once, are allowed. */
function allowed(types: readonly Paid[]): number {
  let budget = fullBudget(0);
  return types.filter((type) => {
    const paid = pay(budget, type, 0);
    budget = paid.budget;
    return paid.isAllowed;
  }).length;
}
const many = (type: Paid, count: number): Paid[] => Array.from({ length: count }, () => type);

describe('the budget of frames', () => {
  test.each<[string, Paid[], number]>([
    ['drawing has its own', many('boardUpdate', boardFrameRate.burst + 50), boardFrameRate.burst],
    ['everything else has its own', many('candidate', frameRate.burst + 50), frameRate.burst],
    ['what cannot be understood costs as everything else', many(null, frameRate.burst + 50), frameRate.burst],
    [
      'whoever drew as much as they may still controls the meeting',
      [...many('boardUpdate', boardFrameRate.burst), ...many('control', 10)],
      boardFrameRate.burst + 10,
    ],
  ])('%s', (_name, types, expected) => {
    expect(allowed(types)).toBe(expected);
  });

  test('is spent by a flood of either kind, and back with time', () => {
    for (const type of ['control', 'boardUpdate'] as const) {
      let budget = fullBudget(0);
      for (let frame = 0; frame < boardFrameRate.burst + frameRate.burst; frame++) budget = pay(budget, type, 0).budget;
      expect(isSpent(budget, 0)).toBe(true);
      expect(isSpent(budget, 1_000)).toBe(false);
    }
  });
});
