import { doorRoutes, type JoinOutlook, type MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import type { RouteAnswer, RouteBody } from '@anteroom/shared/api/route.ts';
import { type Problem, problem } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';

/** Base of the API: the contract's own constant would bring every other route along, and a guest downloads this. */
const apiBase = '/api/v1';

/** What the door answered: what was asked for, a refusal in words, or nothing at all. */
export type DoorAnswer<T> = { ok: true; value: T } | { ok: false; problem: Problem } | { ok: false; problem: null };
export type Entry = RouteAnswer<typeof doorRoutes.enter>;

export interface DoorApi {
  look(number: string, options: { signal: AbortSignal }): Promise<DoorAnswer<MeetingDoor>>;
  /** What an attempt to join would come to. */
  outlook(number: string, options: { signal: AbortSignal }): Promise<DoorAnswer<JoinOutlook>>;
  enter(number: string, guest: RouteBody<typeof doorRoutes.enter>): Promise<DoorAnswer<Entry>>;
}

export function createDoorApi(deps: { fetch: typeof fetch; language: () => Language }): DoorApi {
  async function ask<T>(path: string, schema: { parse(value: unknown): T }, init: RequestInit): Promise<DoorAnswer<T>> {
    const headers = new Headers({ Accept: 'application/json', 'Accept-Language': deps.language() });
    if (init.body) headers.set('Content-Type', 'application/json');
    let status: number;
    let text: string;
    try {
      const response = await deps.fetch(`${apiBase}${path}`, { ...init, headers, credentials: 'same-origin' });
      status = response.status;
      text = await response.text();
    } catch (error) {
      if (init.signal?.aborted) throw error;
      return { ok: false, problem: null };
    }
    const body = parseJson(text);
    if (status < 400) return { ok: true, value: schema.parse(body) };
    const refused = problem.safeParse(body);
    // A page of something in between is no answer of the door.
    return { ok: false, problem: refused.success ? refused.data : null };
  }

  return {
    look: (number, { signal }) =>
      ask(doorRoutes.look.path.replace(':number', number), doorRoutes.look.success.body, { signal }),
    outlook: (number, { signal }) =>
      ask(doorRoutes.outlook.path.replace(':number', number), doorRoutes.outlook.success.body, {
        ...{ method: 'POST', body: '{}', signal },
      }),
    enter: (number, guest) =>
      ask(doorRoutes.enter.path.replace(':number', number), doorRoutes.enter.success.body, {
        method: 'POST',
        body: JSON.stringify(guest),
      }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
