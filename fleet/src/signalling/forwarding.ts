import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import type { MediaKind, VideoLayer } from '../media-nodes/videoroom.ts';
import type { Content, MeetingState, Member, Publication } from './members.ts';

/**
 * Who is forwarded to whom: a receiver gets a limited number of videos and voices. What its layout shows comes first, then
 * whoever spoke last.
 */
export type ForwardingLimits = { videos: number; voices: number };
export type ForwardedStream = {
  participantId: ParticipantId;
  kind: MediaKind;
  feed: string;
  mid: string;
  /** Of a video that has layers; null for whatever comes as it is. */
  layer: VideoLayer | null;
};

/**
 * Everybody who sends something, those first who are forwarded before others, and what is shared: made once for all
 * receivers.
 */
export type Ranking = Readonly<Record<MediaKind, readonly Member[]>> & {
  readonly content: Content | null;
  readonly members: MeetingState['members'];
};

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
  return { audio: rank('audio'), video: rank('video'), content: state.content, members: state.members };
}

/**
 * The streams for `receiver`: what is shared, beside the limits; then people, in the order of joining. `view` is null for
 * receivers that do not say what they show.
 */
export function chooseForwarded(
  ranking: Ranking,
  receiver: ParticipantId,
  limits: ForwardingLimits,
  view: MeetingView | null,
): ForwardedStream[] {
  const choose = (kind: MediaKind, count: number) => {
    const first = ranking[kind].slice(0, count + 1);
    return new Set(first.filter((member) => member.participantId !== receiver).slice(0, count));
  };
  const voices = choose('audio', limits.voices);
  const videos = view ? chooseViewed(ranking, receiver, limits, view) : choose('video', limits.videos);
  const heights = view && new Map(view.videos.map(({ participantId, heightPx }) => [participantId, heightPx]));
  const layerOf = (id: ParticipantId) => (heights ? layerFor(heights.get(id) ?? 0) : 'high');
  const people = [...new Set([...voices, ...videos])].sort((a, b) => a.order - b.order);
  const { content } = ranking;
  return [
    ...(content && content.participantId !== receiver
      ? [...forwarded(content, 'audio', null), ...forwarded(content, 'video', 'high')]
      : []),
    ...people.flatMap((member) => [
      ...(voices.has(member) ? forwarded(member, 'audio', null) : []),
      ...(videos.has(member) ? forwarded(member, 'video', layerOf(member.participantId)) : []),
    ]),
  ];
}

function chooseViewed(
  ranking: Ranking,
  receiver: ParticipantId,
  limits: ForwardingLimits,
  view: MeetingView,
): ReadonlySet<Member> {
  const count = Math.min(limits.videos, view.mostVideos);
  const viewed = view.videos.flatMap(({ participantId }) => {
    const member = ranking.members.get(participantId);
    return member && streamOf(member, 'video') ? [member] : [];
  });
  const chosen = new Set<Member>();
  for (const member of [...viewed, ...ranking.video.slice(0, count + 1)]) {
    if (chosen.size < count && member.participantId !== receiver) chosen.add(member);
  }
  return chosen;
}

/** A browser sends 180, 360 and 720 lines; a picture may be drawn a third larger than it is before it looks soft. */
const layersUpTo = [
  { heightPx: 240, layer: 'low' },
  { heightPx: 480, layer: 'medium' },
] as const;

export function layerFor(heightPx: number): VideoLayer {
  return layersUpTo.find((step) => heightPx <= step.heightPx)?.layer ?? 'high';
}

/** Whose media came, went or was made anew between two rankings. */
export function republishedBetween(before: Ranking, after: Ranking): ReadonlySet<ParticipantId> {
  const ids = [...new Set([...before.members.keys(), ...after.members.keys()])];
  const publicationOf = ({ members }: Ranking, id: ParticipantId) => members.get(id)?.publication ?? null;
  return new Set(ids.filter((id) => publicationOf(before, id) !== publicationOf(after, id)));
}

/** The same text as long as no receiver that does not say what it shows is to get anything else. */
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

function forwarded(sender: Sender, kind: MediaKind, layer: VideoLayer | null): ForwardedStream[] {
  const stream = streamOf(sender, kind);
  if (!stream || !sender.publication) return [];
  return [
    {
      participantId: sender.participantId,
      kind,
      feed: sender.publication.feed,
      mid: stream.mid,
      layer: stream.hasLayers ? layer : null,
    },
  ];
}
