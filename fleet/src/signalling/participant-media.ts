import type { IceCandidate, PeerConnectionName } from '@anteroom/shared/signalling/messages.ts';
import { createPublisher, type Publisher, type PublisherDeps } from './publisher.ts';
import { createSubscriber, type Subscriber, type SubscriberDeps } from './subscriber.ts';

/** Both peer connections of one participant on one link to the media server. */
export interface ParticipantMedia {
  publisher: Publisher;
  subscriber: Subscriber;
  candidate(connection: PeerConnectionName, candidate: IceCandidate | null): void;
  dispose(): void;
}

export type ParticipantMediaDeps = Omit<PublisherDeps, 'onCandidate'> &
  Omit<SubscriberDeps, 'onCandidate'> & {
    onCandidate: (connection: PeerConnectionName, candidate: IceCandidate | null) => void;
  };

export function createParticipantMedia(deps: ParticipantMediaDeps): ParticipantMedia {
  const publisher = createPublisher({ ...deps, onCandidate: (candidate) => deps.onCandidate('publish', candidate) });
  const subscriber = createSubscriber({
    ...deps,
    onCandidate: (candidate) => deps.onCandidate('subscribe', candidate),
  });
  return {
    publisher,
    subscriber,
    candidate: (connection, candidate) =>
      connection === 'publish' ? publisher.candidate(candidate) : subscriber.candidate(candidate),
    dispose() {
      publisher.dispose();
      subscriber.dispose();
    },
  };
}
