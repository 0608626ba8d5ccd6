import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from '@anteroom/shared/time/clock.ts';

/**
 * Gives the memory of starting and of meetings back to the machine. V8 keeps the pages of a burst for the next one; a
 * terminal idles for hours, and its media process needs them more. Measured: 15 to 25 MB of some 110.
 */
export interface Settling {
  /** Something that used memory is over: collect once it has been quiet for a while. */
  plan(): void;
  /** Something urgent begins: do not collect now. */
  cancel(): void;
}

const afterQuietMs = 4_000;

export function createSettling({ clock }: { clock: Clock }): Settling {
  setFlagsFromString('--expose-gc');
  // Known to V8 since the flag was set, but only to contexts that are made afterwards.
  const collect: (options: { type: 'major'; flavor: 'last-resort' }) => void = runInNewContext('gc');
  let planned = new AbortController();

  return {
    plan() {
      planned.abort();
      planned = new AbortController();
      clock.sleep(afterQuietMs, { signal: planned.signal }).then(
        () => collect({ type: 'major', flavor: 'last-resort' }),
        () => {}, // Planned anew, or not wanted now.
      );
    },
    cancel: () => planned.abort(),
  };
}
