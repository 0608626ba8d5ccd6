import type { ConnectionId } from '@anteroom/shared/ids.ts';
import {
  channelNames,
  channels,
  type DownChannel,
  downTopics,
  maxPayloadBytes,
  parseTopic,
  topicOf,
  type UpChannel,
} from '@anteroom/shared/protocol/channels.ts';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import { MqttClient } from 'mqtt';
import type { Logger } from 'pino';
import { openDoor } from '../enrolment/server-check.ts';
import type { LinkIdentity } from './link.ts';

/** One MQTT connection, from CONNECT with our certificate to its end. It never connects again by itself. */
export interface Connection {
  /** Hands the payload to the socket. Nothing is known of its arrival: what matters is sent until the fleet's `ack`. */
  publish(channel: UpChannel, payload: string): void;
  /** Resolves with the reason when the connection is over. */
  closed: Promise<string>;
  /** Says goodbye and closes; `gone` tells the fleet at once, because the broker sends no will then. */
  end(): Promise<void>;
}

export class ConnectError extends Error {
  /** The other side answered and does not want this certificate: no use in trying again soon. */
  readonly isRefused: boolean;

  constructor(message: string, options: { isRefused: boolean; cause: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ConnectError';
    this.isRefused = options.isRefused;
  }
}

const connectWithinMs = 10_000;
const endWithinMs = 1_000;
const keepaliveS = 20;

export type ConnectOptions = {
  identity: LinkIdentity;
  /** The time by which the broker's certificate is judged. */
  at: Date;
  connectionId: ConnectionId;
  log: Logger;
  onMessage: (channel: DownChannel, payload: Uint8Array) => void;
  signal: AbortSignal;
};

/** Resolves when the broker has taken the connection and granted every down-topic; `signal` stops only this. */
export async function connect({
  identity,
  at,
  connectionId,
  log,
  onMessage,
  signal,
}: ConnectOptions): Promise<Connection> {
  signal.throwIfAborted();
  const { terminalId } = identity;
  const goneTopic = topicOf(terminalId, 'gone');
  const gone = JSON.stringify({ v: PROTOCOL_VERSION, connectionId });
  const withinMs = AbortSignal.any([signal, AbortSignal.timeout(connectWithinMs)]);
  const socket = await openDoor(new URL(identity.url), { caPem: identity.caPem, at, identity, signal: withinMs }).catch(
    (cause: Error) => Promise.reject(toConnectError(cause)),
  );
  const client = new MqttClient(() => socket, {
    protocolVersion: 4,
    clientId: terminalId,
    username: terminalId,
    clean: true,
    keepalive: keepaliveS,
    connectTimeout: connectWithinMs,
    // One client is one connection: the link decides when to connect again, with which certificate.
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    will: { topic: goneTopic, payload: Buffer.from(gone), qos: 1, retain: false },
  });
  let lastFault = 'the connection was closed';
  client.on('error', (error) => {
    lastFault = error.message;
    log.debug({ error: error.message }, 'mqtt error');
  });
  client.on('message', (topic, payload) => {
    const parsed = parseTopic(topic);
    if (parsed?.terminal === terminalId && isDown(parsed.channel)) onMessage(parsed.channel, payload);
    else log.warn({ topic: topic.slice(0, 100) }, 'message on a topic that is not ours');
  });
  const closed = new Promise<string>((resolve) => client.once('close', () => resolve(lastFault)));
  const onAbort = () => client.end(true);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await untilConnected(client);
    await subscribe(client, downTopics(terminalId));
  } catch (error) {
    client.end(true);
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return {
    publish(channel, payload) {
      if (Buffer.byteLength(payload) > maxPayloadBytes)
        throw new RangeError(`${channel} message is larger than ${maxPayloadBytes} bytes`);
      client.publish(topicOf(terminalId, channel), payload, { qos: channels[channel].qos }, (error) => {
        if (error) log.debug({ error: error.message, channel }, 'mqtt publish not confirmed');
      });
    },
    closed: closed.finally(() => client.end(true)),
    async end() {
      if (client.connected) {
        const timeout = AbortSignal.timeout(endWithinMs);
        const late = new Promise<void>((resolve) => timeout.addEventListener('abort', () => resolve(), { once: true }));
        const said = client.publishAsync(goneTopic, gone, { qos: 1 }).then(() => client.endAsync());
        await Promise.race([said.catch((error: unknown) => log.debug({ err: error }, 'mqtt goodbye not said')), late]);
      }
      client.end(true);
      await closed;
    },
  };
}

function isDown(channel: string): channel is DownChannel {
  return channelNames('down').some((name) => name === channel);
}

function untilConnected(client: MqttClient): Promise<void> {
  return new Promise((resolve, reject) => {
    let fault: Error | null = null;
    client.once('connect', () => resolve());
    client.once('error', (error) => {
      fault = error;
      reject(toConnectError(error));
    });
    client.once('close', () => {
      if (!fault) reject(new ConnectError('the broker closed the connection', { isRefused: false, cause: null }));
    });
  });
}

async function subscribe(client: MqttClient, topics: string[]): Promise<void> {
  const grants = await client.subscribeAsync(topics, { qos: 1 });
  const refused = grants.find((grant) => grant.qos === 128);
  if (refused) throw new ConnectError(`subscription refused: ${refused.topic}`, { isRefused: true, cause: null });
}

/** CONNACK codes that speak of who we are: identifier rejected, bad user name, not authorized (MQTT 3.1.1, 3.2.2.3). */
const refusals: readonly unknown[] = [2, 4, 5];

function toConnectError(error: Error & { code?: unknown }): ConnectError {
  const { code } = error;
  const isTlsRefusal = typeof code === 'string' && /ALERT_(BAD_|UNKNOWN_)?C(ERTIFICATE|A)/.test(code);
  return new ConnectError(error.message, { isRefused: refusals.includes(code) || isTlsRefusal, cause: error });
}
