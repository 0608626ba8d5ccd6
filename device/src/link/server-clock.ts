import type { Clock } from '@anteroom/shared/time/clock.ts';

/**
 * Server time, carried on by the clock that never jumps. It is the latest that server time can be: the fleet read its
 * clock after the first `hello` of the connection had left, so a command is refused a round trip early rather than
 * started late.
 */
export function createServerClock(clock: Clock) {
  let offsetMs: number | null = null;

  return {
    /** `askedMs`: monotonic time at which the first hello left that `serverTime` may answer. */
    set(serverTime: string, askedMs: number): void {
      offsetMs = Date.parse(serverTime) - askedMs;
    },
    /** A server time that is past now: our clock may have run slow since `set`. */
    raise(serverTime: string): void {
      const leastMs = Date.parse(serverTime) - clock.monotonicMs();
      if (offsetMs !== null) offsetMs = Math.max(offsetMs, leastMs);
    },
    isKnown: () => offsetMs !== null,
    /** The terminal's own time until it is known. */
    now: (): Date => (offsetMs === null ? clock.now() : new Date(clock.monotonicMs() + offsetMs)),
  };
}
export type ServerClock = ReturnType<typeof createServerClock>;
