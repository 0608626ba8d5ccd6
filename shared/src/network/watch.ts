import type { NetworkTrouble } from '../signalling/messages.ts';
import { figuresBetween } from './figures.ts';
import { followNetwork, type NetworkState, unknownNetwork } from './quality.ts';
import type { NetworkReading } from './reading.ts';

/** While there is trouble it is said again, or the fleet forgets it. */
const sayAgainMs = 10_000;

export type NetworkWatch = {
  state(): NetworkState;
  /** One more reading. */
  feed(reading: NetworkReading): void;
  /** What was said is lost: it is said again when there is anything to say. */
  forgetSaid(): void;
};

/**
 * Follows the network of one participant by its readings, and says trouble to the meeting: when it begins, changes and
 * ends, and again while it lasts.
 */
export function createNetworkWatch({
  say,
  onState,
}: {
  /** False when it cannot be said now. */
  say: (trouble: NetworkTrouble | null) => boolean;
  onState: (state: NetworkState) => void;
}): NetworkWatch {
  let last: NetworkReading | null = null;
  let state = unknownNetwork;
  let said: { trouble: NetworkTrouble | null; atMs: number } = { trouble: null, atMs: Number.NEGATIVE_INFINITY };

  function sayIfDue(nowMs: number): void {
    const trouble = state.quality === 'good' ? null : state.quality;
    const isSaidAgain = trouble !== null && nowMs - said.atMs >= sayAgainMs;
    if ((trouble !== said.trouble || isSaidAgain) && say(trouble)) said = { trouble, atMs: nowMs };
  }

  return {
    state: () => state,
    feed(reading) {
      const figures = last && figuresBetween(last, reading);
      last = reading;
      const after = followNetwork(state, figures, reading.atMs);
      if (after !== state) {
        state = after;
        onState(state);
      }
      sayIfDue(reading.atMs);
    },
    forgetSaid() {
      said = { trouble: null, atMs: Number.NEGATIVE_INFINITY };
    },
  };
}
