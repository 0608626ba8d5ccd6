import type { MeetingChange, NewMeeting } from '@anteroom/shared/api/meetings.ts';
import type { AccountId, MeetingId, SeriesId } from '@anteroom/shared/ids.ts';
import { meetingOptions } from '@anteroom/shared/meeting/fields.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow, Planned, SeriesRow } from '../../db/tables/meetings.ts';
import { type PlannedTimes, plannedClose } from './rules.ts';

/** Where a meeting takes place, in whose name, and under which number. */
export type Place = Pick<Planned, 'resourceKind' | 'roomId' | 'slotId' | 'organizerAccountId' | 'number'>;

/** What somebody asked for, as it is stored. */
export function toPlanned(
  by: OrgScope & { accountId: AccountId },
  request: NewMeeting,
  place: Place & { uid: string },
  now: Date,
): Planned {
  return {
    ...place,
    orgId: by.orgId,
    subject: request.subject,
    description: request.description,
    media: request.media,
    timeZone: request.timeZone,
    admissionScope: request.admissionScope,
    waitingRoom: request.waitingRoom,
    guestPassword: request.guestPassword ?? null,
    options: JSON.stringify(request.options),
    notices: JSON.stringify(request.notices),
    sequence: 0,
    createdAt: now.toISOString(),
    createdBy: by.accountId,
    cancelledAt: null,
  };
}

export function optionsOf(planned: Pick<Planned, 'options'>) {
  return meetingOptions.parse(JSON.parse(planned.options));
}

/** One meeting at a time: one of its own, or an occurrence, which shares number, UID and attendees with its series. */
export function toMeeting(
  planned: Planned,
  own: PlannedTimes & { id: MeetingId; seriesId: SeriesId | null },
): MeetingRow {
  const { id, seriesId, startAt, endAt } = own;
  return {
    ...planned,
    ...own,
    subjectKey: nameKeyOf(planned.subject),
    purpose: 'meeting',
    recurrenceAt: seriesId === null ? null : startAt,
    resourceId: planned.resourceKind === 'concurrency' ? planned.orgId : (planned.roomId ?? id),
    closesAt: plannedClose(endAt, optionsOf(planned)),
    attendeesId: seriesId ?? id,
    endedAt: null,
  };
}

/** The part of a series that its occurrences have too. */
export function plannedOf(series: SeriesRow): Planned {
  const { id: _id, rule: _rule, startLocal: _start, durationMinutes: _minutes, ...planned } = series;
  return planned;
}

/** Columns that a change names, without its times. */
export function changedColumns(change: MeetingChange): Partial<Planned> {
  const { subject, description, media, timeZone, admissionScope, waitingRoom, guestPassword, options, notices } =
    change;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(description === undefined ? {} : { description }),
    ...(media === undefined ? {} : { media }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(admissionScope === undefined ? {} : { admissionScope }),
    ...(waitingRoom === undefined ? {} : { waitingRoom }),
    ...(guestPassword === undefined ? {} : { guestPassword }),
    ...(options === undefined ? {} : { options: JSON.stringify(options) }),
    ...(notices === undefined ? {} : { notices: JSON.stringify(notices) }),
  };
}

/** The same for a meeting, with what is kept beside them. */
export function changedMeetingColumns(
  meeting: Pick<MeetingRow, 'options' | 'endAt' | 'subject'>,
  change: MeetingChange,
  times: PlannedTimes | null,
): Partial<MeetingRow> {
  const columns = changedColumns(change);
  const endAt = times?.endAt ?? meeting.endAt;
  return {
    ...columns,
    ...times,
    subjectKey: nameKeyOf(columns.subject ?? meeting.subject),
    closesAt: plannedClose(endAt, optionsOf({ options: columns.options ?? meeting.options })),
  };
}
