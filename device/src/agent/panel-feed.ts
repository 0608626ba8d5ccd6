import { isDeepStrictEqual } from 'node:util';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { PanelContent } from './panel-view.ts';

/** The newest state of the screens, and who wants to hear of the next. */
export interface PanelFeed extends AsyncDisposable {
  state(): PanelState;
  /** Something that the screens show may have changed. */
  touch(): void;
  /** Returns what ends the subscription. */
  onState(listener: (state: PanelState) => void): () => void;
}

/** What changes with time alone (a meeting that is over, a mark that ends) shows at most this late. */
const lookEveryMs = 2_000;

export function createPanelFeed(deps: { clock: Clock; serverNow(): Date; content(): PanelContent }): PanelFeed {
  const { clock, serverNow } = deps;
  const listeners = new Set<(state: PanelState) => void>();
  const stop = new AbortController();
  let content = deps.content();
  let revision = 1;
  let isPlanned = false;

  function look(): void {
    isPlanned = false;
    if (stop.signal.aborted) return;
    const fresh = deps.content();
    if (isDeepStrictEqual(fresh, content)) return;
    content = fresh;
    revision += 1;
    for (const listener of [...listeners]) listener(state());
  }

  const state = (): PanelState => ({ revision, serverTime: serverNow().toISOString(), ...content });

  async function lookAgain(): Promise<void> {
    while (!stop.signal.aborted) {
      await clock.sleep(lookEveryMs, { signal: stop.signal }).catch(() => {});
      look();
    }
  }
  void lookAgain();

  return {
    state() {
      look();
      return state();
    },
    touch() {
      if (isPlanned) return;
      isPlanned = true;
      // Changes made in one go are one push.
      queueMicrotask(look);
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    [Symbol.asyncDispose]() {
      stop.abort();
      listeners.clear();
      return Promise.resolve();
    },
  };
}
