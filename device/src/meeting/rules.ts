import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import { type JoinRefusal, joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import type { Call, Meeting, Moment } from './types.ts';

/** An answer to `join` takes at most this long; then the fleet counts as unreachable. */
export const joinWithinMs = 10_000;
/** Without media for so long although everything was asked for, it is asked for again. */
export const recoverWithinMs = 5_000;
/** A reconnecting terminal that is told "later" asks again after this. */
export const askAgainMs = 500;
/** More deaths than this within the window below mean that media cannot work here. */
export const mostDeaths = 5;
export const deathWindowMs = 30_000;
/** A meeting in which nobody is seen is announced as joined after this. */
export const announceAfterMs = 5_000;
const retryDelaysMs = [2_000, 4_000, 8_000, 15_000, 30_000];

export function later(moment: Moment, byMs: number): Moment {
  return { wallMs: moment.wallMs + byMs, elapsedMs: moment.elapsedMs + byMs };
}

export function isDue(moment: Moment, at: Moment): boolean {
  return moment.elapsedMs <= at.elapsedMs;
}

/** When a failed join is tried again; null when only a person can do something about it. */
export function retryAfter(reason: JoinRefusal, meeting: Meeting, attempt: number, at: Moment): Moment | null {
  if (!joinRefusalTexts[reason].retriesByItself) return null;
  const backoffMs = retryDelaysMs[Math.min(attempt, retryDelaysMs.length) - 1] ?? 30_000;
  if (reason !== 'meeting_not_started') return later(at, backoffMs);
  return later(at, Math.max(backoffMs, Date.parse(meeting.startAt) - joinableBeforeMs - at.wallMs));
}

/** A meeting whose end is so long past that nobody can be in it, whatever the fleet said last. */
export function isOver(meeting: Meeting, at: Moment): boolean {
  return at.wallMs > Date.parse(meeting.endAt) + lingerAfterMs;
}

export function isJoinable(meeting: Meeting, at: Moment): boolean {
  return meeting.ticket !== null && at.wallMs >= Date.parse(meeting.startAt) - joinableBeforeMs && !isOver(meeting, at);
}

export function ringKey(meeting: Meeting): string {
  return `${meeting.meetingId} ${meeting.ringUntil}`;
}

export function isRinging(meeting: Meeting, at: Moment): boolean {
  return meeting.ticket !== null && meeting.ringUntil !== null && Date.parse(meeting.ringUntil) > at.wallMs;
}

/** When the machine has to look at the clock again, in elapsed time; null when nothing waits. */
export function wakeAtMs(call: Call, at: Moment): number | null {
  switch (call.state) {
    case 'ringing':
      return at.elapsedMs + Math.max(0, call.untilMs - at.wallMs);
    case 'joining':
      return call.since.elapsedMs + joinWithinMs;
    case 'in':
      return call.announceAt?.elapsedMs ?? null;
    case 'reconnecting':
      return call.retryAt.elapsedMs;
    case 'failed':
      return call.retryAt?.elapsedMs ?? null;
    default:
      return null;
  }
}

/** Whether a signalling connection is kept open, so that pressing Join costs few round trips. */
export function isLineWanted(call: Call, meetings: readonly Meeting[], at: Moment): boolean {
  return call.state !== 'idle' || meetings.some((meeting) => isJoinable(meeting, at));
}
