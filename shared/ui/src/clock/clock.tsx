import { type Clock, createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const ClockContext = createContext<Clock>(createSystemClock());

/** Gives the components below the server's time instead of this machine's. */
export function ClockProvider({ clock, children }: { clock: Clock; children: ReactNode }) {
  return <ClockContext value={clock}>{children}</ClockContext>;
}

/** A clock that runs like `base` and shows `offsetMs` more. */
export function createOffsetClock(base: Clock, offsetMs: number): Clock {
  return {
    now: () => new Date(base.now().getTime() + offsetMs),
    monotonicMs: () => base.monotonicMs(),
    sleep: (delayMs, options) => base.sleep(delayMs, options),
  };
}

export function useClock(): Clock {
  return useContext(ClockContext);
}

/** The time now, drawn again at every full `everyMs` of the clock (1000 = with the second hand). */
export function useNow(everyMs: number): Date {
  const clock = useClock();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let timer = 0;
    const tick = () => {
      const current = clock.now();
      setNow(current);
      // A timer may fire a little early; 5 ms more keep it from firing twice in one step.
      timer = window.setTimeout(tick, everyMs - (current.getTime() % everyMs) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [clock, everyMs]);
  return now;
}
