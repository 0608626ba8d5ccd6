import type { Clock } from '@anteroom/shared/time/clock.ts';

/**
 * Server time, carried on by the clock that never jumps. It is the latest that server time can be: the fleet read its
 * clock after `hello` had left, so a command is refused a round trip early rather than started late.
 */
export function createServerClock(clock: Clock) {
  let offsetMs: number | null = null;

  return {
    /** `askedMs`: monotonic time at which the hello left that `serverTime` answers. */
    set(serverTime: string, askedMs: number): void {
      offsetMs = Date.parse(serverTime) - askedMs;
    },
    isKnown: () => offsetMs !== null,
    /** The terminal's own time until it is known. */
    now: (): Date => (offsetMs === null ? clock.now() : new Date(clock.monotonicMs() + offsetMs)),
  };
}
export type ServerClock = ReturnType<typeof createServerClock>;
