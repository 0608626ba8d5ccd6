import type { PanelState, PanelTouch } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { callFingerprint, groupOf, isSettled, type PendingTouch, predict } from './pending.ts';
import { TouchRefusedError } from './post-touch.ts';
import type { StateFeed } from './state-feed.ts';

/** What the screens draw: the terminal's state with the touches that are still on their way. */
export type PanelSnapshot = {
  state: PanelState | null;
  isLive: boolean;
  lostAt: Date | null;
  offsetMs: number;
  /** The terminal refused or did not take the last touch; null again with the next one. */
  touchFailure: TouchFailure | null;
};

/** `sentence`: the terminal's own words, when it gave a reason. */
export type TouchFailure = { failedAt: Date; sentence: string | null };

export type PanelStore = {
  subscribe: (notify: () => void) => () => void;
  snapshot: () => PanelSnapshot;
  /** Resolves to whether the terminal took it. */
  touch: (touch: PanelTouch) => Promise<boolean>;
};

/** A touch that shows no effect for so long had none. */
const patienceMs = 4000;

export type PanelStoreDeps = {
  feed: StateFeed;
  /** Hands a touch to the agent; rejects when the agent did not take it. */
  post: (touch: PanelTouch, options: { signal: AbortSignal }) => Promise<void>;
  clock: Clock;
};

export function createPanelStore({ feed, post, clock }: PanelStoreDeps): PanelStore {
  const listeners = new Set<() => void>();
  let pending: PendingTouch[] = [];
  let touchFailure: TouchFailure | null = null;
  let current = draw();

  function draw(): PanelSnapshot {
    const { state, ...rest } = feed.snapshot();
    return { ...rest, touchFailure, state: state && pending.reduce(predict, state) };
  }

  function publish() {
    current = draw();
    for (const notify of listeners) notify();
  }

  function drop(gone: PendingTouch) {
    if (!pending.includes(gone)) return;
    pending = pending.filter((one) => one !== gone);
    publish();
  }

  async function send(one: PendingTouch): Promise<boolean> {
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

  async function forget(one: PendingTouch): Promise<void> {
    await clock.sleep(patienceMs, { signal: new AbortController().signal });
    drop(one);
  }

  feed.subscribe(() => {
    const { state } = feed.snapshot();
    if (state) pending = pending.filter((one) => !isSettled(one, state));
    publish();
  });

  return {
    subscribe: (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    snapshot: () => current,
    async touch(touch) {
      const { state } = feed.snapshot();
      if (!state) return false;
      // Instants of the prediction are in the terminal's time, as those of the state are.
      const touchedAt = new Date(clock.now().getTime() + feed.snapshot().offsetMs);
      const one: PendingTouch = { touch, touchedAt, callBefore: callFingerprint(state.call) };
      pending = [...pending.filter((other) => groupOf(other.touch) !== groupOf(touch)), one];
      touchFailure = null;
      publish();
      return await send(one);
    },
  };
}
