import type { ParticipantId } from '@anteroom/shared/ids.ts';
import {
  type ByeReason,
  type MediaState,
  resumeWithinMs,
  type ServerMessage,
} from '@anteroom/shared/signalling/messages.ts';
import { JanusError } from '../media-nodes/janus-client.ts';
import { type Announced, announcementOf, toSummary } from './announcement.ts';
import { createContentDesk } from './content-desk.ts';
import { chooseForwarded, rankForwarded, rankingKey, republishedBetween } from './forwarding.ts';
import { createHostingDesk, type HostingDesk } from './hosting-desk.ts';
import { crowdedFrom, forwardingLimits, maxEarlyCandidates, tellCrowdEveryMs } from './limits.ts';
import type { EnterResult, Entry, LiveMeeting, LiveMeetingDeps, MeetingChange, Place } from './live-meeting-types.ts';
import { type MeetingEvent, next } from './meeting-state.ts';
import { isHosting, type MeetingState, rosterOf, toSharedContent } from './members.ts';
import { createNetworkWord } from './network-word.ts';
import { createPlaceMedia } from './place-media.ts';
import { openMeetingState } from './saved-controls.ts';
import type { Session } from './session.ts';
import { createViewPace } from './view-pace.ts';

export function createLiveMeeting(deps: LiveMeetingDeps): LiveMeeting {
  const { clock, log } = deps;
  const { meetingId } = deps.meeting;
  const places = new Map<ParticipantId, Place>();
  let meeting = deps.meeting;
  let state = openMeetingState(meeting);
  let announced: Announced = { state, meeting, news: 0 };
  let isAnnouncing = false;
  let announcedAtMs = Number.NEGATIVE_INFINITY;
  let ranking = rankForwarded(state);

  const desk: HostingDesk = createHostingDesk({
    meeting: deps.meeting,
    hosting: deps.hosting,
    calling: deps.calling,
    waitingRooms: deps.waitingRooms,
    state: () => state,
    become,
    send: (to, message) => places.get(to)?.session?.send(message),
    broadcast: (message) => broadcast([message]),
    remove: (participantId) => remove(participantId, 'removed'),
    hangUp: (participantId) => {
      const session = places.get(participantId)?.session;
      leave(participantId, false);
      session?.hangUp();
    },
    onExtended: (endAt) => changeMeeting({ endAt }),
    onHostAway: () => apply({ kind: 'hostAway' }),
    onCalled: tellHosts,
    clock,
    log,
  });

  const placeMedia = createPlaceMedia({ ...deps, meetingId, places, state: () => state, apply, subscribe });

  const contentDesk = createContentDesk({ ...deps, places, state: () => state, become, apply });

  function apply(event: MeetingEvent): void {
    become(next(state, event));
  }

  function become(after: MeetingState): void {
    if (after === state) return;
    const before = state;
    state = after;
    desk.follow(before, after);
    contentDesk.follow(before, after);
    announceSoon();
  }

  /** Changes made in one go are told in one go. */
  function announceSoon(): void {
    if (isAnnouncing) return;
    isAnnouncing = true;
    const waitMs = places.size > crowdedFrom ? announcedAtMs + tellCrowdEveryMs - clock.monotonicMs() : 0;
    if (waitMs <= 0) queueMicrotask(announce);
    else clock.sleep(waitMs, { signal: deps.signal }).then(announce, () => undefined); // The service ends.
  }

  function broadcast(messages: readonly ServerMessage[]): void {
    const frames = messages.map((message) => JSON.stringify(message));
    for (const place of places.values()) {
      if (!place.isIn) continue;
      for (const frame of frames) place.session?.sendFrame(frame);
    }
  }

  function announce(): void {
    isAnnouncing = false;
    announcedAtMs = clock.monotonicMs();
    const { roster, news, newHosts } = announcementOf(announced, { state, meeting });
    announced = { state, meeting, news: announced.news + (news ? 1 : 0) };
    const forAll = [roster, news].filter((message) => message !== null);
    broadcast(forAll);
    placeMedia.closeAsDecided();
    for (const participantId of newHosts) tellHost(places.get(participantId));
    forwardAnew();
    if (forAll.length > 0) deps.onChange();
  }

  /** Everybody's subscriptions follow who is worth seeing and hearing now. */
  function forwardAnew(): void {
    const before = ranking;
    ranking = rankForwarded(state);
    const isForAll = rankingKey(ranking, forwardingLimits) !== rankingKey(before, forwardingLimits);
    const republished = republishedBetween(before, ranking);
    const isConcerned = ({ view }: Place) =>
      isForAll || view.current()?.videos.some(({ participantId }) => republished.has(participantId));
    for (const place of places.values()) if (place.isIn && isConcerned(place)) subscribe(place);
  }

  function subscribe({ media, participant, view }: Place): void {
    media?.subscriber.want(chooseForwarded(ranking, participant.participantId, forwardingLimits, view.current()));
  }

  /** What only hosts and co-hosts know: who waits, and who was called. */
  function tellHost(place: Place | undefined): void {
    place?.session?.send({ type: 'waiting', waiting: deps.waitingRooms.list(meetingId) });
    place?.session?.send({ type: 'called', called: desk.called() });
  }

  function tellHosts(): void {
    for (const [participantId, place] of places) if (isHosting(state.members.get(participantId))) tellHost(place);
    deps.onChange();
  }

  function changeMeeting(change: MeetingChange): void {
    const { subject, endAt } = { ...meeting, ...change };
    if (subject === meeting.subject && endAt === meeting.endAt) return;
    meeting = { ...meeting, subject, endAt };
    announceSoon();
  }

  function placeOf(participantId: ParticipantId, session: Session): Place | null {
    const place = places.get(participantId);
    return place?.session === session ? place : null;
  }

  function takePlace({ participant, session, early }: Entry): Place {
    const known = places.get(participant.participantId);
    if (known) {
      known.absence?.abort();
      known.absence = null;
      const replaced = known.session;
      Object.assign(known, { participant, peer: session.peer, session, early, isEntering: true });
      known.view.forget();
      known.network.forget();
      placeMedia.drop(known);
      if (replaced) deps.board.leave(replaced);
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
      view: createViewPace({ onChange: () => place.isIn && subscribe(place), clock, signal: deps.signal }),
      network: createNetworkWord({
        onChange: (trouble) => apply({ kind: 'networkTold', participantId: participant.participantId, trouble }),
        ...{ clock, signal: deps.signal },
      }),
    };
    places.set(participant.participantId, place);
    return place;
  }

  async function enter(entry: Entry): Promise<EnterResult> {
    const { participant, session, join } = entry;
    const { participantId } = participant;
    if (desk.isBanned(participant.holder)) return 'removed';
    const place = takePlace(entry);
    let answer: string | undefined;
    try {
      answer = await placeMedia.connect(place, entry, entry.meeting.capacity);
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
    // Who begins to host is told with the announcement.
    const isHostBack = isHosting(state.members.get(participantId));
    apply({ kind: 'joined', participant, media: join.media, at: clock.now().toISOString() });
    if (!join.isSharing) apply({ kind: 'screenEnded', participantId });
    session.send({
      type: 'joined',
      participantId,
      meeting: toSummary(meeting),
      controls: state.controls,
      content: toSharedContent(state.content),
      revision: state.revision,
      roster: rosterOf(state),
      chat: desk.chat(),
      ...(answer === undefined ? {} : { answer }),
    });
    if (isHostBack) tellHost(place);
    place.media?.publisher.openCandidates();
    subscribe(place);
    return 'entered';
  }

  function lose(participantId: ParticipantId, session: Session): void {
    const place = placeOf(participantId, session);
    if (!place) return;
    deps.board.leave(session);
    if (!place.isIn) {
      leave(participantId, false);
      return;
    }
    place.session = null;
    place.isEntering = false;
    place.network.forget();
    apply({ kind: 'connectionLost', participantId });
    // The media goes on: a client that only lost its signalling is still seen and heard until it is back.
    const absence = new AbortController();
    place.absence = absence;
    clock.sleep(resumeWithinMs, { signal: absence.signal }).then(
      () => leave(participantId, false),
      () => undefined, // Back in time, or removed.
    );
  }

  function leave(participantId: ParticipantId, isOwnWill: boolean): void {
    const place = places.get(participantId);
    if (!place) return;
    places.delete(participantId);
    if (place.session) deps.board.leave(place.session);
    place.absence?.abort();
    place.network.forget();
    place.session = null;
    placeMedia.drop(place);
    apply({ kind: 'left', participantId, isOwnWill });
    deps.onReleased(participantId);
    if (places.size === 0) close();
  }

  function close(): void {
    desk.dispose();
    deps.onEmpty();
  }

  function remove(participantId: ParticipantId, reason: ByeReason): void {
    const session = places.get(participantId)?.session;
    leave(participantId, reason === 'left');
    session?.bye(reason);
  }

  function setMedia(participantId: ParticipantId, media: MediaState): void {
    apply({ kind: 'mediaChanged', participantId, media });
  }

  return {
    enter,
    forget(participantId) {
      if (places.has(participantId)) return;
      deps.onReleased(participantId);
      if (places.size === 0) close();
    },
    lose,
    remove,
    control: desk.control,
    find: desk.find,
    changeMeeting,
    followWaiting: tellHosts,
    view: () => ({
      meeting: toSummary(meeting),
      controls: state.controls,
      roster: rosterOf(state),
      waiting: deps.waitingRooms.list(meetingId),
      content: toSharedContent(state.content),
      called: desk.called(),
    }),
    share: (participantId, session, message) => contentDesk.share(placeOf(participantId, session), session, message),
    publish: (participantId, session, offer) => placeMedia.publish(placeOf(participantId, session), session, offer),
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
        case 'network':
          place.network.say(message.trouble);
          return true;
        case 'roomMute':
          apply({ kind: 'roomMuteTold', participantId, isMuted: message.isMuted });
          return true;
        case 'view':
          place.view.tell(message.view);
          return true;
        case 'resubscribe':
          place.media?.subscriber.restart();
          return true;
      }
    },
    async draw(participantId, session, message) {
      if (placeOf(participantId, session)?.isIn) await deps.board.handle(session, participantId, message);
    },
    end(reason) {
      for (const participantId of [...places.keys()]) remove(participantId, reason);
    },
    participants: () => [...places].map(([participantId, { peer }]) => ({ participantId, peer })),
    changeHost: placeMedia.changeHost,
  };
}
