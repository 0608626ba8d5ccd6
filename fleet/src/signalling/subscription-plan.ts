import type { FeedStream, SubscriberLine, VideoLayer, WantedStream } from '../media-nodes/videoroom.ts';
import type { ForwardedStream } from './forwarding.ts';

/** What has to change so that `lines`, the m-lines of the last offer, carry `wanted`; null when they do. */
export type SubscriptionChange = { subscribe: WantedStream[]; unsubscribe: SubscriberLine[] };

export function planSubscription(
  lines: readonly SubscriberLine[],
  wanted: readonly ForwardedStream[],
): SubscriptionChange | null {
  const wantedKeys = new Set(wanted.map(keyOf));
  const carriedKeys = new Set(lines.flatMap((line) => (line.source ? [keyOf(line.source)] : [])));
  const subscribe = wanted
    .filter((stream) => !carriedKeys.has(keyOf(stream)))
    .map(({ feed, mid, layer }) => ({ feed, mid, layer }));
  const unsubscribe = lines.filter((line) => line.source && !wantedKeys.has(keyOf(line.source)));
  return subscribe.length + unsubscribe.length > 0 ? { subscribe, unsubscribe } : null;
}

export type LayerChange = { line: SubscriberLine; source: FeedStream; layer: VideoLayer };

/** Which lines carry another layer than is wanted; `layers`: what Janus was last asked for, by `keyOf`. */
export function planLayers(
  lines: readonly SubscriberLine[],
  layers: ReadonlyMap<string, VideoLayer>,
  wanted: readonly ForwardedStream[],
): LayerChange[] {
  const wantedLayers = new Map(wanted.map((stream) => [keyOf(stream), stream.layer]));
  return lines.flatMap((line) => {
    const { source } = line;
    const layer = source && wantedLayers.get(keyOf(source));
    return source && layer && layers.get(keyOf(source)) !== layer ? [{ line, source, layer }] : [];
  });
}

export function keyOf({ feed, mid }: FeedStream): string {
  return `${feed}/${mid}`;
}
