import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { MediaKind } from '../media-nodes/videoroom.ts';
import type { MeetingState, Member } from './members.ts';

/** Who is forwarded to whom: a receiver gets a limited number of videos and voices, whoever spoke last before others. */
export type ForwardingLimits = { videos: number; voices: number };
export type ForwardedStream = { participantId: ParticipantId; kind: MediaKind; feed: string; mid: string };

/** Everybody who sends something, those first who are forwarded before others: made once for all receivers. */
export type Ranking = Readonly<Record<MediaKind, readonly Member[]>>;

/**
 * Those whom everybody is to see come first, then those that are on, then those who spoke most recently, then those who
 * came first: nobody is exchanged without a reason that can be seen or heard.
 */
export function rankForwarded(state: MeetingState): Ranking {
  const { spotlight } = state.controls;
  const rank = (kind: MediaKind) =>
    [...state.members.values()]
      .filter((member) => streamOf(member, kind))
      .sort(
        (a, b) =>
          Number(b.participantId === spotlight) - Number(a.participantId === spotlight) ||
          Number(isOn(b, kind)) - Number(isOn(a, kind)) ||
          spokeLater(a, b) ||
          a.order - b.order,
      );
  return { audio: rank('audio'), video: rank('video') };
}

/** The streams for `receiver`, in the order of joining. */
export function chooseForwarded(
  ranking: Ranking,
  receiver: ParticipantId,
  limits: ForwardingLimits,
): ForwardedStream[] {
  const choose = (kind: MediaKind, count: number) => {
    const first = ranking[kind].slice(0, count + 1);
    return new Set(first.filter((member) => member.participantId !== receiver).slice(0, count));
  };
  const [voices, videos] = [choose('audio', limits.voices), choose('video', limits.videos)];
  return [...new Set([...voices, ...videos])]
    .sort((a, b) => a.order - b.order)
    .flatMap((member) => [
      ...(voices.has(member) ? forwarded(member, 'audio') : []),
      ...(videos.has(member) ? forwarded(member, 'video') : []),
    ]);
}

/** The same text as long as no receiver is to get anything else. */
export function rankingKey(ranking: Ranking, limits: ForwardingLimits): string {
  const key = (kind: MediaKind, count: number) =>
    ranking[kind].slice(0, count + 1).map(({ participantId, publication }) => [participantId, publication?.feed]);
  return JSON.stringify([key('audio', limits.voices), key('video', limits.videos)]);
}

function isOn(member: Member, kind: MediaKind): boolean {
  return kind === 'audio' ? member.media.isMicrophoneOn : member.media.isCameraOn;
}

function spokeLater(a: Member, b: Member): number {
  return (b.lastSpokeMs ?? Number.NEGATIVE_INFINITY) === (a.lastSpokeMs ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (b.lastSpokeMs ?? Number.NEGATIVE_INFINITY) - (a.lastSpokeMs ?? Number.NEGATIVE_INFINITY);
}

function streamOf(member: Member, kind: MediaKind) {
  return member.publication?.streams.find((stream) => stream.kind === kind);
}

function forwarded(member: Member, kind: MediaKind): ForwardedStream[] {
  const stream = streamOf(member, kind);
  if (!stream || !member.publication) return [];
  return [{ participantId: member.participantId, kind, feed: member.publication.feed, mid: stream.mid }];
}
