import type { ParticipantId } from '@anteroom/shared/ids.ts';
import {
  type ByeReason,
  type ClientMessage,
  type MediaState,
  type RosterEntry,
  resumeWithinMs,
} from '@anteroom/shared/signalling/messages.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { JanusError } from '../media-nodes/janus-client.ts';
import type { RoomHost } from '../media-nodes/room-host.ts';
import { chooseForwarded } from './forwarding.ts';
import { forwardingLimits, maxEarlyCandidates, roomDefaults } from './limits.ts';
import { emptyMeeting, type MeetingEvent, next, rosterOf } from './meeting-state.ts';
import { toOfferMessage } from './offer-message.ts';
import { createParticipantMedia, type ParticipantMedia } from './participant-media.ts';
import type { AdmittedMeeting, AdmittedParticipant, SignallingPeer } from './ports.ts';
import type { Session } from './session.ts';

/**
 * One meeting while somebody is in it: the places of its participants, their sockets and their media. Who may enter was
 * decided before; this decides who sees whom.
 */
export interface LiveMeeting {
  /** Takes or takes back the participant's place. An earlier socket of the same participant is told so. */
  enter(entry: Entry): Promise<EnterResult>;
  /** Gives back the seat of somebody admitted who went away before entering; a place that is taken stays. */
  forget(participantId: ParticipantId): void;
  publish(participantId: ParticipantId, session: Session, offer: string): Promise<void>;
  /** The message to one participant's media or state; false when it does not fit. */
  handle(participantId: ParticipantId, session: Session, message: PlaceMessage): boolean;
  /** The socket is gone; the place is kept for a while. */
  lose(participantId: ParticipantId, session: Session): void;
  remove(participantId: ParticipantId, reason: ByeReason): void;
  end(reason: ByeReason): void;
  participants(): { participantId: ParticipantId; peer: SignallingPeer }[];
  roster(): RosterEntry[];
  /** The media server is gone, or there is a new one without any room. */
  changeHost(host: RoomHost | null): void;
}

export type JoinMessage = Extract<ClientMessage, { type: 'join' }>;
export type PlaceMessage = Extract<ClientMessage, { type: 'answer' | 'candidate' | 'media' | 'resubscribe' }>;
export type CandidateMessage = Extract<ClientMessage, { type: 'candidate' }>;
export type Entry = {
  meeting: AdmittedMeeting;
  participant: AdmittedParticipant;
  session: Session;
  join: JoinMessage;
  /** Candidates that came before the place was taken. */
  early: CandidateMessage[];
};
export type EnterResult = 'entered' | 'media_unavailable' | 'media_failed' | 'replaced';

export type LiveMeetingDeps = {
  meetingId: string;
  host: RoomHost | null;
  /** Waits a moment for a media server that restarts; null when it did not come. */
  waitForHost: () => Promise<RoomHost | null>;
  /** Ends with the service. */
  signal: AbortSignal;
  onReleased: (participantId: ParticipantId) => void;
  onEmpty: () => void;
  clock: Clock;
  log: Logger;
};

type Place = {
  participant: AdmittedParticipant;
  peer: SignallingPeer;
  session: Session | null;
  media: ParticipantMedia | null;
  revisions: number;
  /** Candidates that wait for the media. */
  early: CandidateMessage[];
  /** A join is under way, which makes the media itself. */
  isEntering: boolean;
  /** False until `joined` was said for the first time. */
  isIn: boolean;
  /** Ends the wait for the participant to come back. */
  absence: AbortController | null;
};

export function createLiveMeeting(deps: LiveMeetingDeps): LiveMeeting {
  const { meetingId, clock, log } = deps;
  const places = new Map<ParticipantId, Place>();
  let state = emptyMeeting;
  let announced = state;
  let host = deps.host;
  let isAnnouncing = false;
  let publications = 0;
  let seats = 0;

  function apply(event: MeetingEvent): void {
    const after = next(state, event);
    if (after === state) return;
    state = after;
    if (isAnnouncing) return;
    isAnnouncing = true;
    // Changes made in one go are told in one go.
    queueMicrotask(announce);
  }

  function announce(): void {
    isAnnouncing = false;
    const isRosterNew = state.revision !== announced.revision;
    announced = state;
    const roster = rosterOf(state);
    for (const [participantId, place] of places) {
      if (!place.isIn) continue;
      if (isRosterNew) place.session?.send({ type: 'roster', revision: state.revision, roster });
      place.media?.subscriber.want(chooseForwarded(state, participantId, forwardingLimits));
    }
  }

  function placeOf(participantId: ParticipantId, session: Session): Place | null {
    const place = places.get(participantId);
    return place?.session === session ? place : null;
  }

  function dropMedia(place: Place): void {
    place.media?.dispose();
    place.media = null;
  }

  async function makeMedia(place: Place, on: RoomHost): Promise<ParticipantMedia> {
    const { participantId } = place.participant;
    const settings = { ...roomDefaults, publishers: seats * 2 + 4 };
    const room = await on.room(meetingId, settings, deps.signal);
    const media = createParticipantMedia({
      host: on,
      room,
      clock,
      log,
      nextFeed: () => `${participantId}.${++publications}`,
      nextRevision: () => ++place.revisions,
      onCandidate: (connection, candidate) => place.session?.send({ type: 'candidate', connection, candidate }),
      onOffer: (offer) => place.session?.send(toOfferMessage(offer, state)),
      onBegun: requestKeyFrame,
      onLive: (publication) => apply({ kind: 'publicationLive', participantId, publication }),
      onGone: (feed) => apply({ kind: 'publicationGone', participantId, feed }),
      onTalking: (isTalking) =>
        apply({ kind: 'talking', participantId, isTalking, atMs: Math.round(clock.monotonicMs()) }),
    });
    return media;
  }

  /** Whose feed it is, knows it. */
  function requestKeyFrame(feed: string): void {
    for (const { media } of places.values()) media?.publisher.requestKeyFrame(feed);
  }

  /** Makes the media of a join; once more when the media server went away meanwhile. */
  async function connectMedia(place: Place, { session, join }: Entry): Promise<string | undefined> {
    for (let attempt = 1; ; attempt++) {
      const on = host ?? (await deps.waitForHost());
      if (on === null) throw new JanusError('closed', 'no media server');
      try {
        const media = await makeMedia(place, on);
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
        dropMedia(place);
        const isServerGone = error instanceof JanusError && error.fault === 'closed';
        if (!isServerGone || attempt === 2) throw error;
      }
    }
  }

  function takePlace({ participant, session, early }: Entry): Place {
    const known = places.get(participant.participantId);
    if (known) {
      known.absence?.abort();
      known.absence = null;
      const replaced = known.session;
      Object.assign(known, { participant, peer: session.peer, session, early, isEntering: true });
      dropMedia(known);
      replaced?.bye('joined_elsewhere');
      return known;
    }
    const place: Place = {
      participant,
      peer: session.peer,
      session,
      media: null,
      revisions: 0,
      early,
      isEntering: true,
      isIn: false,
      absence: null,
    };
    places.set(participant.participantId, place);
    return place;
  }

  async function enter(entry: Entry): Promise<EnterResult> {
    const { participant, session, join } = entry;
    const { participantId } = participant;
    seats = entry.meeting.capacity;
    const place = takePlace(entry);
    let answer: string | undefined;
    try {
      answer = await connectMedia(place, entry);
    } catch (error) {
      if (place.session !== session) return 'replaced';
      place.isEntering = false;
      const isRefused = error instanceof JanusError && error.fault === 'refused';
      log.warn({ err: error }, 'join without media refused');
      lose(participantId, session);
      return isRefused ? 'media_failed' : 'media_unavailable';
    }
    if (place.session !== session) return 'replaced';
    place.isEntering = false;
    place.isIn = true;
    apply({ kind: 'joined', participant, media: join.media, at: clock.now().toISOString() });
    session.send({
      type: 'joined',
      participantId,
      meeting: toSummary(entry.meeting),
      roster: rosterOf(state),
      ...(answer === undefined ? {} : { answer }),
    });
    place.media?.publisher.openCandidates();
    place.media?.subscriber.want(chooseForwarded(state, participantId, forwardingLimits));
    return 'entered';
  }

  function lose(participantId: ParticipantId, session: Session): void {
    const place = placeOf(participantId, session);
    if (!place) return;
    if (!place.isIn) {
      leave(participantId);
      return;
    }
    place.session = null;
    place.isEntering = false;
    apply({ kind: 'connectionLost', participantId });
    // The media goes on: a client that only lost its signalling is still seen and heard until it is back.
    const absence = new AbortController();
    place.absence = absence;
    clock.sleep(resumeWithinMs, { signal: absence.signal }).then(
      () => leave(participantId),
      () => undefined, // Back in time, or removed.
    );
  }

  function leave(participantId: ParticipantId): void {
    const place = places.get(participantId);
    if (!place) return;
    places.delete(participantId);
    place.absence?.abort();
    place.session = null;
    dropMedia(place);
    apply({ kind: 'left', participantId });
    deps.onReleased(participantId);
    if (places.size === 0) deps.onEmpty();
  }

  function remove(participantId: ParticipantId, reason: ByeReason): void {
    const session = places.get(participantId)?.session;
    leave(participantId);
    session?.bye(reason);
  }

  function setMedia(participantId: ParticipantId, media: MediaState): void {
    apply({ kind: 'mediaChanged', participantId, media });
  }

  async function reconnect(place: Place, on: RoomHost): Promise<void> {
    const media = await makeMedia(place, on);
    if (host !== on || place.session === null || place.media !== null) return media.dispose();
    place.media = media;
    media.subscriber.want(chooseForwarded(state, place.participant.participantId, forwardingLimits));
    place.session.send({ type: 'republish' });
  }

  return {
    enter,
    forget(participantId) {
      if (places.has(participantId)) return;
      deps.onReleased(participantId);
      if (places.size === 0) deps.onEmpty();
    },
    lose,
    remove,
    async publish(participantId, session, offer) {
      const place = placeOf(participantId, session);
      if (!place?.media) {
        return session.fault({ code: 'media_unavailable', detail: 'wait for republish' });
      }
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
    handle(participantId, session, message) {
      const place = placeOf(participantId, session);
      if (!place) return false;
      switch (message.type) {
        case 'answer':
          return place.media?.subscriber.answer(message.revision, message.answer) ?? true;
        case 'candidate':
          if (place.media) place.media.candidate(message.connection, message.candidate);
          else if (place.early.length < maxEarlyCandidates) place.early.push(message);
          return true;
        case 'media':
          setMedia(participantId, message.media);
          return true;
        case 'resubscribe':
          place.media?.subscriber.restart();
          return true;
      }
    },
    end(reason) {
      for (const participantId of [...places.keys()]) remove(participantId, reason);
    },
    participants: () => [...places].map(([participantId, { peer }]) => ({ participantId, peer })),
    roster: () => rosterOf(state),
    changeHost(nextHost) {
      host = nextHost;
      for (const place of places.values()) {
        // A join that is under way makes its own media.
        if (place.isEntering) continue;
        dropMedia(place);
        if (host === null || place.session === null) continue;
        reconnect(place, host).catch((error: unknown) => log.warn({ err: error }, 'media not restored'));
      }
      apply({ kind: 'mediaServerLost' });
    },
  };
}

function toSummary({ meetingId, number, subject, startAt, endAt }: AdmittedMeeting) {
  return { meetingId, number, subject, startAt, endAt };
}
