import type { ServerMessage, SubscribedStream } from '@anteroom/shared/signalling/messages.ts';
import type { MeetingState } from './members.ts';
import type { OfferToClient } from './subscriber.ts';

/** Janus's offer in the contract's words: whose media comes on which m-line. */
export function toOfferMessage({ revision, isNew, offer }: OfferToClient, state: MeetingState): ServerMessage {
  const ownerOf = new Map(
    [...state.members.values()].flatMap((member) =>
      member.publication ? [[member.publication.feed, member.participantId]] : [],
    ),
  );
  const streams = offer.lines.flatMap((line): SubscribedStream[] => {
    const owner = line.source ? ownerOf.get(line.source.feed) : undefined;
    return owner ? [{ mid: line.mid, participantId: owner, kind: line.kind }] : [];
  });
  return { type: 'offer', revision, isNew, offer: offer.sdp, streams };
}
