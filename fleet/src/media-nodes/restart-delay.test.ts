import { expect, test } from 'vitest';
import { restartDelayMs } from './restart-delay.ts';

test('a Janus that ran well is restarted at once', () => {
  expect(restartDelayMs({ ranMs: 60_000, shortRuns: 7 })).toEqual({ delayMs: 0, shortRuns: 0 });
});

test('one that keeps dying young is restarted ever more slowly, up to 5 s', () => {
  const delays: number[] = [];
  let shortRuns = 0;
  for (let run = 0; run < 9; run++) {
    const next = restartDelayMs({ ranMs: 50, shortRuns });
    delays.push(next.delayMs);
    shortRuns = next.shortRuns;
  }
  expect(delays).toEqual([0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});
