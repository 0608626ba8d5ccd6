import { type PanelState, panelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';

/** The terminal's state as it came in, and whether it still comes. */
export type FeedSnapshot = {
  state: PanelState | null;
  isLive: boolean;
  /** When the stream broke off, in the terminal's time; null while it flows or before the first try failed. */
  lostAt: Date | null;
  /** The terminal's clock minus this browser's, ms. */
  offsetMs: number;
};

export type StateFeed = {
  subscribe: (notify: () => void) => () => void;
  snapshot: () => FeedSnapshot;
  close: () => void;
};

const retryMs = 500;
/** Smaller differences are the journey of the message, not the clocks. */
const offsetToleranceMs = 250;

/**
 * Follows the agent's server-sent events and never gives up. The browser's own reconnect waits 3 s and stops for good on
 * an HTTP error, so this one closes the stream at the first error and opens a new one.
 */
export function createStateFeed({ url, clock }: { url: string; clock: Clock }): StateFeed {
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let current: FeedSnapshot = { state: null, isLive: false, lostAt: null, offsetMs: 0 };
  let source: EventSource | null = null;

  function publish(next: FeedSnapshot) {
    current = next;
    for (const notify of listeners) notify();
  }

  function receive(text: string) {
    const state = panelState.parse(JSON.parse(text));
    const offsetMs = new Date(state.serverTime).getTime() - clock.now().getTime();
    const isSameClock = current.state !== null && Math.abs(offsetMs - current.offsetMs) <= offsetToleranceMs;
    publish({ state, isLive: true, lostAt: null, offsetMs: isSameClock ? current.offsetMs : offsetMs });
  }

  function lose() {
    source?.close();
    if (current.isLive || current.lostAt === null) {
      const nowThere = new Date(clock.now().getTime() + current.offsetMs);
      publish({ ...current, isLive: false, lostAt: current.lostAt ?? nowThere });
    }
    clock
      .sleep(retryMs, { signal: closing.signal })
      .then(open)
      .catch((error: unknown) => {
        if (!closing.signal.aborted) reportError(error);
      });
  }

  function open() {
    source = new EventSource(url);
    source.addEventListener('state', ({ data }: MessageEvent<string>) => {
      try {
        receive(data);
      } catch (error) {
        // An agent that this page does not understand is as good as none: say so and ask again.
        reportError(error);
        lose();
      }
    });
    source.addEventListener('error', lose, { once: true });
  }

  open();
  return {
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    snapshot: () => current,
    close: () => {
      closing.abort();
      source?.close();
    },
  };
}
