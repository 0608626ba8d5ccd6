import type { ServerMessage, SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import type { MeetingState } from './members.ts';
import type { OfferToClient } from './subscriber.ts';

/** Janus's offer in the contract's words: whose media comes on which m-line. */
export function toOfferMessage({ revision, isNew, offer }: OfferToClient, state: MeetingState): ServerMessage {
  const originOf = new Map<string, Pick<SubscribedStream, 'participantId' | 'source'>>();
  for (const { publication, participantId } of state.members.values()) {
    if (publication) originOf.set(publication.feed, { participantId, source: 'camera' });
  }
  if (state.content?.publication) {
    const { publication, participantId } = state.content;
    originOf.set(publication.feed, { participantId, source: 'content' });
  }
  const streams = offer.lines.flatMap((line): SubscribedStream[] => {
    const origin = line.source ? originOf.get(line.source.feed) : undefined;
    return origin ? [{ mid: line.mid, kind: line.kind, ...origin }] : [];
  });
  return { type: 'offer', revision, isNew, offer: offer.sdp, streams };
}
