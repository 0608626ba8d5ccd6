import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { JoinOutlook, MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { meetingDoor } from '@anteroom/shared/api/meetings.ts';
import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { toProblem } from '@anteroom/shared/errors/problem.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import type { FindRefusal, FoundInDirectory } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction, ControlRefusal } from '@anteroom/shared/meeting/control.ts';
import { openControls } from '@anteroom/shared/meeting/control.ts';
import type { ShareRefusal } from '@anteroom/shared/meeting/sharing.ts';
import {
  type ClientMessage,
  clientMessage,
  type RosterEntry,
  type ServerMessage,
} from '@anteroom/shared/signalling/messages.ts';
import { someone } from '@anteroom/shared/signalling/testing/someone.ts';
import { type WebSocket, WebSocketServer } from 'ws';
import { type FixtureAccount, ownAnswer } from './fixture-account.ts';

const dist = join(import.meta.dirname, '../../../../fleet/client/dist');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export type FixtureServer = AsyncDisposable & {
  url: string;
  door: MeetingDoor;
  password: string | null;
  outlook: JoinOutlook;
  /** Whoever has the page open, besides what the page itself says. */
  own: Partial<RosterEntry>;
  /** Everybody else in the meeting. */
  others: RosterEntry[];
  /** Whoever is signed in, for the start page. */
  account: FixtureAccount | null;
  /** Grows with each version of the client that the fleet would serve. */
  clientVersion: number;
  /** Calls of whoever is signed in. */
  rings: OwnRing[];
  /** What the page said, by HTTP and by signalling. */
  entered: unknown[];
  messages: ClientMessage[];
  /** The answer to every `control`. */
  controlRefusal: ControlRefusal | null;
  /** Said before that answer, as the fleet carries an action out before it answers. */
  controlEffects: ServerMessage[];
  /** The answer to every `find`. */
  directory: { found: FoundInDirectory; refusal: null } | { found: null; refusal: FindRefusal };
  /** The answer to `share`, when set; else it is taken. */
  shareRefusal: ShareRefusal | null;
  /** Instead of `joined`, when set. */
  refusal: Extract<ServerMessage, { type: 'refused' }>['reason'] | null;
  /** Held at the door for this reason, when set. */
  hold: Extract<ServerMessage, { type: 'held' }>['reason'] | null;
  /** What whoever joins is told besides the roster. */
  talk: Pick<Extract<ServerMessage, { type: 'joined' }>, 'controls' | 'content' | 'chat'>;
  /** Whoever is held is in. */
  letIn(): void;
  say(message: ServerMessage): void;
  /** The roster as it is now, to the page that is in. */
  sayRoster(): void;
  dropSocket(): void;
  /** Tells the open pages of whoever is signed in that they are not any more. */
  endSession(reason: SessionEnd): void;
};

const nothing = { items: [], hasMore: false };
const emptyDirectory: FoundInDirectory = {
  people: nothing,
  departments: nothing,
  terminals: nothing,
  contacts: nothing,
};

/** What the page asked for, in order. */
export function actionsOf({ messages }: Pick<FixtureServer, 'messages'>): ControlAction[] {
  return messages.flatMap((message) => (message.type === 'control' ? message.action : []));
}

export function other(name: string, change: Partial<RosterEntry> = {}): RosterEntry {
  const joinedAt = new Date(Date.now() - 60_000).toISOString();
  return someone(name, { kind: 'guest', role: 'guest', joinedAt, ...change });
}

/** Takes everything that is offered (RFC 8829 5.3.1); nothing ever flows. */
function answerTo(offer: string): string {
  return offer.replaceAll('a=setup:actpass', 'a=setup:active').replaceAll('a=sendonly', 'a=recvonly');
}

/** The built client and a door with a signalling that says what it is told; there is no media behind it. */
export async function startFixtureServer(startMinutes = -12): Promise<FixtureServer> {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  let socket: WebSocket | null = null;
  const streams = new Set<ServerResponse>();
  let ownId: ParticipantId = newId('participant');
  let ownMedia = { isMicrophoneOn: true, isCameraOn: true };
  let revision = 0;

  const fixture = {
    door: {
      number: '418205736',
      subject: 'Design review: door hardware',
      organizerName: 'Lin Yuehan',
      startAt: at(startMinutes),
      endAt: at(startMinutes + 45),
      timeZone: 'Asia/Shanghai',
      state: startMinutes <= 0 ? 'live' : 'scheduled',
      needsPassword: false,
      waitsForHost: false,
      visitor: null,
      isTrial: false,
      roomName: 'Cedar, Shanghai',
    } as MeetingDoor,
    password: null as string | null,
    outlook: { outcome: 'open' } as JoinOutlook,
    own: {} as Partial<RosterEntry>,
    others: [] as RosterEntry[],
    account: null as FixtureAccount | null,
    clientVersion: 1,
    rings: [] as OwnRing[],
    entered: [] as unknown[],
    messages: [] as ClientMessage[],
    controlRefusal: null as ControlRefusal | null,
    controlEffects: [] as ServerMessage[],
    directory: { found: emptyDirectory, refusal: null } as FixtureServer['directory'],
    shareRefusal: null as ShareRefusal | null,
    refusal: null as FixtureServer['refusal'],
    hold: null as FixtureServer['hold'],
    talk: {
      controls: openControls,
      content: null,
      chat: [],
    } as FixtureServer['talk'],
  };
  const summary = () => {
    const { number, subject, startAt, endAt } = fixture.door;
    return { meetingId: newId('meeting'), number, subject, startAt, endAt };
  };
  const roster = () => {
    const own = other('Chen Rui', {
      participantId: ownId,
      media: ownMedia,
      joinedAt: new Date().toISOString(),
      ...fixture.own,
    });
    return [...fixture.others, own];
  };
  const say = (message: ServerMessage) => socket?.send(JSON.stringify(message));
  let told: RosterEntry[] = [];
  const letIn = () => {
    told = roster();
    const { talk } = fixture;
    say({ type: 'joined', participantId: ownId, meeting: summary(), ...talk, revision, roster: told });
  };
  const sayRoster = () => {
    const from = revision;
    revision += 1;
    const changed = roster();
    const ids = new Set(changed.map(({ participantId }) => participantId));
    const left = told.map(({ participantId }) => participantId).filter((id) => !ids.has(id));
    told = changed;
    say({ type: 'roster', from, revision, changed, left });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://fixture').pathname;
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    const refuse = (code: ErrorCode) => {
      const problem = toProblem(code, 'en');
      send(problem.status, problem);
    };
    if (path.startsWith('/api/v1/join/')) {
      if (path.split('/')[4] !== fixture.door.number) return refuse('meeting_unknown');
      if (path.endsWith('/outlook')) return send(200, fixture.outlook);
      if (request.method === 'GET') return send(200, meetingDoor.parse(fixture.door));
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body: { name: string; password?: string } = JSON.parse(Buffer.concat(chunks).toString());
      fixture.entered.push(body);
      if (fixture.password !== null && body.password !== fixture.password) return refuse('guest_password_wrong');
      return send(200, { ticket: 'ticket', meeting: summary() });
    }
    if (path === '/api/v1/changes') {
      // The first sign of life makes the page read what there is.
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (path === '/api/v1/session' || path.startsWith('/api/v1/my/meeting')) {
      const answer = ownAnswer(fixture.account, request.url ?? '');
      return answer === null ? refuse('sign_in_required') : send(200, answer);
    }
    if (path === '/api/v1/my/rings') return send(200, { items: fixture.rings });
    if (path === '/api/v1/my/do-not-disturb') return send(200, { isOn: false, until: null });
    if (path.startsWith('/api/v1/my/rings/')) {
      const [ring] = fixture.rings;
      if (!ring) return refuse('not_found');
      Object.assign(ring, { state: path.endsWith('/answer') ? 'answered' : 'declined', settledAt: at(0) });
      return send(200, ring);
    }
    const file = path.startsWith('/client/') ? path.slice('/client'.length) : '/index.html';
    const bytes = await readFile(join(dist, file)).catch((cause: unknown) => {
      throw new Error(`fixture: no ${file} in ${dist}; build the client first: npm run build`, { cause });
    });
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    if (file !== '/worker.js') return void response.end(bytes);
    // As the fleet's sites.ts says it.
    response.setHeader('Service-Worker-Allowed', '/m/');
    response.end(`${bytes}// ${fixture.clientVersion}`);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const sockets = new WebSocketServer({ server, path: '/api/v1/signal' });
  sockets.on('connection', (opened) => {
    socket = opened;
    opened.on('message', (frame) => {
      const message = clientMessage.parse(JSON.parse(String(frame)));
      fixture.messages.push(message);
      if (message.type === 'media') {
        ownMedia = message.media;
        sayRoster();
      }
      if (message.type === 'control') {
        for (const effect of fixture.controlEffects) say(effect);
        say({ type: 'controlled', id: message.id, refusal: fixture.controlRefusal });
      }
      if (message.type === 'find') say({ type: 'found', id: message.id, ...fixture.directory });
      if (message.type === 'share') {
        if (fixture.shareRefusal) say({ type: 'shareRefused', reason: fixture.shareRefusal });
        else say({ type: 'shared', answer: answerTo(message.offer) });
      }
      if (message.type === 'probe') say({ type: 'probed', answer: null });
      if (message.type !== 'join') return;
      ownMedia = message.media;
      if (fixture.refusal) say({ type: 'refused', reason: fixture.refusal });
      else if (fixture.hold) say({ type: 'held', reason: fixture.hold });
      else letIn();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('fixture: no port');
  ownId = newId('participant');

  return Object.assign(fixture, {
    url: `http://127.0.0.1:${address.port}/m/${fixture.door.number}`,
    say,
    letIn,
    sayRoster,
    dropSocket: () => socket?.terminate(),
    endSession(reason: SessionEnd) {
      fixture.door.visitor = null;
      for (const stream of streams) stream.end(`event: ended\ndata: ${JSON.stringify({ reason })}\n\n`);
    },
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
