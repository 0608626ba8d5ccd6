import { assertNever } from '@anteroom/shared/assert-never.ts';
import { closeAsDecided, followWish } from './host-wish.ts';
import { followShare, nothingShared, offerAgain } from './own-share.ts';
import {
  followControlled,
  followProceedings,
  loseAsked,
  nothingYet,
  openProceedings,
  withSummary,
} from './proceedings.ts';
import { endRing, followRings } from './rings.ts';
import { announceAfterMs, askAgainMs, isJoinable, isRinging, later } from './rules.ts';
import {
  end,
  fail,
  go,
  isInMeeting,
  isPresent,
  leave,
  type Present,
  presenceOf,
  reconnect,
  startJoining,
  stay,
  withMedia,
} from './steps.ts';
import type { CloudEvent, Machine, Meeting, Moment, Step } from './types.ts';

type EventOf<T extends CloudEvent['type']> = Extract<CloudEvent, { type: T }>;

/** What comes from the fleet. None of it opens a microphone or a camera: a property test holds that. */
export function nextByCloud(machine: Machine, event: CloudEvent, at: Moment): Step {
  const { call } = machine;
  switch (event.type) {
    case 'schedule':
      return followSchedule(machine, event, at);
    case 'join': {
      if (call.state !== 'idle' && call.state !== 'ringing' && call.state !== 'failed') return stay(machine);
      if (!isJoinable(event.meeting, at)) return stay(machine);
      // Another ring goes on unheard, and is missed unless this room comes back in time.
      const waiting = call.state === 'ringing' ? { ...machine, heard: [...machine.heard, call.meeting] } : machine;
      const { meeting, media } = event;
      return startJoining(waiting, { meeting, media, startedBy: 'fleet', attempt: 1, pressedAt: at }, at);
    }
    case 'leave':
      return call.state === 'joining' || isPresent(call) ? leave(machine, call, 'left') : stay(machine);
    case 'mute':
      return 'media' in call ? withMedia(machine, { ...call.media, isMicrophoneOn: false }) : stay(machine);
    case 'stopCamera':
      return 'media' in call ? withMedia(machine, { ...call.media, isCameraOn: false }) : stay(machine);
    case 'revoked':
      return revoke(machine);
    case 'joined':
      return closeAsDecided(enter(machine, event, at), isPresent(call) ? call.roster : []);
    case 'refused':
      return followRefusal(machine, event.reason, at);
    case 'roster':
      if (!isPresent(call)) return stay(machine);
      return closeAsDecided(
        go(machine, { ...call, roster: event.roster }, [
          { effect: 'showRoster', roster: event.roster, ownParticipantId: call.ownParticipantId },
        ]),
        call.roster,
      );
    case 'ask':
      return followWish(machine, event);
    case 'controlled':
      return followControlled(machine, event, at);
    case 'shared':
    case 'shareRefused':
    case 'shareEnded':
      return followShare(machine, event);
    case 'meeting':
    case 'waiting':
    case 'called':
    case 'chat':
    case 'reaction':
      return followProceedings(machine, event, at);
    case 'republish':
      if (!isPresent(call)) return stay(machine);
      return reconnect(machine, call, { cause: 'mediaServer', isIn: isInMeeting(call) }, at, [
        { effect: 'publishAgain', isAsked: true },
        ...offerAgain(call),
      ]);
    case 'bye':
      return followBye(machine, event.reason, at);
    case 'lineLost': {
      if (!isPresent(call)) return stay(machine);
      const proceedings = loseAsked(call.proceedings, at);
      return reconnect(machine, { ...call, proceedings }, { cause: 'network', isIn: false }, at, []);
    }
    default:
      return assertNever(event);
  }
}

/** Who does not belong to the fleet any more has missed nothing of it. */
function revoke(machine: Machine): Step {
  const emptied = { ...machine, heard: [], missed: [] };
  return machine.call.state === 'idle' ? stay(emptied) : end(emptied, 'revoked');
}

function followSchedule(machine: Machine, event: EventOf<'schedule'>, at: Moment): Step {
  const rung = followRings(machine, event, at);
  // What has only just begun to ring or to join is as the schedule says.
  if (machine.call.state === 'idle') return rung;
  const step = followCall(rung.machine, event, at);
  return { machine: step.machine, effects: [...rung.effects, ...step.effects] };
}

function followCall(machine: Machine, { meetings }: EventOf<'schedule'>, at: Moment): Step {
  const { call } = machine;
  if (call.state === 'idle') return stay(machine);
  const meeting = meetings.find((known) => known.meetingId === call.meeting.meetingId);
  switch (call.state) {
    case 'ringing': {
      // Answered elsewhere, withdrawn or cancelled: ringing stops everywhere.
      if (!meeting?.ringUntil || !isRinging(meeting, at)) return endRing(machine, at);
      return go(machine, { state: 'ringing', meeting, untilMs: Date.parse(meeting.ringUntil) });
    }
    case 'failed':
      return meeting ? go(machine, { ...call, meeting }) : go(machine, { state: 'idle' });
    case 'reconnecting':
      // Without a line nobody can say goodbye: the schedule says that the meeting is gone.
      return meeting ? go(machine, { ...call, ...refreshed(meeting, call) }) : end(machine, 'meeting_ended');
    case 'in':
      return meeting ? go(machine, { ...call, ...refreshed(meeting, call) }) : stay(machine);
    case 'joining':
      return meeting ? go(machine, { ...call, meeting }) : stay(machine);
    case 'leaving':
      return stay(machine);
    default:
      return assertNever(call);
  }
}

/** The ticket that opened the door opens it again to the same place; a newer one waits until it is refused. */
function refreshed(meeting: Meeting, call: Present): Pick<Present, 'meeting' | 'newerTicket'> {
  const { ticket } = call.meeting;
  return { meeting: { ...meeting, ticket }, newerTicket: meeting.ticket === ticket ? null : meeting.ticket };
}

function enter(machine: Machine, event: EventOf<'joined'>, at: Moment): Step {
  const { call } = machine;
  if (call.state !== 'joining' && !isPresent(call)) return stay(machine);
  const { participantId: ownParticipantId, roster, summary } = event;
  const { media } = call;
  const meeting = withSummary(call.meeting, summary);
  const show = { effect: 'showRoster', roster, ownParticipantId } as const;
  const remember = { effect: 'remember', meeting, media } as const;
  if (call.state === 'joining') {
    const { pressedAt, deaths, startedBy, beganOpen } = call;
    const proceedings = openProceedings(nothingYet, event);
    const place = { meeting, media, ownParticipantId, roster, proceedings, startedBy, beganOpen };
    const presence = {
      ...place,
      pressedAt,
      deaths,
      since: at,
      newerTicket: null,
      hostWish: null,
      ownShare: nothingShared,
    };
    const announceAt = later(at, announceAfterMs);
    return go(machine, { ...presence, state: 'in', firstFrameMs: null, isMediaUp: false, announceAt }, [
      remember,
      show,
    ]);
  }
  const proceedings = openProceedings(call.proceedings, event);
  const back = { ...call, meeting, ownParticipantId, roster, proceedings };
  const effects = [show, ...offerAgain(call)];
  if (back.state === 'in') return go(machine, back, effects);
  if (back.isMediaUp)
    return go(machine, { ...presenceOf(back), state: 'in', ownParticipantId, announceAt: null }, effects);
  return reconnect(machine, back, { cause: back.cause, isIn: true }, at, effects);
}

function followRefusal(machine: Machine, reason: EventOf<'refused'>['reason'], at: Moment): Step {
  const { call } = machine;
  if (call.state === 'joining') return fail(machine, reason, at);
  if (!isPresent(call)) return stay(machine);
  switch (reason) {
    case 'media_unavailable':
    case 'fleet_unreachable':
    case 'meeting_not_started': {
      const cause = call.state === 'reconnecting' ? call.cause : 'mediaServer';
      const { machine: asked } = reconnect(machine, call, { cause, isIn: false }, at, []);
      return asked.call.state === 'reconnecting'
        ? go(asked, { ...asked.call, retryAt: later(at, askAgainMs) })
        : stay(asked);
    }
    case 'meeting_ended':
    case 'meeting_cancelled':
    case 'meeting_not_found':
    case 'certificate_revoked':
      return end(machine, reason);
    case 'ticket_invalid':
    case 'ticket_expired': {
      const { newerTicket } = call;
      if (newerTicket === null) return fail(machine, reason, at);
      const meeting = { ...call.meeting, ticket: newerTicket };
      return reconnect(machine, { ...call, meeting, newerTicket: null }, { cause: 'network', isIn: false }, at, [
        { effect: 'askAgain', meeting },
      ]);
    }
    default:
      return fail(machine, reason, at);
  }
}

function followBye(machine: Machine, reason: EventOf<'bye'>['reason'], at: Moment): Step {
  const { call } = machine;
  if (call.state !== 'joining' && !isPresent(call)) return stay(machine);
  switch (reason) {
    case 'joined_elsewhere':
      return fail(machine, 'already_joined_elsewhere', at);
    case 'server_stopping':
      // The line ends next and comes back by itself.
      return isPresent(call) ? reconnect(machine, call, { cause: 'network', isIn: false }, at, []) : stay(machine);
    case 'left':
    case 'meeting_ended':
    case 'removed':
    case 'revoked':
      return end(machine, reason);
    default:
      return assertNever(reason);
  }
}
