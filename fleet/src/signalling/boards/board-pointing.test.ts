import { expect, it } from 'vitest';
import { pointRateFor } from './board-pointing.ts';

it('slows pointing down where many look on, and never stops it', () => {
  const perSecond = [1, 10, 66, 100, 500].map((readers) => pointRateFor(readers).perSecond);
  expect(perSecond).toEqual([15, 15, 15, 10, 2]);
});
