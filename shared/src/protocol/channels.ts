import type { z } from 'zod';
import { type TerminalId, terminalId } from '../ids.ts';
import * as messages from './messages.ts';

/**
 * Every MQTT channel: direction, quality of service, and the schema of its payload.
 * A row here demands a handler on the receiving side (`HandlersUp`, `HandlersDown`) and a golden fixture.
 */
export const channels = {
  welcome: { direction: 'down', qos: 1, schema: messages.welcomeMessage },
  desired: { direction: 'down', qos: 1, schema: messages.desiredMessage },
  command: { direction: 'down', qos: 1, schema: messages.commandMessage },
  ack: { direction: 'down', qos: 1, schema: messages.ackMessage },
  hello: { direction: 'up', qos: 1, schema: messages.helloMessage },
  reported: { direction: 'up', qos: 1, schema: messages.reportedMessage },
  outcome: { direction: 'up', qos: 1, schema: messages.outcomeMessage },
  event: { direction: 'up', qos: 1, schema: messages.eventMessage },
  telemetry: { direction: 'up', qos: 0, schema: messages.telemetryMessage },
  heartbeat: { direction: 'up', qos: 0, schema: messages.heartbeatMessage },
  gone: { direction: 'up', qos: 1, schema: messages.goneMessage },
} as const satisfies Record<string, { direction: 'up' | 'down'; qos: 0 | 1; schema: z.ZodType }>;

export type Channel = keyof typeof channels;
type ChannelsOf<D extends 'up' | 'down'> = {
  [C in Channel]: (typeof channels)[C]['direction'] extends D ? C : never;
}[Channel];
export type UpChannel = ChannelsOf<'up'>;
export type DownChannel = ChannelsOf<'down'>;
export type Payload<C extends Channel> = z.infer<(typeof channels)[C]['schema']>;

export type HandlersUp = { [C in UpChannel]: (from: TerminalId, message: Payload<C>) => Promise<void> };
export type HandlersDown = { [C in DownChannel]: (message: Payload<C>) => Promise<void> };

/** Largest payload in bytes, either way. */
export const maxPayloadBytes = 128 * 1024;

const topicRoot = 'anteroom/v1/t';

export function topicOf(terminal: TerminalId, channel: Channel): string {
  return `${topicRoot}/${terminal}/${channel}`;
}

/** All channels that a terminal receives, as topics to subscribe to one by one: no wildcard is permitted to it. */
export function downTopics(terminal: TerminalId): string[] {
  return channelNames('down').map((channel) => topicOf(terminal, channel));
}

/** What the fleet subscribes to. */
export const upTopicFilters = channelNames('up').map((channel) => `${topicRoot}/+/${channel}`);

export function channelNames(direction: 'up' | 'down'): Channel[] {
  // Object.keys loses the key type; the keys of `channels` are exactly Channel.
  return (Object.keys(channels) as Channel[]).filter((channel) => channels[channel].direction === direction);
}

/** Terminal and channel of a topic, or null when it is not one of ours. */
export function parseTopic(topic: string): { terminal: TerminalId; channel: Channel } | null {
  const parts = topic.split('/');
  if (parts.length !== 5 || parts.slice(0, 3).join('/') !== topicRoot) return null;
  const terminal = terminalId.safeParse(parts[3]);
  const channel = parts[4];
  if (!terminal.success || channel === undefined || !isChannel(channel)) return null;
  return { terminal: terminal.data, channel };
}

function isChannel(name: string): name is Channel {
  return Object.hasOwn(channels, name);
}

export type ParsedPayload<C extends Channel> = { ok: true; message: Payload<C> } | { ok: false; fault: string };

/** Parses the bytes of a payload; a fault is one short line for the log, without any of the payload's content. */
export function parsePayload<C extends Channel>(channel: C, bytes: Uint8Array): ParsedPayload<C> {
  if (bytes.byteLength > maxPayloadBytes) return { ok: false, fault: `larger than ${maxPayloadBytes} bytes` };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { ok: false, fault: 'not JSON in UTF-8' };
  }
  const parsed = channels[channel].schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, fault: `${issue?.code ?? 'invalid'} at ${issue?.path.join('.') ?? ''}` };
  }
  // The schema was looked up by the same channel, which the compiler cannot follow through the union.
  return { ok: true, message: parsed.data as Payload<C> };
}
