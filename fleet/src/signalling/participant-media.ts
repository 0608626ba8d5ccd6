import type { IceCandidate, PeerConnectionName } from '@anteroom/shared/signalling/messages.ts';
import { createPublisher, type Publisher, type PublisherDeps } from './publisher.ts';
import { createSubscriber, type Subscriber, type SubscriberDeps } from './subscriber.ts';

/** All peer connections of one participant on one link to the media server. */
export interface ParticipantMedia {
  /** Microphone and camera. */
  publisher: Publisher;
  /** What they share; only of use while it is the content of the meeting. */
  content: Publisher;
  subscriber: Subscriber;
  candidate(connection: PeerConnectionName, candidate: IceCandidate | null): void;
  /** Somebody receives `feed` from now on, if it is one of these. */
  requestKeyFrame(feed: string): void;
  dispose(): void;
}

/** What becomes of what is published. */
export type PublicationEvents = Pick<PublisherDeps, 'onLive' | 'onGone' | 'onTalking' | 'onUnmoderated'>;

export type ParticipantMediaDeps = Omit<PublisherDeps, 'onCandidate' | keyof PublicationEvents> &
  Omit<SubscriberDeps, 'onCandidate'> & {
    camera: PublicationEvents;
    content: PublicationEvents;
    onCandidate: (connection: PeerConnectionName, candidate: IceCandidate | null) => void;
  };

export function createParticipantMedia(deps: ParticipantMediaDeps): ParticipantMedia {
  const of = (connection: PeerConnectionName) => ({
    ...deps,
    onCandidate: (candidate: IceCandidate | null) => deps.onCandidate(connection, candidate),
  });
  const publisher = createPublisher({ ...of('publish'), ...deps.camera });
  const content = createPublisher({ ...of('content'), ...deps.content });
  const subscriber = createSubscriber(of('subscribe'));
  const connections = { publish: publisher, content, subscribe: subscriber } as const;
  return {
    publisher,
    content,
    subscriber,
    candidate: (connection, candidate) => connections[connection].candidate(candidate),
    requestKeyFrame(feed) {
      publisher.requestKeyFrame(feed);
      content.requestKeyFrame(feed);
    },
    dispose() {
      publisher.dispose();
      content.dispose();
      subscriber.dispose();
    },
  };
}
