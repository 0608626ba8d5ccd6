import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { JanusError } from '../media-nodes/janus-client.ts';
import type { RoomHost } from '../media-nodes/room-host.ts';
import type { MediaKind } from '../media-nodes/videoroom.ts';
import { roomDefaults } from './limits.ts';
import type { Entry, Place } from './live-meeting-types.ts';
import { decidedBefore, type MeetingEvent } from './meeting-state.ts';
import type { MeetingState } from './members.ts';
import { toOfferMessage } from './offer-message.ts';
import { createParticipantMedia, type ParticipantMedia } from './participant-media.ts';
import type { AdmittedParticipant } from './ports.ts';
import type { Session } from './session.ts';

/**
 * The media of the places of one meeting: made when somebody joins, made again when the media server came back empty,
 * closed as hosts decided. Who sees whom is decided elsewhere.
 */
export interface PlaceMedia {
  /**
   * Makes the media of a join, once more when the media server went away meanwhile; resolves with the answer to its
   * offer. Rejects with a `JanusError` when there is none.
   */
  connect(place: Place, entry: Entry, seats: number): Promise<string | undefined>;
  /** A new publish offer, answered on the session of whoever sent it, who may have no place any more. */
  publish(place: Place | null, session: Session, offer: string): Promise<void>;
  drop(place: Place): void;
  /** Brings every publication to what hosts decided. */
  closeAsDecided(): void;
  /** The media server is gone, or there is a new one without any room. */
  changeHost(host: RoomHost | null): void;
}

export type PlaceMediaDeps = {
  meetingId: string;
  places: ReadonlyMap<ParticipantId, Place>;
  state: () => MeetingState;
  apply: (event: MeetingEvent) => void;
  /** Gives a place the streams that it is to receive. */
  subscribe: (place: Place) => void;
  host: RoomHost | null;
  waitForHost: () => Promise<RoomHost | null>;
  /** Ends with the service. */
  signal: AbortSignal;
  clock: Clock;
  log: Logger;
};

export function createPlaceMedia(deps: PlaceMediaDeps): PlaceMedia {
  const { places, apply, clock, log } = deps;
  let host = deps.host;
  let seats = 0;
  let publications = 0;

  /** Also before they are in: nobody hears the first moment of somebody who was muted before. */
  function closedFor(participant: AdmittedParticipant): ReadonlySet<MediaKind> {
    const state = deps.state();
    const decided = state.members.get(participant.participantId) ?? decidedBefore(state, participant);
    const closed = new Set<MediaKind>();
    if (decided.isMutedByHost) closed.add('audio');
    if (decided.isCameraStoppedByHost) closed.add('video');
    return closed;
  }

  async function make(place: Place, on: RoomHost): Promise<ParticipantMedia> {
    const { participantId } = place.participant;
    const settings = { ...roomDefaults, publishers: seats * 2 + 4 };
    const room = await on.room(deps.meetingId, settings, deps.signal);
    const media = createParticipantMedia({
      host: on,
      room,
      clock,
      log,
      nextFeed: () => `${participantId}.${++publications}`,
      nextRevision: () => ++place.revisions,
      onCandidate: (connection, candidate) => place.session?.send({ type: 'candidate', connection, candidate }),
      onOffer: (offer) => place.session?.send(toOfferMessage(offer, deps.state())),
      onKeyFrameWanted: requestKeyFrame,
      camera: {
        onLive: (publication) => apply({ kind: 'publicationLive', participantId, publication }),
        onGone: (feed) => apply({ kind: 'publicationGone', participantId, feed }),
        onTalking: (isTalking) =>
          apply({ kind: 'talking', participantId, isTalking, atMs: Math.round(clock.monotonicMs()) }),
        onUnmoderated: () => place.session?.send({ type: 'republish' }),
      },
      content: {
        onLive: (publication) => apply({ kind: 'contentLive', participantId, publication }),
        onGone: (feed) => apply({ kind: 'contentGone', participantId, feed }),
        onTalking: () => undefined, // The sound of a screen is nobody's voice.
        onUnmoderated: () => undefined, // Hosts close nothing of a screen: they end it.
      },
    });
    media.publisher.close(closedFor(place.participant));
    return media;
  }

  /** Whose feed it is, knows it. */
  function requestKeyFrame(feed: string): void {
    for (const { media } of places.values()) media?.requestKeyFrame(feed);
  }

  function drop(place: Place): void {
    place.media?.dispose();
    place.media = null;
  }

  async function restore(place: Place, on: RoomHost): Promise<void> {
    const media = await make(place, on);
    if (host !== on || place.session === null || place.media !== null) return media.dispose();
    place.media = media;
    deps.subscribe(place);
    place.session.send({ type: 'republish' });
  }

  return {
    async connect(place, { session, join }, capacity) {
      seats = capacity;
      for (let attempt = 1; ; attempt++) {
        const on = host ?? (await deps.waitForHost());
        if (on === null) throw new JanusError('closed', 'no media server');
        try {
          const media = await make(place, on);
          if (place.session !== session) {
            media.dispose();
            return undefined;
          }
          place.media = media;
          if (join.offer === undefined) return undefined;
          const answering = media.publisher.publish(join.offer, deps.signal);
          for (const { connection, candidate } of place.early) media.candidate(connection, candidate);
          return await answering;
        } catch (error) {
          if (place.session !== session) return undefined;
          drop(place);
          const isServerGone = error instanceof JanusError && error.fault === 'closed';
          if (!isServerGone || attempt === 2) throw error;
        }
      }
    },
    async publish(place, session, offer) {
      if (!place?.media) return session.fault({ code: 'media_unavailable', detail: 'wait for republish' });
      const { media } = place;
      try {
        const answer = await media.publisher.publish(offer, deps.signal);
        if (place.media !== media || place.session !== session) return;
        session.send({ type: 'published', answer });
        media.publisher.openCandidates();
      } catch (error) {
        if (place.media !== media || place.session !== session) return;
        const isRefused = error instanceof JanusError && error.fault === 'refused';
        log.warn({ err: error }, 'publishing failed');
        session.fault(
          isRefused
            ? { code: 'media_offer_invalid', detail: error.message }
            : { code: 'media_unavailable', detail: 'send publish again' },
        );
      }
    },
    drop,
    closeAsDecided() {
      for (const place of places.values()) place.media?.publisher.close(closedFor(place.participant));
    },
    changeHost(nextHost) {
      host = nextHost;
      for (const place of places.values()) {
        // A join that is under way makes its own media.
        if (place.isEntering) continue;
        drop(place);
        if (host === null || place.session === null) continue;
        restore(place, host).catch((error: unknown) => log.warn({ err: error }, 'media not restored'));
      }
      apply({ kind: 'mediaServerLost' });
    },
  };
}
