import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';

/** Allows `limit` tries per key in any `windowMs`. Counts in this process only. */
export interface Limiter {
  /** Takes one try of every key, or throws `rate_limited` with the wait and takes none. */
  take(...keys: string[]): void;
  /** Throws like `take`, and takes none: for doors where only failures are to be counted, however many come at once. */
  check(...keys: string[]): void;
  /** Gives the tries back, for one that turned out to be rightful. */
  refund(...keys: string[]): void;
}

/** Beyond so many keys the ones without a recent try are forgotten, so that strangers cannot fill the memory. */
const sweepAboveKeys = 10_000;

export function createLimiter(options: { clock: Clock; limit: number; windowMs: number }): Limiter {
  const { clock, limit, windowMs } = options;
  const triesByKey = new Map<string, number[]>();

  function recent(key: string): number[] {
    const since = clock.monotonicMs() - windowMs;
    const tries = (triesByKey.get(key) ?? []).filter((atMs) => atMs > since);
    if (tries.length === 0) triesByKey.delete(key);
    else triesByKey.set(key, tries);
    return tries;
  }

  function check(...keys: string[]): void {
    const nowMs = clock.monotonicMs();
    for (const key of keys) {
      const tries = recent(key);
      const [oldest] = tries;
      if (tries.length >= limit && oldest !== undefined)
        throw new ProblemError('rate_limited', { retryAfterS: Math.ceil((oldest + windowMs - nowMs) / 1000) });
    }
  }

  return {
    check,
    take(...keys) {
      if (triesByKey.size > sweepAboveKeys) for (const key of [...triesByKey.keys()]) recent(key);
      check(...keys);
      for (const key of keys) triesByKey.set(key, [...recent(key), clock.monotonicMs()]);
    },
    refund(...keys) {
      for (const key of keys) {
        const tries = recent(key).slice(0, -1);
        if (tries.length === 0) triesByKey.delete(key);
        else triesByKey.set(key, tries);
      }
    },
  };
}
