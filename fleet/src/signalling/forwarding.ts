import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { MediaKind } from '../media-nodes/videoroom.ts';
import type { MeetingState, Member } from './members.ts';

/** Who is forwarded to whom: a receiver gets a limited number of videos and voices, whoever spoke last before others. */
export type ForwardingLimits = { videos: number; voices: number };
export type ForwardedStream = { participantId: ParticipantId; kind: MediaKind; feed: string; mid: string };

/**
 * The streams for `receiver`, in the order of joining. When there are more than fit, those that are on come first, then
 * those who spoke most recently, then those who came first: nobody is exchanged without a reason that can be seen or heard.
 */
export function chooseForwarded(
  state: MeetingState,
  receiver: ParticipantId,
  limits: ForwardingLimits,
): ForwardedStream[] {
  const others = [...state.members.values()].filter((member) => member.participantId !== receiver);
  const choose = (kind: MediaKind, count: number) =>
    others
      .filter((member) => streamOf(member, kind))
      .sort((a, b) => Number(isOn(b, kind)) - Number(isOn(a, kind)) || spokeLater(a, b) || a.order - b.order)
      .slice(0, count);
  const voices = new Set(choose('audio', limits.voices));
  const videos = new Set(choose('video', limits.videos));
  return others.flatMap((member) => [
    ...(voices.has(member) ? forwarded(member, 'audio') : []),
    ...(videos.has(member) ? forwarded(member, 'video') : []),
  ]);
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
