import type { Clock } from '@anteroom/shared/time/clock.ts';

/** The server's time as far as its answers tell: ages are wrong when they are counted on a reader's wrong clock. */
export type ServerClock = Clock & { hear(serverTime: Date): void };

// The Date header counts whole seconds and travels for a while; less than this is no evidence of a wrong clock.
const toleratedMs = 3000;

export function createServerClock(machine: Clock): ServerClock {
  let offsetMs = 0;
  return {
    now: () => new Date(machine.now().getTime() + offsetMs),
    monotonicMs: () => machine.monotonicMs(),
    sleep: (delayMs, options) => machine.sleep(delayMs, options),
    hear(serverTime) {
      const differenceMs = serverTime.getTime() - machine.now().getTime();
      if (Number.isNaN(differenceMs)) return;
      offsetMs = Math.abs(differenceMs) > toleratedMs ? differenceMs : 0;
    },
  };
}
