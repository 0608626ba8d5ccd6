import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { z } from 'zod';

/** A document of the terminal as it came in, and whether it still comes. */
export type FeedSnapshot<Document> = {
  current: Document | null;
  isLive: boolean;
  /** When the stream broke off, in the terminal's time; null while it flows or before the first try failed. */
  lostAt: Date | null;
  /** The terminal's clock minus this browser's, ms. */
  offsetMs: number;
};

export type Feed<Document> = {
  subscribe: (notify: () => void) => () => void;
  snapshot: () => FeedSnapshot<Document>;
  close: () => void;
};

const retryMs = 500;
/** Smaller differences are the journey of the message, not the clocks. */
const offsetToleranceMs = 250;

export type FeedDeps<Document> = {
  url: string;
  /** The name of its events. */
  event: string;
  schema: z.ZodType<Document>;
  clock: Clock;
};

/**
 * Follows the agent's server-sent events and never gives up. The browser's own reconnect waits 3 s and stops for good on
 * an HTTP error, so this one closes the stream at the first error and opens a new one.
 */
export function createFeed<Document extends { serverTime: string }>(deps: FeedDeps<Document>): Feed<Document> {
  const { url, event, schema, clock } = deps;
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let known: FeedSnapshot<Document> = { current: null, isLive: false, lostAt: null, offsetMs: 0 };
  let source: EventSource | null = null;

  function publish(next: FeedSnapshot<Document>) {
    known = next;
    for (const notify of listeners) notify();
  }

  function receive(text: string) {
    const current = schema.parse(JSON.parse(text));
    const offsetMs = new Date(current.serverTime).getTime() - clock.now().getTime();
    const isSameClock = known.current !== null && Math.abs(offsetMs - known.offsetMs) <= offsetToleranceMs;
    publish({ current, isLive: true, lostAt: null, offsetMs: isSameClock ? known.offsetMs : offsetMs });
  }

  function lose() {
    source?.close();
    if (known.isLive || known.lostAt === null) {
      const nowThere = new Date(clock.now().getTime() + known.offsetMs);
      publish({ ...known, isLive: false, lostAt: known.lostAt ?? nowThere });
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
    source.addEventListener(event, ({ data }: MessageEvent<string>) => {
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
    snapshot: () => known,
    close: () => {
      closing.abort();
      source?.close();
    },
  };
}
