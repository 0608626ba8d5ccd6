import type { JoinRefusal } from '@anteroom/shared/meeting/refusal.ts';
import type { CallStarter } from '@anteroom/shared/panel/state.ts';
import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import { later, recoverWithinMs, retryAfter, ringKey } from './rules.ts';
import type { Call, Effect, LeftReason, Machine, Meeting, Moment, Presence, ReconnectCause, Step } from './types.ts';

/** Transitions that more than one kind of event takes. All pure. */

export function stay(machine: Machine): Step {
  return { machine, effects: [] };
}

export function go(machine: Machine, call: Call, effects: readonly Effect[] = []): Step {
  return { machine: { ...machine, call }, effects };
}

/** Remembers that this ring is over for good; the last few suffice. */
export function silence(machine: Machine, meeting: Meeting): Machine {
  if (meeting.ringUntil === null) return machine;
  return { ...machine, silenced: [...machine.silenced.slice(-19), ringKey(meeting)] };
}

export function startJoining(
  machine: Machine,
  options: { meeting: Meeting; media: MediaState; startedBy: CallStarter; attempt: number; pressedAt: Moment },
  at: Moment,
): Step {
  const { meeting, media } = options;
  // Who goes in has dealt with the calls of this meeting.
  const missed = machine.missed.filter(({ meetingId }) => meetingId !== meeting.meetingId);
  // What the mute key is to open when it comes up is a wish of one call and its further tries.
  const reopens = options.attempt > 1 && machine.muteKey.reopens;
  return go(
    { ...silence(machine, meeting), missed, muteKey: { ...machine.muteKey, reopens } },
    { state: 'joining', since: at, deaths: [], beganOpen: beginsOpen(options), ...options },
    [
      { effect: 'startCall', meeting, media },
      ...(missed.length < machine.missed.length ? [{ effect: 'rememberMissed', missed } as const] : []),
    ],
  );
}

function beginsOpen({ startedBy, media }: { startedBy: CallStarter; media: MediaState }): boolean {
  return startedBy !== 'room' && (media.isMicrophoneOn || media.isCameraOn);
}

export type Present = Extract<Call, { state: 'in' | 'reconnecting' }>;

export function isPresent(call: Call): call is Present {
  return call.state === 'in' || call.state === 'reconnecting';
}

/** The room is not seen and heard at the moment; `isIn` when only media is missing. */
export function reconnect(
  machine: Machine,
  call: Present,
  how: { cause: ReconnectCause; isIn: boolean },
  at: Moment,
  effects: readonly Effect[],
): Step {
  const retryAt = later(at, recoverWithinMs);
  const since = call.state === 'reconnecting' ? call.since : at;
  return go(machine, { ...presenceOf(call), ...how, isMediaUp: false, state: 'reconnecting', since, retryAt }, [
    ...joinedEvent(call),
    ...effects,
  ]);
}

export function isInMeeting(call: Present): boolean {
  return call.state === 'in' || call.isIn;
}

/** What stays true while a room goes between `in` and `reconnecting`. */
export function presenceOf(call: Present): Presence {
  const { meeting, newerTicket, startedBy, beganOpen, media, since, ownParticipantId, roster, proceedings } = call;
  const { hostWish, ownShare, pressedAt, firstFrameMs, isMediaUp, deaths } = call;
  return {
    ...{ meeting, newerTicket, startedBy, beganOpen, media, since, ownParticipantId, roster, proceedings },
    ...{ hostWish, ownShare, pressedAt, firstFrameMs, isMediaUp, deaths },
  };
}

/** The room leaves by its own will, or is asked to; the screens show it until devices are closed. */
export function leave(machine: Machine, call: Present | Extract<Call, { state: 'joining' }>, reason: LeftReason): Step {
  return go(machine, { state: 'leaving', meeting: call.meeting }, [
    { effect: 'forget' },
    { effect: 'endCall' },
    ...(isPresent(call) ? farewell(call, reason) : []),
  ]);
}

/** The meeting is over for this room without its doing. */
export function end(machine: Machine, reason: LeftReason): Step {
  const { call } = machine;
  return go(machine, { state: 'idle' }, [
    { effect: 'forget' },
    { effect: 'endCall' },
    ...(isPresent(call) ? farewell(call, reason) : []),
  ]);
}

/** The join did not work; says why, and when this room tries again by itself. */
export function fail(machine: Machine, reason: JoinRefusal, at: Moment): Step {
  const { call } = machine;
  if (call.state !== 'joining' && !isPresent(call)) return stay(machine);
  const attempt = call.state === 'joining' ? call.attempt : 1;
  const { meeting, media, startedBy } = call;
  const pressedAt = call.pressedAt ?? at;
  const retryAt = retryAfter(reason, meeting, attempt, at);
  return go(machine, { state: 'failed', meeting, media, startedBy, pressedAt, reason, retryAt, attempt }, [
    { effect: 'forget' },
    { effect: 'endCall' },
    { effect: 'announce', kind: 'joinFailed', detail: { meetingId: meeting.meetingId, reason, attempt } },
    ...(isPresent(call) ? farewell(call, reason) : []),
  ]);
}

/** What is to be told when a presence ends; that it began, too, when nobody was seen in it before. */
function farewell(call: Present, reason: LeftReason): Effect[] {
  const { meetingId } = call.meeting;
  return [...joinedEvent(call), { effect: 'announce', kind: 'left', detail: { meetingId, reason } }];
}

/** The event `joined`, unless it was told before. */
export function joinedEvent(call: Present): Effect[] {
  if (call.state !== 'in' || call.announceAt === null) return [];
  const { pressedAt, firstFrameMs } = call;
  const detail = {
    meetingId: call.meeting.meetingId,
    ...(pressedAt ? { joinedMs: Math.round(call.since.elapsedMs - pressedAt.elapsedMs) } : {}),
    ...(firstFrameMs === null ? {} : { firstFrameMs }),
  };
  return [{ effect: 'announce', kind: 'joined', detail }];
}

/**
 * Same call with other media: applied at once, and remembered for a restart of the agent; where a join failed, kept for the
 * next try.
 */
export function withMedia(machine: Machine, media: MediaState): Step {
  const { call } = machine;
  if (call.state !== 'joining' && call.state !== 'failed' && !isPresent(call)) return stay(machine);
  const isSame = media.isMicrophoneOn === call.media.isMicrophoneOn && media.isCameraOn === call.media.isCameraOn;
  if (isSame) return stay(machine);
  if (call.state === 'failed') return stay({ ...machine, call: { ...call, media } });
  return go(machine, { ...call, media }, [
    { effect: 'setMedia', media },
    ...(isPresent(call) ? [{ effect: 'remember', meeting: call.meeting, media } as const] : []),
  ]);
}
