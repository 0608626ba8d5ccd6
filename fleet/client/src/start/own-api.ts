import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { myMeetingRoutes } from '@anteroom/shared/api/my-meetings.ts';
import type { Route } from '@anteroom/shared/api/route.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import type { Language } from '@anteroom/shared/text.ts';

/** Base of the API: the contract's own constant would bring every other route along. */
const apiBase = '/api/v1';

/** What somebody who is signed in has of their own. */
export type Own = { name: string; meetings: MeetingItem[]; personalNumber: string | null };

export interface OwnApi {
  /** Null for a guest. Rejects when the fleet does not answer. */
  read(options: { signal: AbortSignal }): Promise<Own | null>;
}

export function createOwnApi(deps: { fetch: typeof fetch; language: () => Language }): OwnApi {
  async function ask<T>(row: Route, schema: { parse(value: unknown): T }, query: string, signal: AbortSignal) {
    const headers = { Accept: 'application/json', 'Accept-Language': deps.language() };
    const response = await deps.fetch(`${apiBase}${row.path}${query}`, { headers, credentials: 'same-origin', signal });
    // Signed out, or an account that has none of it.
    if (response.status === 401 || response.status === 403 || response.status === 404) return null;
    if (!response.ok) throw new Error(`${row.path}: ${response.status}`);
    return schema.parse(await response.json());
  }

  return {
    async read({ signal }) {
      const { current } = sessionRoutes;
      const session = await ask(current, current.success.body, '', signal);
      if (!session) return null;
      const { list, number } = myMeetingRoutes;
      const [live, upcoming, personal] = await Promise.all([
        ask(list, list.success.body, '?when=live&limit=20', signal),
        ask(list, list.success.body, '?when=upcoming&limit=20', signal),
        ask(number, number.success.body, '', signal),
      ]);
      return {
        name: session.account.name,
        meetings: [...(live?.items ?? []), ...(upcoming?.items ?? [])],
        personalNumber: personal?.number ?? null,
      };
    },
  };
}
