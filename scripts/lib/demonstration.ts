import { apiBase } from '@anteroom/shared/api/contract.ts';
import { type MeetingItem, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import type { Route, RouteAnswer, RouteBody } from '@anteroom/shared/api/route.ts';
import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { type PanelState, panelState } from '@anteroom/shared/panel/state.ts';

/** An administrator's view of the fleet's REST API, signed in; the same calls that the console makes. */
export type FleetApi = {
  call<R extends Route>(
    row: R,
    options: { params?: Record<string, string>; query?: Record<string, string>; body?: RouteBody<R> },
  ): Promise<RouteAnswer<R>>;
};

/** The demonstration, as its administrator and as the one who holds its meetings. */
export type Demonstration = { api: FleetApi; host: FleetApi };
type DemoLogin = { login: string; hostLogin: string; password: string };

export async function openDemonstration(httpUrl: string, demo: DemoLogin): Promise<Demonstration> {
  const [api, host] = await Promise.all([
    signIn(httpUrl, demo),
    signIn(httpUrl, { login: demo.hostLogin, password: demo.password }),
  ]);
  return { api, host };
}

/** Signs in with a password. */
export async function signIn(
  httpUrl: string,
  { login, password }: { login: string; password: string },
): Promise<FleetApi> {
  const answer = await fetch(`${httpUrl}${apiBase}${sessionRoutes.signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: httpUrl },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw await toError(answer, 'sign in');
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    async call(row, { params = {}, query = {}, body }) {
      const path = row.path.replace(/:(\w+)/g, (_mark, name: string) => encodeURIComponent(params[name] ?? ''));
      const search = new URLSearchParams(query).toString();
      const response = await fetch(`${httpUrl}${apiBase}${path}${search ? `?${search}` : ''}`, {
        method: row.method,
        headers: { cookie, origin: httpUrl, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw await toError(response, row.summary);
      if (row.success.body === null) return undefined as RouteAnswer<typeof row>; // a row without a body answers 204
      return row.success.body.parse(await response.json()) as RouteAnswer<typeof row>; // parsed by the row's own schema
    },
  };
}

async function toError(response: Response, act: string): Promise<Error> {
  const parsed = problem.safeParse(await response.json().catch(() => null));
  return new Error(
    `${act}: ${response.status} ${parsed.success ? `${parsed.data.code}: ${parsed.data.detail}` : 'without problem details'}`,
  );
}

/** States of a panel, as its screens get them (server-sent events), until `accept` takes one; rejects when `signal` aborts. */
export async function waitForPanel(
  panelUrl: string,
  accept: (state: PanelState) => boolean,
  options: { signal: AbortSignal },
): Promise<PanelState> {
  const response = await fetch(new URL('/api/state', panelUrl), { signal: options.signal });
  if (!response.ok || !response.body) throw new Error(`panel ${panelUrl}: ${response.status} instead of its state`);
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const chunk of response.body) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const lines = buffer.slice(0, end).split('\n');
      buffer = buffer.slice(end + 2);
      const text = lines
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5))
        .join('\n');
      if (text === '') continue;
      const state = panelState.parse(JSON.parse(text));
      if (accept(state)) return state;
    }
  }
  throw new Error(`panel ${panelUrl}: its stream ended`);
}

/** Claims the terminal behind `panelUrl` with the code on its screen, for the first free space and the first cloud room. */
export async function claimTerminal(
  api: FleetApi,
  panelUrl: string,
  options: { signal: AbortSignal },
): Promise<TerminalId> {
  const shown = await waitForPanel(panelUrl, (state) => state.binding.state === 'pairing', options);
  if (shown.binding.state !== 'pairing') throw new Error('unreachable: waitForPanel accepted a pairing state');
  const spaces = await api.call(spaceRoutes.list, {});
  const rooms = await api.call(roomRoutes.list, {});
  const space = spaces.items.find((candidate) => candidate.terminalId === null);
  const room = rooms.items[0];
  const claimed = await api.call(terminalRoutes.claim, {
    body: {
      code: shown.binding.code,
      name: space ? `${space.name} terminal` : 'Terminal',
      spaceId: space?.id ?? null,
      roomId: room?.id ?? null,
    },
  });
  await waitForPanel(panelUrl, (state) => state.binding.state === 'claimed', options);
  return claimed.id;
}

/**
 * Makes sure that the first cloud room has a meeting to join: a live or near one, else a new one in two minutes, which
 * the one who administers the room holds.
 */
export async function ensureMeeting({ api, host }: Demonstration, now: Date): Promise<MeetingItem> {
  const rooms = await api.call(roomRoutes.list, {});
  const room = rooms.items[0];
  if (!room) throw new Error('the demonstration organization has no cloud room');
  const upcoming = await api.call(meetingRoutes.list, { query: { when: 'upcoming' } });
  const soonMs = now.getTime() + 10 * 60_000;
  const near = upcoming.items.find(
    (meeting) =>
      meeting.room?.id === room.id &&
      Date.parse(meeting.startAt) <= soonMs &&
      Date.parse(meeting.endAt) > now.getTime() + 5 * 60_000,
  );
  if (near) return near;
  return host.call(meetingRoutes.create, {
    body: {
      subject: 'Design review: door hardware',
      resource: { kind: 'room', roomId: room.id },
      startAt: new Date(now.getTime() + 2 * 60_000).toISOString(),
      durationMinutes: 45,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  });
}
