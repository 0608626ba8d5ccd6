import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import type { StageParticipant } from '../ports/media.ts';

/** At most so many pictures on one display; the others are heard. */
export const maxTiles = 9;
/** Beside what is shared fewer people are large enough to be known. */
export const mostBesideContent = 6;
/** A picture that stood still for so long gives way to the name. */
const stalledAfterMs = 3_000;
/** A picture that is on its way may take so long before the name stands in for it. */
const plateAfterMs = 500;

/** What is known of one video stream: whose it is, and how its frames come. */
export type VideoFlow = { mid: string; frames: number; lastFrameAtMs: number | null };

export type TilePlan = {
  participantId: ParticipantId;
  name: string;
  /** The video stream to show, if any. */
  mid: string | null;
  isPictureShown: boolean;
  isPlateShown: boolean;
};

/** What is shared: its video stream, and the words on it, which say whose it is. */
export type ContentPlan = { mid: string; label: string };

/** One thing at most is shared at a time. It stays while its stream does: a screen on which nothing moves sends nothing. */
export function planContent(
  roster: readonly StageParticipant[],
  streams: readonly SubscribedStream[],
): ContentPlan | null {
  const stream = streams.find(({ kind, source }) => kind === 'video' && source === 'content');
  if (!stream) return null;
  const sharer = roster.find(({ participantId }) => participantId === stream.participantId);
  return { mid: stream.mid, label: sharer?.shareLabel ?? '' };
}

/**
 * Who gets a tile, and whether it shows the picture or the name. Pure. People of the roster come in its order, those with
 * a camera on before the others; somebody who is seen before the roster names them gets a tile without a name.
 */
export function planTiles(
  roster: readonly StageParticipant[],
  streams: readonly SubscribedStream[],
  flows: ReadonlyMap<string, VideoFlow>,
  tileSinceMs: ReadonlyMap<string, number>,
  nowMs: number,
): TilePlan[] {
  const videos = new Map(
    streams.filter(({ kind, source }) => kind === 'video' && source === 'camera').map((s) => [s.participantId, s.mid]),
  );
  const named = new Set(roster.map((participant) => participant.participantId));
  const unnamed = [...videos.keys()]
    .filter((id) => !named.has(id))
    .map((participantId) => ({ participantId, name: '', isCameraOn: true }));
  const everybody = [...roster, ...unnamed];
  const ordered = [...everybody.filter((p) => p.isCameraOn), ...everybody.filter((p) => !p.isCameraOn)];
  return ordered.slice(0, maxTiles).map(({ participantId, name, isCameraOn }) => {
    const mid = videos.get(participantId) ?? null;
    const lastFrameAtMs = (mid === null ? null : flows.get(mid)?.lastFrameAtMs) ?? null;
    const isPictureShown = isCameraOn && lastFrameAtMs !== null && nowMs - lastFrameAtMs < stalledAfterMs;
    const waitsSinceMs = tileSinceMs.get(participantId) ?? nowMs;
    const isPlateShown = !isPictureShown && (!isCameraOn || nowMs - waitsSinceMs >= plateAfterMs);
    return { participantId, name, mid, isPictureShown, isPlateShown };
  });
}
