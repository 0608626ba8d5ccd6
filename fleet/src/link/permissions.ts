import type { TerminalId } from '@anteroom/shared/ids.ts';
import { type Channel, channels, parseTopic, topicOf, type UpChannel } from '@anteroom/shared/protocol/channels.ts';

/** What a terminal may do on the engine, decided from its certificate's identity alone. */

export type ConnectRequest = {
  clientId: string;
  username: string | undefined;
  will: { topic: string; retain: boolean; qos: number } | undefined;
};

/** Return codes of CONNACK (MQTT 3.1.1, 3.2.2.3). */
export type ConnectRefusal = { returnCode: 2 | 4 | 5; reason: string };

/** Null when `identity` may connect so. */
export function refuseConnect(identity: TerminalId, request: ConnectRequest): ConnectRefusal | null {
  if (request.clientId !== identity) return { returnCode: 2, reason: 'client id differs from the certificate' };
  if (request.username !== undefined && request.username !== identity)
    return { returnCode: 4, reason: 'user name differs from the certificate' };
  const { will } = request;
  if (will && (will.topic !== topicOf(identity, 'gone') || will.retain || will.qos > 1))
    return { returnCode: 5, reason: 'a will is allowed on the own gone topic only, not retained' };
  return null;
}

export type PublishPermission = { ok: true; channel: UpChannel } | { ok: false; reason: string };

export function permitPublish(
  identity: TerminalId,
  packet: { topic: string; retain: boolean; qos: number },
): PublishPermission {
  if (packet.retain) return { ok: false, reason: 'retained message' };
  if (packet.qos > 1) return { ok: false, reason: 'quality of service 2' };
  const topic = parseTopic(packet.topic);
  if (!topic || !isUp(topic.channel)) return { ok: false, reason: 'not an up-topic' };
  if (topic.terminal !== identity) return { ok: false, reason: 'topic of another terminal' };
  return { ok: true, channel: topic.channel };
}

/** Exact topics only: a filter with `+`, `#` or `$share` never equals one. */
export function maySubscribe(identity: TerminalId, filter: string): boolean {
  const topic = parseTopic(filter);
  return topic !== null && topic.terminal === identity && channels[topic.channel].direction === 'down';
}

function isUp(channel: Channel): channel is UpChannel {
  return channels[channel].direction === 'up';
}
