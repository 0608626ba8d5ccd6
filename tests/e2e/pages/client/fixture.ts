import type { IncomingMessage, ServerResponse } from 'node:http';
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
import type { WebSocket } from 'ws';
import { type FixtureAccount, ownAnswer } from './fixture-account.ts';

/** What a test sets, says and reads. */
export type Fixture = {
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
export function actionsOf({ messages }: Pick<Fixture, 'messages'>): ControlAction[] {
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

/** How whoever serves it asks a fixture. */
export type FixtureBackend = {
  /** Answers a request for the API. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The page has begun to signal. */
  connect(opened: WebSocket): void;
};

/** A door with a signalling that says what it is told; there is no media behind it. */
export function createFixture(origin: string, startMinutes: number): { fixture: Fixture; backend: FixtureBackend } {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  let socket: WebSocket | null = null;
  const streams = new Set<ServerResponse>();
  const ownId: ParticipantId = newId('participant');
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
    directory: { found: emptyDirectory, refusal: null } as Fixture['directory'],
    shareRefusal: null as ShareRefusal | null,
    refusal: null as Fixture['refusal'],
    hold: null as Fixture['hold'],
    talk: {
      controls: openControls,
      content: null,
      chat: [],
    } as Fixture['talk'],
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
    const path = new URL(request.url ?? '/', origin).pathname;
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
    refuse('not_found');
  }

  function connect(opened: WebSocket): void {
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
  }

  return {
    fixture: Object.assign(fixture, {
      url: `${origin}/m/${fixture.door.number}`,
      say,
      letIn,
      sayRoster,
      dropSocket: () => socket?.terminate(),
      endSession(reason: SessionEnd) {
        fixture.door.visitor = null;
        for (const stream of streams) stream.end(`event: ended\ndata: ${JSON.stringify({ reason })}\n\n`);
      },
    }),
    backend: { answer, connect },
  };
}
