import { type DoNotDisturb, type OwnRing, ringRoutes } from '@anteroom/shared/api/rings.ts';
import type { Route } from '@anteroom/shared/api/route.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import { type SessionEnd, sessionEnd } from '@anteroom/shared/identity/session-end.ts';
import type { Language } from '@anteroom/shared/text.ts';
import { z } from 'zod';

/** Base of the API: the contract's own constant would bring every other route along. */
const apiBase = '/api/v1';

/** Calls of whoever is signed in. Each rejects when the fleet refuses, with its words, or does not answer. */
export interface RingApi {
  list(options: { signal: AbortSignal }): Promise<OwnRing[]>;
  settle(ring: Pick<OwnRing, 'meetingId'>, act: 'answer' | 'decline'): Promise<void>;
  quiet(options: { signal: AbortSignal }): Promise<DoNotDisturb>;
  setQuiet(wanted: DoNotDisturb): Promise<void>;
  /** Calls `onChange` whenever calls may have changed, until `signal` aborts or the session ends: then `onEnded`. */
  follow(
    on: { onChange: () => void; onEnded: (reason: SessionEnd | null) => void },
    options: { signal: AbortSignal },
  ): void;
}

/** The fleet's own words for what it refused. */
export class RingRefused extends Error {}

/** The fleet's last word to a session. */
const lastWord = z.object({ reason: z.string() });

export function createRingApi(deps: { fetch: typeof fetch; language: () => Language }): RingApi {
  async function ask(row: Route, path: string, init: RequestInit): Promise<unknown> {
    const headers = new Headers({ Accept: 'application/json', 'Accept-Language': deps.language() });
    if (init.body) headers.set('Content-Type', 'application/json');
    const request = { ...init, method: row.method, headers, credentials: 'same-origin' } as const;
    const response = await deps.fetch(`${apiBase}${path}`, request);
    const body: unknown = await response.json();
    if (response.ok) return body;
    const refused = problem.safeParse(body);
    throw refused.success ? new RingRefused(refused.data.detail) : new Error(`${path}: ${response.status}`);
  }

  return {
    async list({ signal }) {
      const { listOwn } = ringRoutes;
      return listOwn.success.body.parse(await ask(listOwn, listOwn.path, { signal })).items;
    },
    async settle({ meetingId }, act) {
      const row = ringRoutes[act];
      await ask(row, row.path.replace(':meetingId', meetingId), {});
    },
    async quiet({ signal }) {
      const { getDoNotDisturb } = ringRoutes;
      return getDoNotDisturb.success.body.parse(await ask(getDoNotDisturb, getDoNotDisturb.path, { signal }));
    },
    async setQuiet(wanted) {
      const { setDoNotDisturb } = ringRoutes;
      await ask(setDoNotDisturb, setDoNotDisturb.path, { body: JSON.stringify(wanted) });
    },
    follow({ onChange, onEnded }, { signal }) {
      const stream = new EventSource(`${apiBase}/changes`);
      // The stream comes back by itself after a loss, and anything may have changed in between.
      stream.addEventListener('open', onChange);
      stream.addEventListener('change', onChange);
      stream.addEventListener('ended', ({ data }) => {
        stream.close();
        const { reason } = lastWord.parse(JSON.parse(data));
        onEnded(sessionEnd.safeParse(reason).data ?? null);
      });
      signal.addEventListener('abort', () => stream.close(), { once: true });
    },
  };
}
