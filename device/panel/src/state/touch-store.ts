import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Feed, FeedSnapshot } from './feed.ts';
import { TouchRefusedError } from './post-touch.ts';

/** What the screens draw: the terminal's document with the touches that are still on their way. */
export type TouchSnapshot<Document> = FeedSnapshot<Document> & {
  /** The terminal refused or did not take the last touch; null again with the next one. */
  touchFailure: TouchFailure | null;
};

/** `sentence`: the terminal's own words, when it gave a reason. */
export type TouchFailure = { failedAt: Date; sentence: string | null };

export type TouchStore<Document, Touch> = {
  subscribe: (notify: () => void) => () => void;
  snapshot: () => TouchSnapshot<Document>;
  /** Resolves to whether the terminal took it. */
  touch: (touch: Touch) => Promise<boolean>;
  close: () => void;
};

/**
 * A touch whose effect is shown before the terminal confirms it. It ends when the document says the same, when the
 * document moved elsewhere, or when its time is over: the document always wins.
 */
export type Pending<Document, Touch> = { touch: Touch; touchedAt: Date; before: Document };

/** What touches of one document do to it. */
export type TouchRules<Document, Touch> = {
  /** A later touch of one group replaces the earlier. */
  groupOf: (touch: Touch) => string;
  isSettled: (pending: Pending<Document, Touch>, document: Document) => boolean;
  /** The document as it will be when the terminal has followed the touch; the same when it means nothing. */
  predict: (document: Document, pending: Pending<Document, Touch>) => Document;
};

/** A touch that shows no effect for so long had none. */
const patienceMs = 4000;

export type TouchStoreDeps<Document, Touch> = {
  feed: Feed<Document>;
  rules: TouchRules<Document, Touch>;
  /** Hands a touch to the agent; rejects when the agent did not take it. */
  post: (touch: Touch, options: { signal: AbortSignal }) => Promise<void>;
  clock: Clock;
};

export function createTouchStore<Document, Touch>(deps: TouchStoreDeps<Document, Touch>): TouchStore<Document, Touch> {
  const { feed, rules, post, clock } = deps;
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  let pending: Pending<Document, Touch>[] = [];
  let touchFailure: TouchFailure | null = null;
  let drawn = draw();

  function draw(): TouchSnapshot<Document> {
    const { current, ...rest } = feed.snapshot();
    return { ...rest, touchFailure, current: current && pending.reduce(rules.predict, current) };
  }

  function publish() {
    drawn = draw();
    for (const notify of listeners) notify();
  }

  function drop(gone: Pending<Document, Touch>) {
    if (!pending.includes(gone)) return;
    pending = pending.filter((one) => one !== gone);
    publish();
  }

  async function send(one: Pending<Document, Touch>): Promise<boolean> {
    try {
      await post(one.touch, { signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      reportError(error);
      touchFailure = { failedAt: clock.now(), sentence: error instanceof TouchRefusedError ? error.sentence : null };
      drop(one);
      publish();
      return false;
    }
    void forget(one);
    return true;
  }

  async function forget(one: Pending<Document, Touch>): Promise<void> {
    // Cut short when the screen goes: nobody looks at what is pending then.
    await clock.sleep(patienceMs, { signal: closing.signal }).catch(() => undefined);
    drop(one);
  }

  feed.subscribe(() => {
    const { current } = feed.snapshot();
    if (current) pending = pending.filter((one) => !rules.isSettled(one, current));
    publish();
  });

  return {
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    snapshot: () => drawn,
    async touch(touch) {
      const { current: before, offsetMs } = feed.snapshot();
      if (!before) return false;
      // Instants of the prediction are in the terminal's time, as those of the document are.
      const touchedAt = new Date(clock.now().getTime() + offsetMs);
      const one: Pending<Document, Touch> = { touch, touchedAt, before };
      pending = [...pending.filter((other) => rules.groupOf(other.touch) !== rules.groupOf(touch)), one];
      touchFailure = null;
      publish();
      return await send(one);
    },
    close: () => {
      closing.abort();
      feed.close();
    },
  };
}
