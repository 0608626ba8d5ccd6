import type { Duplex } from 'node:stream';
import {
  type ClientMessage,
  maxFrameBytes,
  pingEveryMs,
  type ServerMessage,
  serverMessage,
} from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { openDoor } from '../enrolment/server-check.ts';
import { reconnectDelayMs } from './reconnect.ts';

/**
 * The terminal's WebSocket to the fleet's signalling, with mutual TLS: opened as long as it is wanted, watched, and
 * opened again when it breaks. It knows frames and nothing of meetings.
 */
export interface SignallingLine extends AsyncDisposable {
  /** Keeps a connection to `target` open; null closes it. Hurried: somebody waits for it. */
  want(target: LineTarget | null): void;
  /** Number of the present open connection; null while there is none. */
  connection(): number | null;
  send(message: ClientMessage): void;
  /** Says `leave` and lets go of this connection; another one is opened when it is still wanted. */
  hangUp(): void;
  /** Another certificate is to be used, or the address may have moved. */
  reconnect(): void;
}

export type LineTarget = { url: string; isHurried: boolean };
export type LineCredentials = { keyPem: string; certificatePem: string; caPem: string };

export type LineEvent =
  | { type: 'opened' }
  | { type: 'lost'; detail: string }
  /** The fleet answered and does not want this certificate. */
  | { type: 'refused'; status: number }
  | { type: 'message'; message: ServerMessage };

export type LineDeps = {
  credentials(): LineCredentials | null;
  clock: Clock;
  random: () => number;
  log: Logger;
  onEvent(event: LineEvent): void;
};

const openWithinMs = 5_000;
const silentPings = 3;
const heldAfterMs = 2_000;
/** The fleet says goodbye and closes; it is given this long. */
const hangUpWithinMs = 1_000;

type CreateConnection = NonNullable<ClientOptions['createConnection']>;

/** Hands over a socket once it is there, as `http.request` allows and ws passes on; the types of ws know the other way only. */
function asynchronously(open: () => Promise<Duplex>): CreateConnection {
  const create = (_options: unknown, done: (fault: Error | null, socket?: Duplex) => void): void => {
    open().then((socket) => done(null, socket), done);
  };
  return create as unknown as CreateConnection;
}

export function createSignallingLine({ credentials, clock, random, log, onEvent }: LineDeps): SignallingLine {
  let target: LineTarget | null = null;
  let socket: WebSocket | null = null;
  let number = 0;
  let failures = 0;
  let retry: AbortController | null = null;
  const leaving = new Set<WebSocket>();

  function connect(): void {
    const identity = credentials();
    if (!target || socket || !identity) return;
    number += 1;
    const { url } = target;
    const { caPem, ...own } = identity;
    const door = new AbortController();
    const opened = new WebSocket(url, {
      createConnection: asynchronously(() =>
        openDoor(new URL(url), { caPem, at: clock.now(), identity: own, signal: door.signal }),
      ),
      ...{ perMessageDeflate: false, maxPayload: maxFrameBytes, handshakeTimeout: openWithinMs },
    });
    socket = opened;
    const watch = new AbortController();
    let fault = 'closed';
    let openedAtMs: number | null = null;
    let heardAtMs = clock.monotonicMs();
    opened.on('open', () => {
      openedAtMs = clock.monotonicMs();
      log.debug({ connection: number }, 'signalling open');
      void watchSilence(opened, () => heardAtMs, watch.signal);
      if (socket === opened) onEvent({ type: 'opened' });
    });
    const heard = () => {
      heardAtMs = clock.monotonicMs();
    };
    opened.on('ping', heard);
    opened.on('pong', heard);
    opened.on('message', (raw, isBinary) => {
      heard();
      if (socket === opened) receive(raw, isBinary);
    });
    opened.on('unexpected-response', (_request, response) => {
      fault = `answered with ${response.statusCode}`;
      const status = response.statusCode ?? 0;
      response.resume();
      opened.terminate();
      if (socket === opened && (status === 401 || status === 403)) onEvent({ type: 'refused', status });
    });
    opened.on('error', (cause) => {
      fault = cause.message;
    });
    opened.on('close', () => {
      door.abort();
      watch.abort();
      leaving.delete(opened);
      if (socket !== opened) return;
      socket = null;
      // A connection that held shows that the way is free; one that ended at once does not.
      const hasHeld = openedAtMs !== null && clock.monotonicMs() - openedAtMs > heldAfterMs;
      failures = hasHeld ? 1 : failures + 1;
      log.info({ detail: fault, failures }, 'signalling connection ended');
      onEvent({ type: 'lost', detail: fault });
      connectLater();
    });
  }

  function connectLater(): void {
    if (!target || socket || retry) return;
    const waiting = new AbortController();
    retry = waiting;
    clock.sleep(reconnectDelayMs(failures, target.isHurried, random), { signal: waiting.signal }).then(
      () => {
        retry = null;
        connect();
      },
      () => {}, // Not wanted any more, or wanted at once.
    );
  }

  function connectNow(): void {
    retry?.abort();
    retry = null;
    connect();
  }

  async function watchSilence(opened: WebSocket, heardAtMs: () => number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await clock.sleep(pingEveryMs, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (clock.monotonicMs() - heardAtMs() > silentPings * pingEveryMs) return opened.terminate();
      opened.ping();
    }
  }

  function receive(raw: RawData, isBinary: boolean): void {
    const parsed = isBinary ? null : parseFrame(raw.toString());
    if (parsed) onEvent({ type: 'message', message: parsed });
    else log.warn({ bytes: raw.toString().length }, 'signalling frame not understood');
  }

  /** Lets go of the socket without an event: nobody waits for it any more. */
  function release(closeNow: boolean): void {
    const released = socket;
    socket = null;
    if (!released) return;
    if (closeNow || released.readyState !== WebSocket.OPEN) {
      released.terminate();
      return;
    }
    leaving.add(released);
    const closed = new AbortController();
    released.once('close', () => closed.abort());
    clock.sleep(hangUpWithinMs, { signal: closed.signal }).then(
      () => released.terminate(),
      () => {}, // Closed by the fleet in time.
    );
  }

  return {
    want(next) {
      const isMoved = target?.url !== next?.url;
      const isHurriedNow = Boolean(next?.isHurried && !target?.isHurried);
      target = next;
      if (isMoved) release(true);
      if (!next) {
        retry?.abort();
        retry = null;
      } else if (isMoved || isHurriedNow) connectNow();
      else connectLater();
    },
    connection: () => (socket?.readyState === WebSocket.OPEN ? number : null),
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    hangUp() {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'leave' } satisfies ClientMessage));
      release(false);
      failures = 0;
      connectLater();
    },
    reconnect() {
      const wasOpen = socket?.readyState === WebSocket.OPEN;
      release(true);
      if (wasOpen) onEvent({ type: 'lost', detail: 'connecting with another certificate' });
      connectNow();
    },
    async [Symbol.asyncDispose]() {
      target = null;
      retry?.abort();
      retry = null;
      release(true);
      await Promise.all([...leaving].map((left) => new Promise((resolve) => left.once('close', resolve))));
    },
  };
}

function parseFrame(text: string): ServerMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = serverMessage.safeParse(json);
  return parsed.success ? parsed.data : null;
}
