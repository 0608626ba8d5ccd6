import { z } from 'zod';
import { type JanusConnection, JanusError, type JanusHandle, type JanusHandleEvent } from './janus-client.ts';
import type { MediaLink } from './media-node.ts';

/**
 * Janus's VideoRoom plugin in our words: rooms, publications and subscriptions. Clients never reach Janus, so the tokens
 * and secrets of a room guard only against another program on this machine that found out the API secret's room ids.
 */
export const videoRoomPlugin = 'janus.plugin.videoroom';

// janus_videoroom.c, JANUS_VIDEOROOM_ERROR_*.
const roomExists = 427;
const noSuchRoom = 426;

export type Room = { id: string; token: string; secret: string };
export type MediaKind = 'audio' | 'video';
/** One track that a publisher sends: `mid` is that of its own offer. `hasLayers`: a video in several sizes (simulcast). */
export type PublishedStream = { mid: string; kind: MediaKind; hasLayers: boolean };
/** What a subscriber asks for. */
export type FeedStream = { feed: string; mid: string };
/** One size of a video with layers. */
const videoLayers = ['low', 'medium', 'high'] as const;
export type VideoLayer = (typeof videoLayers)[number];
export type WantedStream = FeedStream & { layer: VideoLayer | null };
/** One m-line of a subscriber's offer; null when nothing is sent on it. */
export type SubscriberLine = { mid: string; kind: MediaKind; source: FeedStream | null };
export type SubscriberOffer = { sdp: string; lines: SubscriberLine[] };

/** `maxVideoKbps` is what Janus asks publishers for (REMB); `keyFrameEveryS` how often it asks them for a key frame. */
export type RoomSettings = { publishers: number; maxVideoKbps: number; keyFrameEveryS: number };

export function attachVideoRoom(
  connection: JanusConnection,
  onEvent: (event: JanusHandleEvent) => void,
  signal: AbortSignal,
): Promise<JanusHandle> {
  return connection.attach({ plugin: videoRoomPlugin, onEvent, signal });
}

/** Makes the room; one that is there already is fine. */
export async function createRoom(
  link: MediaLink,
  handle: JanusHandle,
  room: Room,
  settings: RoomSettings,
  signal: AbortSignal,
): Promise<void> {
  const body = {
    request: 'create',
    admin_key: link.roomAdminKey,
    room: room.id,
    description: '',
    secret: room.secret,
    allowed: [room.token],
    is_private: true,
    permanent: false,
    publishers: settings.publishers,
    bitrate: settings.maxVideoKbps * 1000,
    fir_freq: settings.keyFrameEveryS,
    audiocodec: 'opus',
    videocodec: 'vp8',
    opus_fec: true,
    audiolevel_ext: true,
    audiolevel_event: true,
    // Talking is reported after 0.4 s of packets (20 ms each) louder than −50 dBov on average.
    audio_active_packets: 20,
    audio_level_average: 50,
  };
  try {
    await handle.request({ body, signal });
  } catch (error) {
    if (!(error instanceof JanusError) || error.janusCode !== roomExists) throw error;
  }
}

/** Ends the room and every peer connection in it; one that is gone already is fine. */
export async function destroyRoom(handle: JanusHandle, room: Room, signal: AbortSignal): Promise<void> {
  try {
    await handle.request({ body: { request: 'destroy', room: room.id, secret: room.secret }, signal });
  } catch (error) {
    if (!(error instanceof JanusError) || error.janusCode !== noSuchRoom) throw error;
  }
}

/** Enters the room and publishes in one request; resolves with the answer to `offer`. */
export async function publish(
  handle: JanusHandle,
  { room, feed, offer }: { room: Room; feed: string; offer: string },
  signal: AbortSignal,
): Promise<string> {
  const { jsep } = await handle.request({
    body: { request: 'joinandconfigure', ptype: 'publisher', room: room.id, id: feed, token: room.token },
    jsep: { type: 'offer', sdp: offer },
    signal,
  });
  if (jsep?.type !== 'answer') throw new JanusError('malformed', 'janus: published without an answer');
  return jsep.sdp;
}

/** Has Janus ask the publisher of `handle` for a key frame (PLI). */
export async function askForKeyFrame(handle: JanusHandle, signal: AbortSignal): Promise<void> {
  await handle.request({ body: { request: 'configure', keyframe: true }, signal });
}

/** Has Janus forward nothing of one track, or forward it again, whatever its publisher sends. */
export async function moderate(
  handle: JanusHandle,
  { room, feed, mid, isMuted }: { room: Room; feed: string; mid: string; isMuted: boolean },
  signal: AbortSignal,
): Promise<void> {
  const body = { request: 'moderate', room: room.id, secret: room.secret, id: feed, mid, mute: isMuted };
  await handle.request({ body, signal });
}

// Janus numbers the layers ("substreams") from the lowest. Without a higher one it forwards the highest that comes.
const substreams: Readonly<Record<VideoLayer, number>> = { low: 0, medium: 1, high: 2 };

function toJanusStream({ feed, mid, layer }: WantedStream) {
  return { feed, mid, ...(layer === null ? {} : { substream: substreams[layer] }) };
}

/** Begins a subscription; resolves with Janus's offer. */
export async function subscribe(
  handle: JanusHandle,
  { room, streams: wanted }: { room: Room; streams: readonly WantedStream[] },
  signal: AbortSignal,
): Promise<SubscriberOffer> {
  const streams = wanted.map(toJanusStream);
  const answer = await handle.request({
    // Our own service decides who is forwarded to whom, so Janus makes no offers by itself when a feed goes away.
    body: { request: 'join', ptype: 'subscriber', room: room.id, token: room.token, autoupdate: false, streams },
    signal,
  });
  const offer = toOffer(answer);
  if (offer === null) throw new JanusError('malformed', 'janus: subscribed without an offer');
  return offer;
}

/** Changes a subscription; null when Janus finds that nothing changed. */
export async function updateSubscription(
  handle: JanusHandle,
  change: { subscribe: readonly WantedStream[]; unsubscribe: readonly SubscriberLine[] },
  signal: AbortSignal,
): Promise<SubscriberOffer | null> {
  const body = {
    request: 'update',
    ...(change.subscribe.length > 0 ? { subscribe: change.subscribe.map(toJanusStream) } : {}),
    ...(change.unsubscribe.length > 0
      ? { unsubscribe: change.unsubscribe.map((line) => ({ sub_mid: line.mid })) }
      : {}),
  };
  return toOffer(await handle.request({ body, signal }));
}

/** Changes which layers are forwarded, without a new offer; Janus asks their publishers for key frames. */
export async function chooseLayers(
  handle: JanusHandle,
  changes: readonly { line: SubscriberLine; layer: VideoLayer }[],
  signal: AbortSignal,
): Promise<void> {
  const streams = changes.map(({ line, layer }) => ({ mid: line.mid, substream: substreams[layer] }));
  await handle.request({ body: { request: 'configure', streams }, signal });
}

/** Gives Janus the client's answer; media flows from here on. */
export async function startSubscription(handle: JanusHandle, answer: string, signal: AbortSignal): Promise<void> {
  await handle.request({ body: { request: 'start' }, jsep: { type: 'answer', sdp: answer }, signal });
}

const subscriberLines = z.object({
  streams: z.array(
    z.object({
      type: z.enum(['audio', 'video', 'data']),
      mid: z.string(),
      active: z.boolean().optional(),
      feed_id: z.string().optional(),
      feed_mid: z.string().optional(),
    }),
  ),
});

function toOffer(answer: { data: unknown; jsep: { type: string; sdp: string } | null }): SubscriberOffer | null {
  if (answer.jsep?.type !== 'offer') return null;
  const parsed = subscriberLines.safeParse(answer.data);
  if (!parsed.success) throw new JanusError('malformed', 'janus: offer without streams', { cause: parsed.error });
  const lines = parsed.data.streams.flatMap((line): SubscriberLine[] => {
    if (line.type === 'data') return [];
    const isUsed = line.active !== false && line.feed_id !== undefined && line.feed_mid !== undefined;
    const source = isUsed ? { feed: line.feed_id ?? '', mid: line.feed_mid ?? '' } : null;
    return [{ mid: line.mid, kind: line.type, source }];
  });
  return { sdp: withJanusAsDtlsClient(answer.jsep.sdp), lines };
}

/**
 * Janus drops a ClientHello that arrives before its own ICE is connected, and the client says it again only 50 ms (RFC
 * 6347 4.2.4.1 as Chromium does it) or 1 s later. So Janus takes the active part (RFC 4145) and begins when it is ready.
 */
function withJanusAsDtlsClient(offer: string): string {
  return offer.replaceAll('a=setup:actpass', 'a=setup:active');
}

const layerEvent = z.object({ videoroom: z.literal('event'), mid: z.string(), substream: z.int() });

/** Which layer is forwarded on a line from now on, when `data` is such an event. */
export function readLayer(data: unknown): { mid: string; layer: VideoLayer } | null {
  const parsed = layerEvent.safeParse(data);
  if (!parsed.success) return null;
  const { mid, substream } = parsed.data;
  const layer = videoLayers.find((each) => substreams[each] === substream);
  return layer ? { mid, layer } : null;
}

const talkingEvent = z.object({ videoroom: z.enum(['talking', 'stopped-talking']), id: z.string() });

/** Who began or stopped talking, when `data` is such an event. */
export function readTalking(data: unknown): { feed: string; isTalking: boolean } | null {
  const parsed = talkingEvent.safeParse(data);
  return parsed.success ? { feed: parsed.data.id, isTalking: parsed.data.videoroom === 'talking' } : null;
}
