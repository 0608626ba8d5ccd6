import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { BookedFeature } from '../resources/service.ts';

/** Longest meeting. */
export const longestMs = 24 * 3_600_000;

/** What decides when a meeting is over; `nextStartAt` is the start of the slot's next meeting after this one's end. */
export type MeetingTimes = Pick<MeetingRow, 'startAt' | 'endAt' | 'closesAt' | 'cancelledAt' | 'endedAt'> & {
  nextStartAt: string | null;
};

export type MeetingState = Meeting['state'];

/**
 * What somebody is to a meeting. `host`: its organizer, and a terminal that its cloud room is assigned to; `member`: of
 * the organization; `outsider`: everybody else.
 */
export type Standing = 'host' | 'invited' | 'member' | 'outsider';

/** What a plan has to have for a meeting as it was chosen. */
export function featuresOf({ waitingRoom, options }: Pick<MeetingRow, 'waitingRoom' | 'options'>): BookedFeature[] {
  const { hasWatermark, isRecordedAutomatically } = meetingOptions.parse(JSON.parse(options));
  return [
    ...(waitingRoom === 'off' ? [] : ['waitingRoom' as const]),
    ...(hasWatermark ? ['watermark' as const] : []),
    ...(isRecordedAutomatically ? ['recording' as const] : []),
  ];
}

/** Whether the meeting wants something of its plan that it did not want before. */
export function wantsMore(
  before: Pick<MeetingRow, 'waitingRoom' | 'options'>,
  after: Pick<MeetingRow, 'waitingRoom' | 'options'>,
): boolean {
  const had = featuresOf(before);
  return featuresOf(after).some((feature) => !had.includes(feature));
}

/** Whether people may be in before a host is. */
export function mayJoinBeforeHost({ options }: Pick<MeetingRow, 'options'>): boolean {
  return meetingOptions.parse(JSON.parse(options)).canJoinBeforeHost;
}

/** What is kept as `closesAt`: the end, or some time past it, so that people can finish. */
export function plannedClose(endAt: string, { endsAutomatically }: { endsAutomatically: boolean }): string {
  return endsAutomatically ? endAt : new Date(Date.parse(endAt) + lingerAfterMs).toISOString();
}

/** The same with the plan's limit: the minutes that a meeting of the plan has from its start; null for no limit. */
export function closedByPlan(
  { startAt, closesAt: planned }: Pick<MeetingRow, 'startAt' | 'closesAt'>,
  maxMinutes: number | null,
): string {
  if (maxMinutes === null) return planned;
  const limit = new Date(Date.parse(startAt) + maxMinutes * 60_000).toISOString();
  return limit < planned ? limit : planned;
}

/**
 * When a meeting that nobody ends is over: as planned, but no later than the start of the next meeting of its slot,
 * because a cloud room and a personal meeting ID hold one meeting at a time.
 */
export function closesAt(meeting: Pick<MeetingTimes, 'closesAt' | 'nextStartAt'>): Date {
  const planned = Date.parse(meeting.closesAt);
  return new Date(meeting.nextStartAt === null ? planned : Math.min(planned, Date.parse(meeting.nextStartAt)));
}

export function stateAt(meeting: MeetingTimes, now: Date, hasParticipants: boolean): MeetingState {
  if (meeting.cancelledAt !== null) return 'cancelled';
  if (meeting.endedAt !== null || now >= closesAt(meeting)) return 'over';
  return hasParticipants || now >= new Date(meeting.startAt) ? 'live' : 'scheduled';
}

/** People are told this long before the end. */
export const warnBeforeMs = 5 * 60_000;

/** How far a meeting can be extended: to the next one of its slot, and to 24 hours; null when it is over. */
export function extendableUntil(meeting: MeetingTimes & { state: MeetingState }): string | null {
  if (meeting.state !== 'live' && meeting.state !== 'scheduled') return null;
  const longest = new Date(Date.parse(meeting.startAt) + longestMs).toISOString();
  return meeting.nextStartAt !== null && meeting.nextStartAt < longest ? meeting.nextStartAt : longest;
}

export function joinableFrom({ startAt }: Pick<MeetingRow, 'startAt'>): Date {
  return new Date(Date.parse(startAt) - joinableBeforeMs);
}

export type PlannedTimes = { startAt: string; endAt: string };

/** Start and end of a meeting that somebody asks for; null when they make no sense. Without `startAt` it begins now. */
export function planTimes(
  request: { startAt?: string | undefined; durationMinutes: number },
  now: Date,
): PlannedTimes | null {
  const start = request.startAt === undefined ? now : new Date(request.startAt);
  const end = new Date(start.getTime() + request.durationMinutes * 60_000);
  const lengthMs = end.getTime() - start.getTime();
  if (!(lengthMs >= 60_000 && lengthMs <= longestMs && end > now) || end.getUTCFullYear() > 9999) return null;
  return { startAt: start.toISOString(), endAt: end.toISOString() };
}

/** A minute as people of a time zone write it, `2026-01-05 10:00`: the same in every language. */
export function localMinute(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}
