import { useEffect, useRef } from 'react';
import { startKnocking } from './knock.ts';

/** Knocks as long as something rings. `loudness` 0…1; 0 is silent. */
export function useKnock(isRinging: boolean, loudness: number): void {
  useEffect(() => (isRinging ? startKnocking(loudness) : undefined), [isRinging, loudness]);
}

/** One knock, twice on the wood. */
const onceMs = 1_000;

/** Knocks once when somebody came to the door later than all before; `latest` is '' while nobody waits there. */
export function useKnockOnce(latest: string, loudness: number): void {
  const heard = useRef('');
  useEffect(() => {
    if (latest <= heard.current) return;
    heard.current = latest;
    const stop = startKnocking(loudness);
    const timer = setTimeout(stop, onceMs);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [latest, loudness]);
}
