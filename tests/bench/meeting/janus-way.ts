import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { z } from 'zod';
import type { Connection } from '../../../device/src/media/connection.ts';
import { connectJanus, type JanusHandleEvent } from '../../../fleet/src/media-nodes/janus-client.ts';
import {
  attachVideoRoom,
  type Room,
  startSubscription,
  subscribe,
  updateSubscription,
  type WantedStream,
} from '../../../fleet/src/media-nodes/videoroom.ts';
import { forwardingLimits } from '../../../fleet/src/signalling/limits.ts';
import type { Way, WayDeps } from './fleet-way.ts';

type JanusWayDeps = WayDeps & { url: string; apiSecret: string; room: Room; feed: string };

const announcement = z.object({
  publishers: z.array(
    z.object({ id: z.string(), streams: z.array(z.object({ type: z.enum(['audio', 'video']), mid: z.string() })) }),
  ),
});

/**
 * Straight to Janus's VideoRoom, as the shortest client would: it publishes, and subscribes to as many as a participant of
 * ours is forwarded, those who came first.
 */
export async function createJanusWay({ media, onFault, url, apiSecret, room, feed }: JanusWayDeps): Promise<Way> {
  const signal = AbortSignal.timeout(600_000);
  const offer = await media.publish.offer();
  const connection = await connectJanus({
    ...{ url, apiSecret, clock: createSystemClock(), log: pino({ level: 'silent' }), signal },
    ...{ requestTimeoutMs: 10_000, keepaliveEveryMs: 10_000, keepaliveTimeoutMs: 10_000 },
  });
  const candidatesTo = (own: Connection) => (event: JanusHandleEvent) => {
    if (event.kind === 'candidate') own.addCandidate(event.candidate);
    if (event.kind === 'plugin') learn(event.data);
  };
  const sender = await attachVideoRoom(connection, candidatesTo(media.publish), signal);
  const receiver = await attachVideoRoom(connection, candidatesTo(media.subscribe), signal);
  const publishers = new Map<string, WantedStream[]>();
  const subscribed = new Set<WantedStream>();
  let isSubscribing = false;

  function learn(data: unknown): void {
    const announced = announcement.safeParse(data);
    if (!announced.success) return;
    for (const { id, streams } of announced.data.publishers) {
      const isForwarded = {
        audio: publishers.size < forwardingLimits.voices,
        video: publishers.size < forwardingLimits.videos,
      };
      const wanted = streams.filter(({ type }) => isForwarded[type]).map(({ mid }) => ({ feed: id, mid, layer: null }));
      publishers.set(id, wanted);
    }
    if (isSubscribing) return;
    isSubscribing = true;
    follow().then(
      () => {
        isSubscribing = false;
      },
      (error: unknown) => onFault(String(error)),
    );
  }

  /** One negotiation at a time, until everybody is subscribed who came meanwhile. */
  async function follow(): Promise<void> {
    for (;;) {
      const streams = [...publishers.values()].flat().filter((stream) => !subscribed.has(stream));
      if (streams.length === 0) return;
      const isFirst = subscribed.size === 0;
      for (const stream of streams) subscribed.add(stream);
      const offered = isFirst
        ? await subscribe(receiver, { room, streams }, signal)
        : await updateSubscription(receiver, { subscribe: streams, unsubscribe: [] }, signal);
      if (offered) await startSubscription(receiver, await media.subscribe.answer(offered.sdp), signal);
    }
  }

  async function publish(): Promise<void> {
    const body = { request: 'joinandconfigure', ptype: 'publisher', room: room.id, id: feed, token: room.token };
    const { data, jsep } = await sender.request({ body, jsep: { type: 'offer', sdp: offer }, signal });
    learn(data);
    await media.publish.applyAnswer(jsep?.sdp ?? '');
  }

  return {
    join: () => void publish().catch((error: unknown) => onFault(String(error))),
    say: () => onFault('janus knows no messages of ours'),
    async leave() {
      connection.close();
    },
  };
}
