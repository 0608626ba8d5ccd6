import type { ProfileMuteKey } from '@anteroom/shared/profile/schema.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { GpioLines } from '../../ports/gpio-lines.ts';
import type { MuteKey } from '../../ports/mute-key.ts';

const againMs = [1_000, 5_000, 30_000] as const;

/**
 * A mute key on a GPIO line. It counts as down until it was read, and while it cannot be read any more it stays as it was
 * last: software does not lift it.
 */
export function createGpioMuteKey(deps: { key: ProfileMuteKey; lines: GpioLines; clock: Clock; log: Logger }): MuteKey {
  const { key, lines, clock, log } = deps;
  const listeners = new Set<(isMuted: boolean) => void>();
  const stop = new AbortController();
  const { signal } = stop;
  const contact = { line: key.line, isActiveLow: key.isActiveLow, bias: 'none' } as const;
  let isMuted = true;

  function see(isDown: boolean): void {
    if (isDown === isMuted) return;
    isMuted = isDown;
    for (const listener of [...listeners]) listener(isDown);
  }

  async function watch(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        for await (const isDown of lines.watch(contact, { signal })) {
          failures = 0;
          see(isDown);
        }
      } catch (cause) {
        if (!signal.aborted) log.error({ err: cause, chip: key.chip, line: key.line }, 'mute key not read');
      }
      const delayMs = againMs[Math.min(failures, againMs.length - 1)] ?? 30_000;
      await clock.sleep(delayMs, { signal }).catch(() => {}); // The driver ends: so does the loop.
    }
  }
  const watching = watch();

  return {
    isMuted: () => isMuted,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      listeners.clear();
      await watching;
    },
  };
}
