import type { Clock } from './clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves both clocks forward and wakes every sleeper that is due, in order of its due time. */
  advance(byMs: number): Promise<void>;
  /** Moves only the wall clock, as an NTP correction does. */
  jumpTo(instant: Date): void;
}

type Sleeper = { dueMs: number; wake: () => void };

export function createManualClock(startAt: Date = new Date('2026-01-05T09:00:00Z')): ManualClock {
  let wallMs = startAt.getTime();
  let elapsedMs = 0;
  const sleepers = new Set<Sleeper>();

  return {
    now: () => new Date(wallMs),
    monotonicMs: () => elapsedMs,
    sleep: (delayMs, { signal }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        };
        const sleeper: Sleeper = {
          dueMs: elapsedMs + delayMs,
          wake: () => {
            sleepers.delete(sleeper);
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    async advance(byMs) {
      const targetMs = elapsedMs + byMs;
      for (;;) {
        const due = [...sleepers].filter((s) => s.dueMs <= targetMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        const stepMs = (due?.dueMs ?? targetMs) - elapsedMs;
        elapsedMs += stepMs;
        wallMs += stepMs;
        if (!due) return;
        due.wake();
        // The woken code runs before the clock moves on, so that it can go back to sleep in time.
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
    jumpTo(instant) {
      wallMs = instant.getTime();
    },
  };
}
