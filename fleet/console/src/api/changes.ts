import { apiBase } from '@anteroom/shared/api/contract.ts';
import { type Change, change } from '@anteroom/shared/api/overview.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { readEvents } from './event-stream.ts';
import { parseJson } from './json.ts';

/** The live link to the fleet: `heardAt` is the last sign of life, on this machine's monotonic clock. */
export type LiveState = { isLive: boolean; heardAtMs: number | null };

export type ChangesDeps = {
  fetch: typeof fetch;
  clock: Clock;
  onChange(change: Change): void;
  /** The session is over: the fleet says why to whoever asks for it. */
  onEnded(): void;
  onState(state: LiveState): void;
  /** The stream is there, for the first time or again. */
  onOpened(): void;
  /** The stream was lost and is back: anything may have changed in between. */
  onResumed(): void;
};

const retryAfterMs = 2000;

/** Reads GET /api/v1/changes until `signal` aborts, and connects again whenever the stream ends. */
export async function followChanges(deps: ChangesDeps, { signal }: { signal: AbortSignal }): Promise<void> {
  let heardAtMs: number | null = null;
  let wasLive = false;
  while (!signal.aborted) {
    try {
      await readOnce();
    } catch (error) {
      if (signal.aborted) return;
      // A lost stream is an everyday thing: the indicator says so, and the loop connects again.
      if (!(error instanceof Error)) throw error;
    }
    if (signal.aborted) return;
    deps.onState({ isLive: false, heardAtMs });
    try {
      await deps.clock.sleep(retryAfterMs, { signal });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }

  async function readOnce(): Promise<void> {
    const response = await deps.fetch(`${apiBase}/changes`, { headers: { Accept: 'text/event-stream' }, signal });
    if (!response.ok || !response.body) return;
    deps.onOpened();
    if (wasLive) deps.onResumed();
    wasLive = true;
    hear();
    await readEvents(response.body, {
      onPiece: hear,
      onEvent({ name, text }) {
        if (name === 'ended') deps.onEnded();
        if (name !== 'change') return;
        const parsed = change.safeParse(parseJson(text));
        if (parsed.success) deps.onChange(parsed.data);
      },
    });
  }

  function hear(): void {
    heardAtMs = deps.clock.monotonicMs();
    deps.onState({ isLive: true, heardAtMs });
  }
}
