/** Time as a dependency: people's time, durations and waiting, so that tests move the clock instead of sleeping. */
export interface Clock {
  /** Wall-clock instant, for people and for the wire. */
  now(): Date;
  /** Milliseconds of a clock that never jumps, for durations. Its zero means nothing. */
  monotonicMs(): number;
  /** Resolves after `delayMs`; rejects with the signal's reason as soon as the signal aborts. */
  sleep(delayMs: number, options: { signal: AbortSignal }): Promise<void>;
}

/** The machine's own clock. */
export function createSystemClock(): Clock {
  return {
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    sleep: (delayMs, { signal }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const onAbort = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(() => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        }, delayMs);
        signal.addEventListener('abort', onAbort, { once: true });
      }),
  };
}
