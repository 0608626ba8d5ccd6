import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import { type JanusMessage, type Jsep, janusMessage, type PluginData, pluginFault } from './janus-messages.ts';

/**
 * One WebSocket to a Janus, with one session on it: requests with a time limit, plugin handles and their events. It knows
 * nothing about rooms and does not reconnect: a session dies with its socket, so what lived in it has to be made anew.
 */
export type JanusFault = 'refused' | 'timeout' | 'closed' | 'malformed';

export class JanusError extends Error {
  readonly fault: JanusFault;
  /** Janus's own or the plugin's error code, when it refused. */
  readonly janusCode: number | null;

  constructor(fault: JanusFault, message: string, options: { janusCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'JanusError';
    this.fault = fault;
    this.janusCode = options.janusCode ?? null;
  }
}

export type JanusHandleEvent =
  | { kind: 'webrtcUp' }
  | { kind: 'hangup'; reason: string }
  | { kind: 'candidate'; candidate: IceCandidate | null }
  | { kind: 'detached' }
  | { kind: 'plugin'; data: PluginData };

export type PluginAnswer = { data: PluginData; jsep: Jsep | null };
export type PluginRequest = { body: { request: string } & Record<string, unknown>; jsep?: Jsep; signal: AbortSignal };

export interface JanusHandle {
  request(request: PluginRequest): Promise<PluginAnswer>;
  /** Passes on a candidate of the client; Janus keeps those that come before the description they belong to. */
  trickle(candidate: IceCandidate | null): void;
  /** Ends the handle and its peer connection; nothing more is heard of it. */
  detach(): void;
}

export interface JanusConnection {
  attach(options: {
    plugin: string;
    onEvent: (event: JanusHandleEvent) => void;
    signal: AbortSignal;
  }): Promise<JanusHandle>;
  /** Resolves, never rejects, when the connection is of no more use. */
  readonly closed: Promise<JanusError>;
  close(): void;
}

export type JanusConnectDeps = {
  url: string;
  apiSecret: string;
  requestTimeoutMs: number;
  /** A keepalive is sent this often; one that is not answered within `keepaliveTimeoutMs` closes the connection. */
  keepaliveEveryMs: number;
  keepaliveTimeoutMs: number;
  clock: Clock;
  log: Logger;
  signal: AbortSignal;
};

type Pending = { isAckEnough: boolean; resolve: (message: JanusMessage) => void; reject: (error: Error) => void };

/** Opens the WebSocket and a session. Rejects with a JanusError, or with the reason of `signal`. */
export async function connectJanus(deps: JanusConnectDeps): Promise<JanusConnection> {
  const socket = await openSocket(deps.url, deps.signal);
  const pending = new Map<string, Pending>();
  const listeners = new Map<number, (event: JanusHandleEvent) => void>();
  const lifetime = new AbortController();
  let lastTransaction = 0;
  const { promise: closed, resolve: resolveClosed } = Promise.withResolvers<JanusError>();

  function end(error: JanusError): void {
    if (lifetime.signal.aborted) return;
    lifetime.abort(error);
    socket.terminate();
    for (const request of [...pending.values()]) request.reject(error);
    listeners.clear();
    resolveClosed(error);
  }

  function send(message: Record<string, unknown>): void {
    if (lifetime.signal.aborted) return;
    socket.send(JSON.stringify({ ...message, apisecret: deps.apiSecret }));
  }

  function ask(
    message: { janus: string } & Record<string, unknown>,
    options: { isAckEnough: boolean; timeoutMs: number; signal: AbortSignal },
  ): Promise<JanusMessage> {
    const transaction = String(++lastTransaction);
    const subject = message.janus;
    return new Promise<JanusMessage>((resolve, reject) => {
      if (lifetime.signal.aborted) return reject(lifetime.signal.reason);
      if (options.signal.aborted) return reject(options.signal.reason);
      const timer = new AbortController();
      const settle = () => {
        pending.delete(transaction);
        options.signal.removeEventListener('abort', onAbort);
        timer.abort();
      };
      const fail = (error: unknown) => {
        settle();
        reject(error);
      };
      const onAbort = () => fail(options.signal.reason);
      options.signal.addEventListener('abort', onAbort, { once: true });
      pending.set(transaction, {
        isAckEnough: options.isAckEnough,
        resolve: (answer) => {
          settle();
          resolve(answer);
        },
        reject: fail,
      });
      deps.clock.sleep(options.timeoutMs, { signal: timer.signal }).then(
        () => fail(new JanusError('timeout', `janus: no answer to ${subject} in ${options.timeoutMs} ms`)),
        () => undefined, // Settled in time: the timer was stopped.
      );
      send({ ...message, transaction });
    });
  }

  function onFrame(text: string): void {
    const parsed = parseFrame(text);
    if (parsed === null) {
      deps.log.warn('janus: frame not understood');
      return;
    }
    if (parsed.janus === 'timeout') {
      end(new JanusError('closed', 'janus: session timed out'));
      return;
    }
    const transaction = 'transaction' in parsed ? parsed.transaction : undefined;
    const request = transaction === undefined ? undefined : pending.get(transaction);
    if (request) {
      if (parsed.janus === 'ack' && !request.isAckEnough) return; // The answer follows as an event.
      if (parsed.janus === 'error') request.reject(refusal(parsed.error.code, parsed.error.reason));
      else request.resolve(parsed);
      return;
    }
    if ('sender' in parsed) {
      const event = toHandleEvent(parsed);
      if (event) listeners.get(parsed.sender)?.(event);
    }
  }

  socket.on('message', (bytes) => onFrame(String(bytes)));
  socket.on('close', () => end(new JanusError('closed', 'janus: connection closed')));
  socket.on('error', (cause) => end(new JanusError('closed', 'janus: connection failed', { cause })));

  const limits = { isAckEnough: false, timeoutMs: deps.requestTimeoutMs };
  let sessionId: number;
  try {
    sessionId = idOf(await ask({ janus: 'create' }, { ...limits, signal: deps.signal }));
  } catch (error) {
    end(new JanusError('closed', 'janus: no session', { cause: error }));
    throw error;
  }

  async function keepAlive(): Promise<void> {
    const { signal } = lifetime;
    while (!signal.aborted) {
      await deps.clock.sleep(deps.keepaliveEveryMs, { signal });
      const message = { janus: 'keepalive', session_id: sessionId };
      await ask(message, { isAckEnough: true, timeoutMs: deps.keepaliveTimeoutMs, signal });
    }
  }
  keepAlive().catch((cause) => end(new JanusError('closed', 'janus: keepalive not answered', { cause })));

  return {
    closed,
    close: () => end(new JanusError('closed', 'janus: connection closed by the fleet')),
    async attach({ plugin, onEvent, signal }) {
      const handle = idOf(await ask({ janus: 'attach', session_id: sessionId, plugin }, { ...limits, signal }));
      const address = { session_id: sessionId, handle_id: handle };
      listeners.set(handle, onEvent);
      return {
        async request({ body, jsep, signal: requestSignal }) {
          const message = { janus: 'message', ...address, body, ...(jsep ? { jsep } : {}) };
          return toPluginAnswer(await ask(message, { ...limits, signal: requestSignal }), body.request);
        },
        trickle: (candidate) =>
          send({ janus: 'trickle', ...address, transaction: 'trickle', candidate: candidate ?? { completed: true } }),
        detach() {
          if (!listeners.delete(handle)) return;
          send({ janus: 'detach', ...address, transaction: 'detach' });
        },
      };
    },
  };
}

function openSocket(url: string, signal: AbortSignal): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = new WebSocket(url, 'janus-protocol', { perMessageDeflate: false, handshakeTimeout: 5_000 });
    const onAbort = () => {
      socket.terminate();
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('open', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
    socket.on('error', (cause) => {
      signal.removeEventListener('abort', onAbort);
      reject(new JanusError('closed', `janus: cannot connect to ${url}`, { cause }));
    });
  });
}

function parseFrame(text: string): JanusMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = janusMessage.safeParse(json);
  return parsed.success ? parsed.data : null;
}

function idOf(message: JanusMessage): number {
  if (message.janus === 'success' && message.data) return message.data.id;
  throw new JanusError('malformed', `janus: ${message.janus} without an id`);
}

function toPluginAnswer(message: JanusMessage, subject: string): PluginAnswer {
  if ((message.janus !== 'success' && message.janus !== 'event') || !message.plugindata) {
    throw new JanusError('malformed', `janus: ${message.janus} is no answer to ${subject}`);
  }
  const fault = pluginFault.safeParse(message.plugindata.data);
  if (fault.success) throw refusal(fault.data.error_code, `${subject}: ${fault.data.error}`);
  return { data: message.plugindata.data, jsep: message.janus === 'event' ? (message.jsep ?? null) : null };
}

function refusal(janusCode: number, reason: string): JanusError {
  return new JanusError('refused', `janus: ${reason} (${janusCode})`, { janusCode });
}

function toHandleEvent(message: Extract<JanusMessage, { sender: number }>): JanusHandleEvent | null {
  switch (message.janus) {
    case 'webrtcup':
      return { kind: 'webrtcUp' };
    case 'hangup':
      return { kind: 'hangup', reason: message.reason ?? '' };
    case 'trickle':
      return { kind: 'candidate', candidate: message.candidate };
    case 'detached':
      return { kind: 'detached' };
    case 'event':
      return { kind: 'plugin', data: message.plugindata.data };
    case 'media':
    case 'slowlink':
      return null;
  }
}
