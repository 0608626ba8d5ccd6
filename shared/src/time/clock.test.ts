import { expect, test } from 'vitest';
import { createSystemClock } from './clock.ts';
import { createManualClock } from './manual-clock.ts';

test('the manual clock wakes sleepers in order of their due time, each at its own instant', async () => {
  const clock = createManualClock();
  const { signal } = new AbortController();
  const woken: [string, number][] = [];
  const nap = async (name: string, delayMs: number) => {
    await clock.sleep(delayMs, { signal });
    woken.push([name, clock.monotonicMs()]);
  };
  const naps = [nap('late', 300), nap('early', 100)];
  await clock.advance(300);
  await Promise.all(naps);
  expect(woken).toEqual([
    ['early', 100],
    ['late', 300],
  ]);
});

test('a sleeper that sleeps again wakes again within one advance', async () => {
  const clock = createManualClock();
  let ticks = 0;
  const stop = new AbortController();
  const ticking = (async () => {
    for (;;) {
      await clock.sleep(1000, { signal: stop.signal });
      ticks += 1;
    }
  })();
  await clock.advance(3500);
  expect(ticks).toBe(3);
  stop.abort(new Error('enough'));
  await expect(ticking).rejects.toThrow('enough');
});

test('a jump of the wall clock wakes nobody', async () => {
  const clock = createManualClock();
  const stop = new AbortController();
  let isAwake = false;
  const nap = clock.sleep(1000, { signal: stop.signal }).then(() => {
    isAwake = true;
  });
  clock.jumpTo(new Date('2040-01-01T00:00:00Z'));
  await clock.advance(999);
  expect(isAwake).toBe(false);
  await clock.advance(1);
  await nap;
  expect(clock.now().getUTCFullYear()).toBe(2040);
});

test.each([
  ['system', createSystemClock()],
  ['manual', createManualClock()],
])('a sleep on the %s clock ends with the reason of its signal', async (_name, clock) => {
  const stop = new AbortController();
  const nap = clock.sleep(60_000, { signal: stop.signal });
  stop.abort(new Error('no longer needed'));
  await expect(nap).rejects.toThrow('no longer needed');
  await expect(clock.sleep(1, { signal: stop.signal })).rejects.toThrow('no longer needed');
});
