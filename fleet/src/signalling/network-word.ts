import type { NetworkTrouble } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { networkEveryMs, networkKnownMs } from './limits.ts';

/**
 * What one participant says of its network: told no faster than `networkEveryMs` however often it is said, the last word
 * counting, and forgotten when trouble is not said again. Everybody is told, so nobody may make them all listen.
 */
export interface NetworkWord {
  say(trouble: NetworkTrouble | null): void;
  /** The participant is gone, or comes back anew. */
  forget(): void;
}

export type NetworkWordDeps = {
  onChange: (trouble: NetworkTrouble | null) => void;
  clock: Clock;
  /** Ends with the service. */
  signal: AbortSignal;
};

export function createNetworkWord({ onChange, clock, signal }: NetworkWordDeps): NetworkWord {
  let told: NetworkTrouble | null = null;
  let latest: NetworkTrouble | null = null;
  let isPausing = false;
  let known = new AbortController();

  function follow(): void {
    if (isPausing || latest === told) return;
    told = latest;
    isPausing = true;
    onChange(told);
    clock.sleep(networkEveryMs, { signal }).then(
      () => {
        isPausing = false;
        follow();
      },
      () => undefined, // The service ends.
    );
  }

  function hear(trouble: NetworkTrouble | null): void {
    latest = trouble;
    known.abort();
    if (trouble === null) return;
    known = new AbortController();
    clock.sleep(networkKnownMs, { signal: AbortSignal.any([signal, known.signal]) }).then(
      () => {
        latest = null;
        follow();
      },
      () => undefined, // Said again, or the service ends.
    );
  }

  return {
    say(trouble) {
      hear(trouble);
      follow();
    },
    forget() {
      hear(null);
      told = null;
    },
  };
}
