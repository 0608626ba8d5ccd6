import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { MeetingRow } from '../../db/schema.ts';

/** How long the terminals of a room ring for a meeting that begins now. */
export const ringForMs = 45_000;
/** Longest meeting. */
export const longestMs = 24 * 3_600_000;

/** What decides when a meeting is over; `nextStartAt` is the start of the room's next meeting after this one's end. */
export type MeetingTimes = Pick<MeetingRow, 'startAt' | 'endAt' | 'cancelledAt' | 'endedAt'> & {
  nextStartAt: string | null;
};

export type MeetingState = Meeting['state'];

/**
 * When a meeting that nobody ends is over: some time past its end, so that people can finish, but no later than the
 * start of the room's next meeting, because a cloud room holds one meeting at a time.
 */
export function closesAt({ endAt, nextStartAt }: Pick<MeetingTimes, 'endAt' | 'nextStartAt'>): Date {
  const lingersUntil = Date.parse(endAt) + lingerAfterMs;
  return new Date(nextStartAt === null ? lingersUntil : Math.min(lingersUntil, Date.parse(nextStartAt)));
}

export function stateAt(meeting: MeetingTimes, now: Date, hasParticipants: boolean): MeetingState {
  if (meeting.cancelledAt !== null) return 'cancelled';
  if (meeting.endedAt !== null || now >= closesAt(meeting)) return 'over';
  return hasParticipants || now >= new Date(meeting.startAt) ? 'live' : 'scheduled';
}

export function joinableFrom({ startAt }: Pick<MeetingRow, 'startAt'>): Date {
  return new Date(Date.parse(startAt) - joinableBeforeMs);
}

/** Start and end of a meeting that somebody asks for; null when they make no sense. Without `startAt` it begins now. */
export function planTimes(
  request: { startAt?: string | undefined; durationMinutes: number },
  now: Date,
): { startAt: string; endAt: string; ringUntil: string | null } | null {
  const start = request.startAt === undefined ? now : new Date(request.startAt);
  const end = new Date(start.getTime() + request.durationMinutes * 60_000);
  const lengthMs = end.getTime() - start.getTime();
  if (!(lengthMs >= 60_000 && lengthMs <= longestMs && end > now) || end.getUTCFullYear() > 9999) return null;
  const ringUntil = request.startAt === undefined ? new Date(now.getTime() + ringForMs).toISOString() : null;
  return { startAt: start.toISOString(), endAt: end.toISOString(), ringUntil };
}

/** A minute as people of a time zone write it, `2026-01-05 10:00`: the same in every language. */
export function localMinute(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}
