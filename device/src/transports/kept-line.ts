import type { Clock } from '@anteroom/shared/time/clock.ts';
import { reconnectAfterMs } from '../link/backoff.ts';
import type { Connection, OpenConnection } from '../ports/connection.ts';
import { DriverError } from '../ports/driver-error.ts';
import type { Line, LineEvent } from '../ports/line.ts';

/** A device that is off is tried for as long as the room stands: seldom, and soon at first. */
const backoff = { firstMs: 250, atMostMs: 30_000 };
/** A life this long was a good one; a device that hangs up on each greeting is tried later and later, too. */
const steadyMs = 10_000;

/** A line that opens again by itself, later and later, until it is disposed. */
export function createKeptLine(deps: { name: string; open: OpenConnection; clock: Clock; random: () => number }): Line {
  const { name, clock } = deps;
  const listeners = new Set<(event: LineEvent) => void>();
  const lifetime = new AbortController();
  const { signal } = lifetime;
  let current: Connection | null = null;
  let reopen: (reason: string) => void = () => undefined;

  function tell(event: LineEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  async function keep(): Promise<void> {
    let isNews = true;
    for (let attempt = 1; ; ) {
      const life = Promise.withResolvers<string>();
      const hungUp = new AbortController();
      try {
        current = await deps.open(
          { onBytes: (bytes) => tell({ type: 'received', bytes }), onEnd: life.resolve },
          { signal: AbortSignal.any([signal, hungUp.signal]) },
        );
        reopen = (reason) => {
          life.resolve(reason);
          hungUp.abort(new Error(reason));
        };
        const openedAtMs = clock.monotonicMs();
        tell({ type: 'opened' });
        closed(await life.promise);
        isNews = false;
        if (clock.monotonicMs() - openedAtMs >= steadyMs) attempt = 1;
      } catch (error) {
        signal.throwIfAborted();
        // The first refusal is news; the ones after it are not.
        if (isNews) closed(error instanceof Error ? error.message : String(error));
        isNews = false;
      }
      signal.throwIfAborted();
      attempt = await restAfter(attempt);
    }
  }

  /** Waits before the next attempt and gives its number. */
  async function restAfter(attempt: number): Promise<number> {
    const hurried = new AbortController();
    reopen = () => hurried.abort();
    const restMs = (after: number) => reconnectAfterMs(after, { ...backoff, random: deps.random() });
    try {
      await clock.sleep(restMs(attempt), { signal: AbortSignal.any([signal, hurried.signal]) });
      return attempt + 1;
    } catch {
      signal.throwIfAborted();
      // As after a first loss, so that whoever hurries it a thousand times a second makes no more tries than that.
      await clock.sleep(restMs(1), { signal });
      return 2;
    }
  }

  function closed(reason: string): void {
    current = null;
    tell({ type: 'closed', reason });
  }

  const kept = keep().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

  return {
    name,
    isOpen: () => current !== null,
    reopen: (reason) => reopen(reason),
    async send(bytes) {
      if (!current) throw new DriverError('not_connected', `${name}: it is closed`);
      try {
        await current.send(bytes);
      } catch (cause) {
        throw new DriverError('not_connected', `${name}: ${cause instanceof Error ? cause.message : cause}`, { cause });
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async [Symbol.asyncDispose]() {
      lifetime.abort(new DriverError('not_connected', `${name}: it is closed for good`));
      await kept;
    },
  };
}
