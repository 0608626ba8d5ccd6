import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useEffect } from 'react';

const signsOfLife = ['pointerdown', 'keydown', 'wheel'] as const;

/** Calls `onQuiet` once nobody has touched the screen for so long. */
export function useQuiet(quietMs: number, onQuiet: () => void): void {
  const clock = useClock();
  useEffect(() => {
    let waiting = new AbortController();
    const wait = () => {
      waiting.abort();
      waiting = new AbortController();
      clock.sleep(quietMs, { signal: waiting.signal }).then(
        onQuiet,
        // Aborted: somebody is there, or the screen is gone.
        () => undefined,
      );
    };
    wait();
    for (const sign of signsOfLife) addEventListener(sign, wait);
    return () => {
      for (const sign of signsOfLife) removeEventListener(sign, wait);
      waiting.abort();
    };
  }, [clock, quietMs, onQuiet]);
}
