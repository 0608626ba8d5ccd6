import { apiBase } from '@anteroom/shared/api/contract.ts';
import { liveEventsPath } from '@anteroom/shared/api/live.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import { followLive, type LiveView, liveEvent } from '@anteroom/shared/signalling/live.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { failureOf } from './client.ts';
import { readEvents } from './event-stream.ts';
import { isWorthRetrying } from './failure.ts';
import { parseJson } from './json.ts';

/** What is known of a live meeting, and how fresh it is. */
export type LiveMeetingState = {
  /** Null before anything was heard. */
  view: LiveView | null;
  /** Since when nothing is heard; null while the link holds. */
  lostAt: string | null;
  /** Why there is no link, and none is tried. */
  refusal: unknown;
};

export const unheard: LiveMeetingState = { view: null, lostAt: null, refusal: null };

const retryAfterMs = 2_000;
/** The fleet says something every 5 s: a link that is silent for longer is dead. */
const silentAfterMs = 15_000;

/** Follows a live meeting until `signal` aborts or the fleet refuses, and connects again whenever the link is lost. */
export async function followLiveMeeting(
  deps: { fetch: typeof fetch; clock: Clock; meetingId: MeetingId; onState: (state: LiveMeetingState) => void },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { clock } = deps;
  let state = unheard;
  let heardAt: string | null = null;
  const become = (change: Partial<LiveMeetingState>) => {
    state = { ...state, ...change };
    deps.onState(state);
  };

  while (!signal.aborted) {
    try {
      await readOnce();
    } catch (error) {
      if (signal.aborted) return;
      // A lost link is an everyday thing: the page says so, and the loop connects again.
      if (!(error instanceof Error)) throw error;
    }
    if (signal.aborted || state.refusal !== null) return;
    become({ lostAt: heardAt ?? clock.now().toISOString() });
    await clock.sleep(retryAfterMs, { signal }).catch(() => {}); // aborted: the condition ends the loop
  }

  async function readOnce(): Promise<void> {
    const url = `${apiBase}${liveEventsPath.replace(':meetingId', deps.meetingId)}`;
    const silence = createSilence(clock, signal);
    try {
      const response = await deps.fetch(url, { headers: { Accept: 'text/event-stream' }, signal: silence.signal });
      if (!response.ok || !response.body) {
        const refusal = await failureOf(response);
        if (!isWorthRetrying(refusal)) become({ refusal });
        return;
      }
      await readEvents(response.body, {
        onPiece() {
          heardAt = clock.now().toISOString();
          silence.isBroken();
        },
        onEvent({ name, text }) {
          const event = name === 'live' ? liveEvent.safeParse(parseJson(text)) : null;
          if (!event?.success) return;
          if (event.data.type === 'view') become({ view: event.data.view, lostAt: null });
          else if (state.view) become({ view: followLive(state.view, event.data) });
        },
      });
    } finally {
      silence.end();
    }
  }
}

/** A signal that aborts with `signal`, and when nothing breaks the silence for too long. */
function createSilence(clock: Clock, signal: AbortSignal) {
  const dead = new AbortController();
  let waiting = new AbortController();
  const wait = () => {
    waiting = new AbortController();
    clock.sleep(silentAfterMs, { signal: waiting.signal }).then(
      () => dead.abort(new Error(`nothing was heard for ${silentAfterMs} ms`)),
      () => undefined, // Something was heard, or the link ended.
    );
  };
  wait();
  return {
    signal: AbortSignal.any([signal, dead.signal]),
    isBroken() {
      waiting.abort();
      wait();
    },
    end: () => waiting.abort(),
  };
}
