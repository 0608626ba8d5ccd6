import type { Meeting, MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { meetingOptions, noticeChannels } from '@anteroom/shared/meeting/fields.ts';
import { toAttendee } from './attendees.ts';
import { extendableUntil, warnBeforeMs } from './rules.ts';
import type { MeetingDetail, MeetingOf } from './service.ts';

/** A meeting as lists show it. */
export function describeItem(meeting: MeetingOf, publicUrl: string): MeetingItem {
  const { id, number, subject, media, startAt, endAt, timeZone, seriesId, organizerName, state, seats } = meeting;
  const { roomId, roomName, roomCapacity, mayManage } = meeting;
  return {
    ...{ id, number, subject, media, startAt, endAt, timeZone, seriesId, organizerName, state, mayManage },
    resource: meeting.resourceKind,
    room:
      roomId === null || roomName === null || roomCapacity === null
        ? null
        : { id: roomId, name: roomName, capacity: roomCapacity },
    hasGuestPassword: meeting.entryPassword !== null,
    participants: seats.map(({ participantId, name, kind, joinedAt }) => ({ participantId, name, kind, joinedAt })),
    joinUrl: `${publicUrl}/m/${number}`,
  };
}

/** A meeting as whoever may see it reads it. */
export function describeMeeting(meeting: MeetingDetail, publicUrl: string): Meeting {
  const { description, admissionScope, waitingRoom, guestPassword, entryPassword, organizerAccountId } = meeting;
  return {
    ...describeItem(meeting, publicUrl),
    ...{ description, admissionScope, waitingRoom, guestPassword, entryPassword },
    recurrence: meeting.recurrence,
    warnAt: new Date(Date.parse(meeting.endAt) - warnBeforeMs).toISOString(),
    extendableUntil: extendableUntil(meeting),
    organizerId: organizerAccountId,
    attendees: meeting.attendees.map(toAttendee),
    notices: noticeChannels.parse(JSON.parse(meeting.notices)),
    options: meetingOptions.parse(JSON.parse(meeting.options)),
    hasPersonalNumber: meeting.slotId === organizerAccountId,
  };
}
