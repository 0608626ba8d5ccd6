import { assertNever } from '@anteroom/shared/assert-never.ts';
import { followMuteKey } from './mute-key.ts';
import { failShare, followInput, mendShare, nothingShared, offerAgain } from './own-share.ts';
import { nothingYet } from './proceedings.ts';
import { endRing } from './rings.ts';
import { deathWindowMs, isDue, isOver, joinWithinMs, later, mostDeaths, recoverWithinMs } from './rules.ts';
import {
  end,
  fail,
  go,
  isInMeeting,
  isPresent,
  joinedEvent,
  leave,
  presenceOf,
  reconnect,
  silence,
  startJoining,
  stay,
} from './steps.ts';
import type { Call, Effect, Machine, Moment, OwnEvent, Step } from './types.ts';

type InMeeting = Extract<Call, { state: 'in' }>;

/** What the terminal notices about its own media and its own clock. */
export function nextByItself(machine: Machine, event: OwnEvent, at: Moment): Step {
  const { call } = machine;
  switch (event.type) {
    case 'mediaUp':
      return followMediaUp(machine);
    case 'mediaBroken': {
      if (!isPresent(call)) return stay(machine);
      const cause = call.state === 'reconnecting' ? call.cause : 'network';
      return reconnect(machine, call, { cause, isIn: isInMeeting(call) }, at, [
        { effect: 'publishAgain', isAsked: false },
      ]);
    }
    case 'mediaDied':
      return replaceMedia(machine, event.detail, at);
    case 'firstFrame': {
      if (!isPresent(call) || call.firstFrameMs !== null || call.pressedAt === null) return stay(machine);
      const firstFrameMs = Math.max(0, Math.round(event.elapsedMs - call.pressedAt.elapsedMs));
      if (call.state === 'reconnecting') return go(machine, { ...call, firstFrameMs });
      return announceJoined(machine, { ...call, firstFrameMs });
    }
    case 'remembered': {
      if (call.state !== 'idle' && call.state !== 'ringing') return stay(machine);
      const { meeting, media } = event;
      return go(
        silence(machine, meeting),
        {
          ...{
            state: 'reconnecting',
            cause: 'mediaProcess',
            isIn: false,
            meeting,
            media,
            since: at,
            newerTicket: null,
            hostWish: null,
            ownShare: nothingShared,
            startedBy: 'room',
            beganOpen: false,
          },
          ...{
            ownParticipantId: null,
            roster: [],
            proceedings: nothingYet,
            pressedAt: null,
            firstFrameMs: null,
            isMediaUp: false,
            deaths: [],
          },
          retryAt: later(at, recoverWithinMs),
        },
        [{ effect: 'startCall', meeting, media }],
      );
    }
    case 'missedRemembered':
      return stay({ ...machine, missed: event.missed });
    case 'input':
      return followInput(machine, event.isPluggedIn);
    case 'shareBroken':
      return mendShare(machine);
    case 'shareFailed':
      return failShare(machine);
    case 'muteKey':
      return followMuteKey(machine, event);
    case 'left':
      return call.state === 'leaving' ? go(machine, { state: 'idle' }) : stay(machine);
    case 'tick':
      return tick(machine, at);
    default:
      return assertNever(event);
  }
}

function followMediaUp(machine: Machine): Step {
  const { call } = machine;
  if (!isPresent(call) || call.isMediaUp) return stay(machine);
  const { ownParticipantId } = call;
  // With the line down the fleet has yet to say that this room is in.
  if (call.state === 'in' || !call.isIn || ownParticipantId === null) return go(machine, { ...call, isMediaUp: true });
  return go(machine, { ...presenceOf(call), state: 'in', ownParticipantId, isMediaUp: true, announceAt: null });
}

function replaceMedia(machine: Machine, detail: string, at: Moment): Step {
  const { call } = machine;
  if (call.state !== 'joining' && !isPresent(call)) return stay(machine);
  const deaths = [...call.deaths.filter((diedAtMs) => at.elapsedMs - diedAtMs < deathWindowMs), at.elapsedMs];
  if (deaths.length > mostDeaths) return fail(machine, 'media_failed', at);
  const effects: Effect[] = [
    { effect: 'replaceMedia', media: call.media },
    {
      effect: 'announce',
      kind: 'mediaRestarted',
      detail: { meetingId: call.meeting.meetingId, detail: detail.slice(0, 200) },
    },
  ];
  if (call.state === 'joining') return go(machine, { ...call, deaths }, effects);
  const cause = call.state === 'reconnecting' && call.cause === 'network' ? 'network' : 'mediaProcess';
  const again = [...effects, ...offerAgain(call)];
  return reconnect(machine, { ...call, deaths }, { cause, isIn: isInMeeting(call) }, at, again);
}

function announceJoined(machine: Machine, call: InMeeting): Step {
  return go(machine, { ...call, announceAt: null }, joinedEvent(call));
}

function tick(machine: Machine, at: Moment): Step {
  const { call } = machine;
  switch (call.state) {
    case 'ringing':
      return at.wallMs >= call.untilMs ? endRing(machine, at) : stay(machine);
    case 'joining':
      return isDue(later(call.since, joinWithinMs), at) ? fail(machine, 'fleet_unreachable', at) : stay(machine);
    case 'in':
      return call.announceAt && isDue(call.announceAt, at) ? announceJoined(machine, call) : stay(machine);
    case 'reconnecting': {
      if (!isDue(call.retryAt, at)) return stay(machine);
      if (isOver(call.meeting, at)) return leave(machine, call, 'meeting_ended');
      const again = { ...call, retryAt: later(at, recoverWithinMs) };
      // What is missing decides what is asked for again: a place in the meeting, or media in it.
      return go(machine, again, [
        call.isIn ? { effect: 'publishAgain', isAsked: false } : { effect: 'askAgain', meeting: call.meeting },
      ]);
    }
    case 'failed': {
      if (!call.retryAt || !isDue(call.retryAt, at)) return stay(machine);
      if (isOver(call.meeting, at)) return end(machine, 'meeting_ended');
      const { meeting, media, startedBy, pressedAt } = call;
      return startJoining(machine, { meeting, media, startedBy, attempt: call.attempt + 1, pressedAt }, at);
    }
    default:
      return stay(machine);
  }
}
