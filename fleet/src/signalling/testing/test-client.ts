import { type RosterEntry, type ServerMessage, serverMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster } from '@anteroom/shared/signalling/roster.ts';
import { WebSocket } from 'ws';

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

const off = { isMicrophoneOn: false, isCameraOn: false };

export async function openTestClient(url: string, { answersPings }: { answersPings: boolean }): Promise<TestClient> {
  const socket = new WebSocket(url, { autoPong: answersPings });
  const client = createTestClient(socket);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return client;
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
