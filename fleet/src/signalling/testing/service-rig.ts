import { createServer } from 'node:http';
import { type RosterEntry, type ServerMessage, serverMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster } from '@anteroom/shared/signalling/roster.ts';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { WebSocket, WebSocketServer } from 'ws';
import type { MediaNode } from '../../media-nodes/media-node.ts';
import { socketMaxPayloadBytes } from '../limits.ts';
import type { SignallingPeer, SignallingService } from '../ports.ts';
import { createSignallingService } from '../service.ts';
import { type AdmissionSimulator, createAdmissionSimulator } from './admission-simulator.ts';
import { createHostingSimulator, type HostingSimulator } from './hosting-simulator.ts';

/** The service on a real socket, with a clock that the test moves. Its media node is given. */
export type ServiceRig = AsyncDisposable & {
  admission: AdmissionSimulator;
  hosting: HostingSimulator;
  service: SignallingService;
  clock: ManualClock;
  connect(peer?: SignallingPeer, options?: { answersPings: boolean }): Promise<TestClient>;
};

/** A client that speaks frames by hand. */
export type TestClient = {
  send(message: unknown): void;
  sendRaw(frame: string | Uint8Array): void;
  /** The next message of one of these types, in the order of arrival; others that came before it stay waiting. */
  next<T extends ServerMessage['type']>(...types: T[]): Promise<Extract<ServerMessage, { type: T }>>;
  /** Joins without media of its own. */
  join(ticket: string): Promise<Extract<ServerMessage, { type: 'joined' }>>;
  /** How many messages of this type came and were not read. */
  pending(type: ServerMessage['type']): number;
  /** As the messages that were read so far tell it. */
  roster(): RosterEntry[];
  closed: Promise<number>;
  terminate(): void;
};

export const guestPeer: SignallingPeer = { kind: 'browser', address: '192.0.2.77' };
const off = { isMicrophoneOn: false, isCameraOn: false };

export async function startServiceRig({
  mediaNode,
  capacity,
}: {
  mediaNode: MediaNode;
  capacity: number;
}): Promise<ServiceRig> {
  const clock = createManualClock();
  const admission = createAdmissionSimulator({ capacity });
  const hosting = createHostingSimulator({ onLetIn: admission.letIn });
  const service = createSignallingService({ admission, hosting, mediaNode, clock, log: pino({ level: 'silent' }) });
  const server = createServer();
  const sockets = new WebSocketServer({ server, maxPayload: socketMaxPayloadBytes });
  const peers: SignallingPeer[] = [];
  sockets.on('connection', (socket) => service.accept(socket, peers.shift() ?? guestPeer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('service rig is not bound');

  return {
    admission,
    hosting,
    service,
    clock,
    async connect(peer = guestPeer, { answersPings } = { answersPings: true }) {
      peers.push(peer);
      const socket = new WebSocket(`ws://127.0.0.1:${bound.port}`, { autoPong: answersPings });
      const client = createTestClient(socket);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      return client;
    },
    async [Symbol.asyncDispose]() {
      await service.close();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}

function createTestClient(socket: WebSocket): TestClient {
  const inbox: ServerMessage[] = [];
  const waiting: (() => void)[] = [];
  let roster = openRoster({ revision: 0, roster: [] });

  function read(message: ServerMessage): void {
    if (message.type === 'joined') roster = openRoster(message);
    if (message.type === 'roster') roster = followRoster(roster, message);
  }

  socket.on('message', (bytes) => {
    inbox.push(serverMessage.parse(JSON.parse(String(bytes))));
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const isType =
    <T extends ServerMessage['type']>(types: T[]) =>
    (message: ServerMessage): message is Extract<ServerMessage, { type: T }> =>
      types.some((type) => type === message.type);

  const client: TestClient = {
    send: (message) => socket.send(JSON.stringify(message)),
    sendRaw: (frame) => socket.send(frame),
    closed,
    pending: (type) => inbox.filter((message) => message.type === type).length,
    roster: () => roster.entries,
    terminate: () => socket.terminate(),
    async next(...types) {
      for (;;) {
        const found = inbox.find(isType(types));
        if (found) {
          inbox.splice(inbox.indexOf(found), 1);
          read(found);
          return found;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    join(ticket) {
      client.send({ type: 'join', v: 1, ticket, media: off });
      return client.next('joined');
    },
  };
  return client;
}
