import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { MissedCall } from '@anteroom/shared/panel/state.ts';
import { PROTOCOL_VERSION } from '@anteroom/shared/protocol/version.ts';
import type { MediaState, RosterEntry, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster, type Roster } from '@anteroom/shared/signalling/roster.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { EventDetail, EventKind } from '../link/link.ts';
import type { Effect, HostWish, Meeting, MeetingEvent } from '../meeting/types.ts';
import {
  type MediaCall,
  type MediaCallEvent,
  MediaError,
  type MediaPort,
  type Peripheral,
  type StageCaption,
} from '../ports/media.ts';
import type { Document } from '../ports/store.ts';
import type { LineEvent, SignallingLine } from '../signalling/line.ts';
import type { CallMemory } from './call-memory.ts';

/**
 * Does what the meeting state machine decided: takes media, talks signalling, and brings SDP and candidates from one to
 * the other. It decides nothing; what it learns goes back to the machine as events.
 */
export interface CallRunner extends AsyncDisposable {
  run(effect: Effect): void;
  follow(event: LineEvent): void;
  /** The room's speaker was turned up or down. */
  applyVolume(): void;
}

export type CallRunnerDeps = {
  media: MediaPort;
  /** False for a simulated terminal without media: it joins to watch, publishes nothing and answers no offer. */
  isPublishing: boolean;
  line: SignallingLine;
  /** Where a restarted agent finds the call; null while the terminal belongs to nobody. */
  memory(): Document<CallMemory> | null;
  clock: Clock;
  log: Logger;
  volumePercent(): number;
  /** What the room's setting makes of a host's wish to hear or see it. */
  hostWishManner(): HostWish['manner'];
  caption(meeting: Meeting): StageCaption;
  announce(kind: EventKind, detail: EventDetail): void;
  rememberMissed(missed: readonly MissedCall[]): void;
  onPeripheral(seen: Peripheral): void;
  dispatch(event: MeetingEvent): void;
};

type Current = {
  meeting: Meeting;
  media: MediaState;
  mediaCall: MediaCall | null;
  /** The offer of this media process has been answered: the next one has to be made anew. */
  isOfferUsed: boolean;
  /** As it is shown, and as the fleet told it last. */
  roster: readonly RosterEntry[];
  told: Roster;
  ended: AbortController;
  /** The connection on which a join was sent, and whose offer it bore. */
  asked: { connection: number; offerOf: MediaCall | null } | null;
  /** The connection on which the fleet let this room in. */
  joinedOn: number | null;
};

/** The fleet's media server is away for a moment: the offer is made again after this. */
const publishAgainMs = 300;
const nobody = openRoster({ revision: 0, roster: [] });

export function createCallRunner(deps: CallRunnerDeps): CallRunner {
  const { media, isPublishing, line, memory, clock, log, caption, announce, onPeripheral, dispatch } = deps;
  let current: Current | null = null;
  /** The last request to lift a host's mute. */
  let lastControl = 0;
  let ending: Promise<unknown> = Promise.resolve();
  let writing: Promise<unknown> = Promise.resolve();

  function takeMedia(call: Current): void {
    if (!isPublishing) return;
    const taken = media.take({ media: call.media, caption: caption(call.meeting) });
    call.mediaCall = taken;
    taken.setVolume(deps.volumePercent());
    call.isOfferUsed = false;
    taken.onEvent((event) => {
      if (current === call && call.mediaCall === taken) followMedia(call, taken, event);
    });
    taken.open();
  }

  function followMedia(call: Current, taken: MediaCall, event: MediaCallEvent): void {
    switch (event.type) {
      case 'candidate':
        line.send({ type: 'candidate', connection: event.connection, candidate: event.candidate });
        return;
      case 'connection':
        if (event.connection === 'publish') {
          if (event.state === 'connected') dispatch({ from: 'own', type: 'mediaUp' });
          // Before the first answer there is nothing that could have failed.
          else if (event.state === 'failed' && call.isOfferUsed) dispatch({ from: 'own', type: 'mediaBroken' });
        } else if (event.state === 'failed') line.send({ type: 'resubscribe' });
        return;
      case 'firstFrame':
        dispatch({ from: 'own', type: 'firstFrame', elapsedMs: event.atMonotonicMs });
        return;
      case 'died':
        // Taken out first: the next process must not find it.
        call.mediaCall = null;
        void dispose(taken);
        dispatch({ from: 'own', type: 'mediaDied', detail: `${event.reason}: ${event.detail}` });
        return;
      case 'peripheral':
        onPeripheral(event.peripheral);
        return;
      case 'error':
      case 'stats':
      case 'levels':
        // Media logs its own faults; a fault that ends the process comes as its death.
        return;
      default:
        assertNever(event);
    }
  }

  async function dispose(taken: MediaCall): Promise<void> {
    try {
      await taken[Symbol.asyncDispose]();
    } catch (cause) {
      log.error({ err: cause }, 'media not closed');
    }
  }

  /** The offer of the present media process, made anew when the last one was used; null when it cannot be had. */
  async function makeOffer(call: Current, mediaCall: MediaCall): Promise<string | null> {
    const { signal } = call.ended;
    try {
      const offer = await (call.isOfferUsed ? mediaCall.republish({ signal }) : mediaCall.publishOffer({ signal }));
      if (current !== call || call.mediaCall !== mediaCall) return null;
      call.isOfferUsed = false;
      return offer;
    } catch (cause) {
      // A death is an event of its own, and a call that ended needs no offer.
      if (!signal.aborted && !(cause instanceof MediaError)) throw cause;
      log.debug({ err: cause }, 'no offer');
      return null;
    }
  }

  /** Asks the fleet to let this room in, with the offer in the same message. */
  async function ask(call: Current): Promise<void> {
    const connection = line.connection();
    if (connection === null || call.asked?.connection === connection) return;
    const { mediaCall } = call;
    call.asked = { connection, offerOf: mediaCall };
    const offer = mediaCall ? await makeOffer(call, mediaCall) : null;
    if (current !== call || line.connection() !== connection) return;
    if (isPublishing && offer === null) {
      // The process went away meanwhile: ask with the next one.
      call.asked = null;
      if (call.mediaCall && call.mediaCall !== mediaCall) await ask(call);
      return;
    }
    const ticket = call.meeting.ticket ?? '';
    const join = { type: 'join', v: PROTOCOL_VERSION, ticket, media: call.media } as const;
    line.send(offer === null ? join : { ...join, offer });
  }

  async function publish(call: Current, { resubscribes }: { resubscribes: boolean }): Promise<void> {
    const { mediaCall, joinedOn } = call;
    // A connection that is not in the meeting yet gets its offer with its join.
    if (!mediaCall || joinedOn === null) return;
    const offering = makeOffer(call, mediaCall);
    // First, because the fleet follows it while it still negotiates what is published.
    if (resubscribes) line.send({ type: 'resubscribe' });
    const offer = await offering;
    if (offer === null || joinedOn !== line.connection()) return;
    line.send({ type: 'publish', offer });
  }

  function applyAnswer(call: Current, answer: string, mediaCall: MediaCall | null): void {
    if (!mediaCall || mediaCall !== call.mediaCall) return;
    call.isOfferUsed = true;
    mediaCall.applyPublishAnswer(answer);
  }

  async function answerOffer(call: Current, message: Extract<ServerMessage, { type: 'offer' }>): Promise<void> {
    const { mediaCall } = call;
    if (!mediaCall) return;
    const { revision, isNew, offer, streams } = message;
    try {
      const answer = await mediaCall.answerSubscribeOffer(
        { revision, isNew, offer, streams },
        { signal: call.ended.signal },
      );
      if (current === call && call.mediaCall === mediaCall) line.send({ type: 'answer', revision, answer });
    } catch (cause) {
      if (call.ended.signal.aborted) return;
      if (!(cause instanceof MediaError)) throw cause;
      log.warn({ err: cause, revision }, 'subscribe offer not answered');
    }
  }

  function showRoster(call: Current, ownParticipantId: RosterEntry['participantId'] | null): void {
    const others = call.roster.filter((entry) => entry.participantId !== ownParticipantId);
    call.mediaCall?.setRoster(
      others.map(({ participantId, name, media: shown }) => ({ participantId, name, isCameraOn: shown.isCameraOn })),
    );
  }

  function followMessage(call: Current, message: ServerMessage): void {
    switch (message.type) {
      case 'joined': {
        const { asked } = call;
        call.joinedOn = line.connection();
        call.told = openRoster(message);
        if (message.answer !== undefined) applyAnswer(call, message.answer, asked?.offerOf ?? null);
        dispatch({ from: 'cloud', type: 'joined', participantId: message.participantId, roster: message.roster });
        if (!isPublishing) dispatch({ from: 'own', type: 'mediaUp' });
        // The process that made the offer died on the way: publish with the one that took its place.
        else if (asked?.offerOf !== call.mediaCall) start(publish(call, { resubscribes: true }));
        return;
      }
      // The terminal does not wait at the open door: it shows the reason and asks again by itself.
      case 'held':
      case 'refused':
        call.asked = null;
        dispatch({ from: 'cloud', type: 'refused', reason: message.reason });
        return;
      case 'published':
        applyAnswer(call, message.answer, call.mediaCall);
        return;
      case 'offer':
        start(answerOffer(call, message));
        return;
      case 'candidate':
        call.mediaCall?.addCandidate(message.connection, message.candidate);
        return;
      case 'roster':
        call.told = followRoster(call.told, message);
        dispatch({ from: 'cloud', type: 'roster', roster: call.told.entries });
        return;
      case 'ask':
        dispatch({ from: 'cloud', type: 'ask', what: message.what, by: message.by, manner: deps.hostWishManner() });
        return;
      case 'controlled':
        if (message.id === lastControl && message.refusal !== null) dispatch({ from: 'cloud', type: 'muteKept' });
        return;
      case 'meeting':
      case 'waiting':
      case 'notice':
      case 'chat':
      case 'reaction':
      case 'shared':
      case 'shareRefused':
      case 'shareEnded':
        return;
      case 'republish':
        dispatch({ from: 'cloud', type: 'republish' });
        return;
      case 'error':
        log.warn({ code: message.code, detail: message.detail }, 'signalling fault');
        if (message.code === 'media_unavailable') start(publishLater(call));
        return;
      case 'bye':
        dispatch({ from: 'cloud', type: 'bye', reason: message.reason });
        return;
      default:
        assertNever(message);
    }
  }

  async function publishLater(call: Current): Promise<void> {
    await clock.sleep(publishAgainMs, { signal: call.ended.signal }).catch(() => {});
    if (current === call) await publish(call, { resubscribes: false });
  }

  function start(work: Promise<void>): void {
    work.catch((cause: unknown) => log.error({ err: cause }, 'call step failed'));
  }

  function remember(value: CallMemory | null): void {
    const document = memory();
    if (!document) return;
    writing = writing
      .then(() => (value ? document.write(value) : document.remove()))
      .catch((cause: unknown) => log.error({ err: cause }, 'call not remembered'));
  }

  function end(): void {
    const call = current;
    current = null;
    if (call?.asked) line.hangUp();
    call?.ended.abort();
    const taken = call?.mediaCall;
    ending = (taken ? dispose(taken) : Promise.resolve()).then(() => dispatch({ from: 'own', type: 'left' }));
  }

  return {
    run(effect) {
      switch (effect.effect) {
        case 'startCall': {
          if (current) end();
          const { meeting, media: wanted } = effect;
          current = {
            ...{ meeting, media: wanted, mediaCall: null, isOfferUsed: false, roster: [], told: nobody },
            ...{ ended: new AbortController(), asked: null, joinedOn: null },
          };
          takeMedia(current);
          start(ask(current));
          return;
        }
        case 'askAgain':
          if (!current) return;
          current.meeting = effect.meeting;
          if (current.joinedOn === line.connection()) current.asked = null;
          start(ask(current));
          return;
        case 'setMedia':
          if (!current) return;
          current.media = effect.media;
          current.mediaCall?.setMedia(effect.media);
          if (current.joinedOn !== null) line.send({ type: 'media', media: effect.media });
          return;
        case 'liftMute': {
          lastControl += 1;
          const { participantId } = effect;
          line.send({ type: 'control', id: lastControl, action: { kind: 'unmute', participantId } });
          return;
        }
        case 'replaceMedia':
          if (!current) return;
          takeMedia(current);
          current.mediaCall?.setMedia(effect.media);
          if (current.joinedOn === null) start(ask(current));
          else start(publish(current, { resubscribes: true }));
          return;
        case 'publishAgain':
          if (current) start(publish(current, { resubscribes: !effect.isAsked }));
          return;
        case 'showRoster':
          if (!current) return;
          current.roster = effect.roster;
          showRoster(current, effect.ownParticipantId);
          return;
        case 'endCall':
          end();
          return;
        case 'remember':
          remember({ meeting: effect.meeting, media: effect.media });
          return;
        case 'forget':
          remember(null);
          return;
        case 'rememberMissed':
          deps.rememberMissed(effect.missed);
          return;
        case 'announce':
          announce(effect.kind, effect.detail);
          return;
        default:
          assertNever(effect);
      }
    },
    applyVolume: () => current?.mediaCall?.setVolume(deps.volumePercent()),
    follow(event) {
      if (!current) return;
      switch (event.type) {
        case 'opened':
          start(ask(current));
          return;
        case 'lost':
          current.asked = null;
          current.joinedOn = null;
          dispatch({ from: 'cloud', type: 'lineLost' });
          return;
        case 'message':
          followMessage(current, event.message);
          return;
        case 'refused':
          return;
        default:
          assertNever(event);
      }
    },
    async [Symbol.asyncDispose]() {
      // The call itself is left or kept by whoever ends the agent: here only what runs is closed.
      const call = current;
      current = null;
      call?.ended.abort();
      if (call?.mediaCall) await dispose(call.mediaCall);
      await ending;
      await writing;
    },
  };
}
