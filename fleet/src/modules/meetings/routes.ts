import type { Meeting, MeetingItem, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { meetingOptions, noticeChannels } from '@anteroom/shared/meeting/fields.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { toAttendee } from './attendees.ts';
import { extendableUntil, type MeetingDetail, type MeetingNow, type MeetingsService, warnBeforeMs } from './service.ts';

export function createMeetingHandlers(deps: {
  meetings: MeetingsService;
  /** Where the soft client is found. */
  publicUrl: () => string;
}): Handlers<typeof meetingRoutes> {
  const { meetings, publicUrl } = deps;
  const toMeeting = (meeting: MeetingDetail) => describeMeeting(meeting, publicUrl());

  return {
    async list({ actor, query }) {
      const page = await meetings.list(actor, query);
      return { ...page, items: page.items.map((meeting) => describeItem(meeting, publicUrl())) };
    },
    create: async ({ actor, body }) => toMeeting(await meetings.create(actor, body)),
    get: async ({ actor, params }) => toMeeting(await meetings.get(actor, params.meetingId)),
    async preview({ actor, body }) {
      const occurrences = await meetings.preview(actor, body);
      return {
        occurrences: occurrences.map(({ startAt, endAt, conflict }) => ({
          startAt,
          endAt,
          conflict: conflict && { subject: conflict.subject, startAt: conflict.startAt, endAt: conflict.endAt },
        })),
      };
    },
    update: async ({ actor, params, body }) => toMeeting(await meetings.update(actor, params.meetingId, body)),
    async occurrences({ actor, params }) {
      const occurrences = await meetings.listOccurrences(actor, params.meetingId);
      return {
        items: occurrences.map(({ id, startAt, endAt, state, recurrenceAt }) => ({
          ...{ id, startAt, endAt, state },
          isMoved: startAt !== recurrenceAt,
        })),
      };
    },
    extend: async ({ actor, params, body }) => toMeeting(await meetings.extend(actor, params.meetingId, body.minutes)),
    cancel: async ({ actor, params, query }) => toMeeting(await meetings.cancel(actor, params.meetingId, query.scope)),
    end: async ({ actor, params }) => toMeeting(await meetings.end(actor, params.meetingId)),
  };
}

function describeItem(meeting: MeetingNow, publicUrl: string): MeetingItem {
  const { id, number, subject, media, startAt, endAt, timeZone, seriesId, organizerName, state, seats } = meeting;
  const { roomId, roomName, roomCapacity } = meeting;
  return {
    ...{ id, number, subject, media, startAt, endAt, timeZone, seriesId, organizerName, state },
    resource: meeting.resourceKind,
    room:
      roomId === null || roomName === null || roomCapacity === null
        ? null
        : { id: roomId, name: roomName, capacity: roomCapacity },
    hasGuestPassword: meeting.guestPassword !== null,
    participants: seats.map(({ participantId, name, kind, joinedAt }) => ({ participantId, name, kind, joinedAt })),
    joinUrl: `${publicUrl}/m/${number}`,
  };
}

function describeMeeting(meeting: MeetingDetail, publicUrl: string): Meeting {
  const { description, admissionScope, waitingRoom, guestPassword, organizerAccountId, mayManage } = meeting;
  return {
    ...describeItem(meeting, publicUrl),
    ...{ description, admissionScope, waitingRoom, guestPassword, mayManage },
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
