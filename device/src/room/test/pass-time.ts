import type { ManualClock } from '@anteroom/shared/time/manual-clock.ts';

/** Time goes by in steps so small that devices answer in between, as they do. */
export async function passTime(clock: ManualClock, ms: number, stepMs = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await new Promise(setImmediate);
    await clock.advance(stepMs);
  }
  await new Promise(setImmediate);
}
