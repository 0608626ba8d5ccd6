import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { MissedCall } from '@anteroom/shared/panel/state.ts';
import { isAboutBoard, type RosterEntry, type ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { followRoster, openRoster } from '@anteroom/shared/signalling/roster.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { BoardChannelEvent } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { Logger } from 'pino';
import type { EventDetail, EventKind } from '../link/link.ts';
import type { Effect, HostWish, Meeting, MeetingEvent } from '../meeting/types.ts';
import type { BoardPicture, MediaCall, MediaCallEvent, MediaPort, Peripheral, StageCaption } from '../ports/media.ts';
import type { Document } from '../ports/store.ts';
import type { LineEvent, SignallingLine } from '../signalling/line.ts';
import type { CallMemory } from './call-memory.ts';
import { createNegotiation } from './negotiation.ts';
import { beginCall, type OngoingCall } from './ongoing-call.ts';
import { createOwnContent } from './own-content.ts';

/**
 * Does what the meeting state machine decided: takes media, talks signalling, and brings SDP and candidates from one to
 * the other. It decides nothing; what it learns goes back to the machine as events.
 */
export interface CallRunner extends AsyncDisposable {
  run(effect: Effect): void;
  follow(event: LineEvent): void;
  /** The room's speaker was turned up or down. */
  applyVolume(): void;
  /** There may be a watermark or a whiteboard now, or none, or others than before. */
  applyStage(): void;
  /** The mute key of the room went down or came up. */
  tellRoomMute(): void;
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
  /** What stands over what the room sees of the meeting; null for nothing. */
  watermark(): string | null;
  /** The meeting's whiteboard; null while none is shown. */
  board(): BoardPicture | null;
  isMutedInRoom(): boolean;
  /** What the room's setting makes of a host's wish to hear or see it. */
  hostWishManner(): HostWish['manner'];
  caption(meeting: Meeting): StageCaption;
  /** The words over what this person or room shares. */
  shareLabel(name: string): string;
  ownShareLabel(): string;
  announce(kind: EventKind, detail: EventDetail): void;
  rememberMissed(missed: readonly MissedCall[]): void;
  onPeripheral(seen: Peripheral): void;
  dispatch(event: MeetingEvent): void;
  /** The answer to a search of this room's. */
  onFound(answer: Extract<ServerMessage, { type: 'found' }>): void;
  /** The whiteboard's way to the screens, which draw it. */
  feedBoard(event: BoardChannelEvent): void;
};

export function createCallRunner(deps: CallRunnerDeps): CallRunner {
  const { media, isPublishing, line, memory, clock, log, caption, announce, onPeripheral, dispatch } = deps;
  const negotiation = createNegotiation({ line, isPublishing, clock, log });
  const content = createOwnContent({ line, log, dispatch });
  let current: OngoingCall | null = null;
  let ending: Promise<unknown> = Promise.resolve();
  let writing: Promise<unknown> = Promise.resolve();

  function takeMedia(call: OngoingCall): void {
    if (!isPublishing) return;
    const taken = media.take({ media: call.media, caption: caption(call.meeting) });
    call.mediaCall = taken;
    taken.setVolume(deps.volumePercent());
    call.isOfferUsed = false;
    call.watermark = null;
    call.board = null;
    showStage(call);
    taken.onEvent((event) => {
      if (current === call && call.mediaCall === taken) followMedia(call, taken, event);
    });
    taken.open();
  }

  function followMedia(call: OngoingCall, taken: MediaCall, event: MediaCallEvent): void {
    switch (event.type) {
      case 'candidate':
        line.send({ type: 'candidate', connection: event.connection, candidate: event.candidate });
        return;
      case 'connection':
        if (event.connection === 'publish') {
          if (event.state === 'connected') dispatch({ from: 'own', type: 'mediaUp' });
          // Before the first answer there is nothing that could have failed.
          else if (event.state === 'failed' && call.isOfferUsed) dispatch({ from: 'own', type: 'mediaBroken' });
        } else if (event.state !== 'failed') return;
        else if (event.connection === 'subscribe') line.send({ type: 'resubscribe' });
        else dispatch({ from: 'own', type: 'shareBroken' });
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
      case 'network':
        call.network.feed(event.reading);
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

  function showStage(call: OngoingCall): void {
    const [name, board] = [deps.watermark(), deps.board()];
    if (call.watermark !== name) call.mediaCall?.setWatermark(name);
    if (call.board !== board) call.mediaCall?.showBoard(board);
    Object.assign(call, { watermark: name, board });
  }

  async function dispose(taken: MediaCall): Promise<void> {
    try {
      await taken[Symbol.asyncDispose]();
    } catch (cause) {
      log.error({ err: cause }, 'media not closed');
    }
  }

  function showRoster(call: OngoingCall, ownParticipantId: RosterEntry['participantId'] | null): void {
    const others = call.roster.filter((entry) => entry.participantId !== ownParticipantId);
    call.mediaCall?.setRoster(
      others.map(({ participantId, name, media: shown }) => ({
        ...{ participantId, name, shareLabel: deps.shareLabel(name), isCameraOn: shown.isCameraOn },
      })),
    );
  }

  function followMessage(call: OngoingCall, message: ServerMessage): void {
    if (isAboutBoard(message)) {
      deps.feedBoard({ kind: 'message', message });
      return;
    }
    switch (message.type) {
      case 'joined': {
        const { asked } = call;
        call.joinedOn = line.connection();
        call.contentOffers = [];
        call.told = openRoster(message);
        call.network.forgetSaid();
        if (deps.isMutedInRoom()) line.send({ type: 'roomMute', isMuted: true });
        if (message.answer !== undefined) negotiation.applyAnswer(call, message.answer, asked?.offerOf ?? null);
        dispatch({
          ...{ from: 'cloud', type: 'joined', participantId: message.participantId, roster: message.roster },
          ...{ summary: message.meeting, controls: message.controls, content: message.content },
        });
        deps.feedBoard({ kind: 'opened' });
        if (!isPublishing) dispatch({ from: 'own', type: 'mediaUp' });
        // The process that made the offer died on the way: publish with the one that took its place.
        else if (asked?.offerOf !== call.mediaCall) start(negotiation.publish(call, { resubscribes: true }));
        return;
      }
      // The terminal does not wait at the open door: it shows the reason and asks again by itself.
      case 'held':
      case 'refused':
        call.asked = null;
        dispatch({ from: 'cloud', type: 'refused', reason: message.reason });
        return;
      case 'published':
        negotiation.applyAnswer(call, message.answer, call.mediaCall);
        return;
      case 'offer':
        start(negotiation.answerOffer(call, message));
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
        dispatch({ from: 'cloud', type: 'controlled', id: message.id, refusal: message.refusal });
        return;
      case 'meeting': {
        const { revision, meeting: summary, controls, content } = message;
        dispatch({ from: 'cloud', type: 'meeting', revision, summary, controls, content });
        return;
      }
      case 'waiting':
        dispatch({ from: 'cloud', type: 'waiting', waiting: message.waiting });
        return;
      case 'chat':
        dispatch({ from: 'cloud', type: 'chat', words: message.chat });
        return;
      case 'reaction': {
        const { participantId, reaction } = message;
        dispatch({ from: 'cloud', type: 'reaction', participantId, reaction });
        return;
      }
      case 'shared':
      case 'shareRefused':
      case 'shareEnded':
        content.follow(call, message);
        return;
      case 'called':
        dispatch({ from: 'cloud', type: 'called', called: message.called });
        return;
      case 'found':
        deps.onFound(message);
        return;
      // A terminal does not wait at the open door and tests no way.
      case 'notice':
      case 'probed':
        return;
      case 'republish':
        dispatch({ from: 'cloud', type: 'republish' });
        return;
      case 'error':
        log.warn({ code: message.code, detail: message.detail }, 'signalling fault');
        if (message.code === 'media_unavailable') start(negotiation.publishLater(call));
        return;
      case 'bye':
        dispatch({ from: 'cloud', type: 'bye', reason: message.reason });
        return;
      default:
        assertNever(message);
    }
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
    deps.feedBoard({ kind: 'closed' });
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
          const call = beginCall(meeting, wanted, (trouble) => {
            if (call.joinedOn === null) return false;
            line.send({ type: 'network', trouble });
            return true;
          });
          current = call;
          takeMedia(current);
          start(negotiation.ask(current));
          return;
        }
        case 'askAgain':
          if (!current) return;
          current.meeting = effect.meeting;
          if (current.joinedOn === line.connection()) current.asked = null;
          start(negotiation.ask(current));
          return;
        case 'setMedia':
          if (!current) return;
          current.media = effect.media;
          current.mediaCall?.setMedia(effect.media);
          if (current.joinedOn !== null) line.send({ type: 'media', media: effect.media });
          return;
        case 'control':
          line.send({ type: 'control', id: effect.id, action: effect.action });
          return;
        case 'replaceMedia':
          if (!current) return;
          takeMedia(current);
          current.mediaCall?.setMedia(effect.media);
          if (current.joinedOn === null) start(negotiation.ask(current));
          else start(negotiation.publish(current, { resubscribes: true }));
          return;
        case 'offerShare':
          if (current) start(content.offer(current, effect));
          return;
        case 'showShare':
          current?.mediaCall?.showInput(deps.ownShareLabel());
          return;
        case 'closeShare':
          if (current) content.close(current);
          return;
        case 'publishAgain':
          if (current) start(negotiation.publish(current, { resubscribes: !effect.isAsked }));
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
    tellRoomMute() {
      if (current && current.joinedOn !== null) line.send({ type: 'roomMute', isMuted: deps.isMutedInRoom() });
    },
    applyVolume: () => current?.mediaCall?.setVolume(deps.volumePercent()),
    applyStage() {
      if (current) showStage(current);
    },
    follow(event) {
      if (!current) return;
      switch (event.type) {
        case 'opened':
          start(negotiation.ask(current));
          return;
        case 'lost':
          current.asked = null;
          current.joinedOn = null;
          deps.feedBoard({ kind: 'closed' });
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
