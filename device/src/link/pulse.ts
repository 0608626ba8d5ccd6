import type { Clock } from '@anteroom/shared/time/clock.ts';

export type Pulse = ReturnType<typeof createPulse>;

/** Waiting that ends early when there is news. One waits at a time. */
export function createPulse(clock: Clock) {
  let hasNews = false;
  let wake: (() => void) | null = null;

  return {
    news(): void {
      hasNews = true;
      wake?.();
    },
    /** Returns after `delayMs`, at once when there was news since the last wait, or when `signal` aborts. */
    async wait(delayMs: number, signal: AbortSignal): Promise<void> {
      if (!hasNews && !signal.aborted) {
        const ended = new AbortController();
        const end = () => ended.abort();
        wake = end;
        signal.addEventListener('abort', end);
        await clock.sleep(delayMs, { signal: ended.signal }).catch((error: unknown) => {
          if (!ended.signal.aborted) throw error;
        });
        signal.removeEventListener('abort', end);
        wake = null;
      }
      hasNews = false;
    },
  };
}
