import type { LiveState } from '../api/changes.ts';

/** The live link's state, for `useSyncExternalStore`. */
export type LiveStore = {
  get(): LiveState;
  set(state: LiveState): void;
  subscribe(listener: () => void): () => void;
};

export function createLiveStore(): LiveStore {
  let current: LiveState = { isLive: false, heardAtMs: null };
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(state) {
      current = state;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
