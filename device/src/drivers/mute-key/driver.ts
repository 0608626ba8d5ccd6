import type { ProfileMuteKey } from '@anteroom/shared/profile/schema.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { MuteKey } from '../../ports/mute-key.ts';
import type { RunLines } from '../../ports/programs.ts';

const againMs = [1_000, 5_000, 30_000] as const;

/**
 * A mute key on a GPIO line, read through the tools of libgpiod 1.6: `gpioget` for what it is, `gpiomon` for each edge
 * (gpiomon(1): `%e` is 1 for rising, 0 for falling; `-l` turns both round). A line has one reader at a time, so the key is
 * read first and watched then. While it cannot be read it stays as it was last: software does not lift it.
 */
export function createGpioMuteKey(deps: { key: ProfileMuteKey; run: RunLines; clock: Clock; log: Logger }): MuteKey {
  const { key, run, clock, log } = deps;
  const listeners = new Set<(isMuted: boolean) => void>();
  const stop = new AbortController();
  const { signal } = stop;
  const where = [...(key.isActiveLow ? ['-l'] : []), key.chip, String(key.line)];
  let isMuted = true;

  function see(line: string): void {
    const next = parseLevel(line);
    if (next === isMuted) return;
    isMuted = next;
    for (const listener of [...listeners]) listener(next);
  }

  async function watch(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        for await (const line of run('gpioget', where, { signal })) see(line);
        failures = 0;
        for await (const line of run('gpiomon', ['--line-buffered', '--format=%e', ...where], { signal })) see(line);
      } catch (cause) {
        if (!signal.aborted) log.error({ err: cause, chip: key.chip, line: key.line }, 'mute key not read');
      }
      const delayMs = againMs[Math.min(failures, againMs.length - 1)] ?? 30_000;
      await clock.sleep(delayMs, { signal }).catch(() => {});
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

/** One line of either program: 1 while or when the key goes down. */
export function parseLevel(line: string): boolean {
  const level = line.trim();
  if (level !== '0' && level !== '1') throw new Error(`mute key: expected 0 or 1, got ${JSON.stringify(line)}`);
  return level === '1';
}
