import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { MediaKind } from '../media-nodes/videoroom.ts';
import type { Content, MeetingState, Member, Publication } from './members.ts';

/** Who is forwarded to whom: a receiver gets a limited number of videos and voices, whoever spoke last before others. */
export type ForwardingLimits = { videos: number; voices: number };
export type ForwardedStream = { participantId: ParticipantId; kind: MediaKind; feed: string; mid: string };

/**
 * Everybody who sends something, those first who are forwarded before others, and what is shared: made once for all
 * receivers.
 */
export type Ranking = Readonly<Record<MediaKind, readonly Member[]> & { content: Content | null }>;

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
  return { audio: rank('audio'), video: rank('video'), content: state.content };
}

/** The streams for `receiver`: what is shared, beside the limits; then people, in the order of joining. */
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
  const people = [...new Set([...voices, ...videos])].sort((a, b) => a.order - b.order);
  const { content } = ranking;
  return [
    ...(content && content.participantId !== receiver
      ? [...forwarded(content, 'audio'), ...forwarded(content, 'video')]
      : []),
    ...people.flatMap((member) => [
      ...(voices.has(member) ? forwarded(member, 'audio') : []),
      ...(videos.has(member) ? forwarded(member, 'video') : []),
    ]),
  ];
}

/** The same text as long as no receiver is to get anything else. */
export function rankingKey(ranking: Ranking, limits: ForwardingLimits): string {
  const key = (kind: MediaKind, count: number) =>
    ranking[kind].slice(0, count + 1).map(({ participantId, publication }) => [participantId, publication?.feed]);
  return JSON.stringify([key('audio', limits.voices), key('video', limits.videos), ranking.content?.publication?.feed]);
}

function isOn(member: Member, kind: MediaKind): boolean {
  return kind === 'audio' ? member.media.isMicrophoneOn : member.media.isCameraOn;
}

function spokeLater(a: Member, b: Member): number {
  return (b.lastSpokeMs ?? Number.NEGATIVE_INFINITY) === (a.lastSpokeMs ?? Number.NEGATIVE_INFINITY)
    ? 0
    : (b.lastSpokeMs ?? Number.NEGATIVE_INFINITY) - (a.lastSpokeMs ?? Number.NEGATIVE_INFINITY);
}

type Sender = { participantId: ParticipantId; publication: Publication | null };

function streamOf({ publication }: Sender, kind: MediaKind) {
  return publication?.streams.find((stream) => stream.kind === kind);
}

function forwarded(sender: Sender, kind: MediaKind): ForwardedStream[] {
  const stream = streamOf(sender, kind);
  if (!stream || !sender.publication) return [];
  return [{ participantId: sender.participantId, kind, feed: sender.publication.feed, mid: stream.mid }];
}
