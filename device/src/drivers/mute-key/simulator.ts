import type { MuteKey } from '../../ports/mute-key.ts';

/** A mute key that a test, or a terminal without one, has in its hand. */
export function createSimulatedMuteKey(): MuteKey & { press(): void; release(): void } {
  const listeners = new Set<(isMuted: boolean) => void>();
  let isMuted = false;
  const become = (next: boolean) => {
    isMuted = next;
    for (const listener of [...listeners]) listener(next);
  };
  return {
    isMuted: () => isMuted,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press: () => become(true),
    release: () => become(false),
    [Symbol.asyncDispose]() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
