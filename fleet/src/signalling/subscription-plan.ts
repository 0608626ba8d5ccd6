import type { FeedStream, SubscriberLine } from '../media-nodes/videoroom.ts';
import type { ForwardedStream } from './forwarding.ts';

/** What has to change so that `lines`, the m-lines of the last offer, carry `wanted`; null when they do. */
export type SubscriptionChange = { subscribe: FeedStream[]; unsubscribe: SubscriberLine[] };

export function planSubscription(
  lines: readonly SubscriberLine[],
  wanted: readonly ForwardedStream[],
): SubscriptionChange | null {
  const wantedKeys = new Set(wanted.map(keyOf));
  const carriedKeys = new Set(lines.flatMap((line) => (line.source ? [keyOf(line.source)] : [])));
  const subscribe = wanted.filter((stream) => !carriedKeys.has(keyOf(stream))).map(({ feed, mid }) => ({ feed, mid }));
  const unsubscribe = lines.filter((line) => line.source && !wantedKeys.has(keyOf(line.source)));
  return subscribe.length + unsubscribe.length > 0 ? { subscribe, unsubscribe } : null;
}

export function keyOf({ feed, mid }: FeedStream): string {
  return `${feed}/${mid}`;
}
