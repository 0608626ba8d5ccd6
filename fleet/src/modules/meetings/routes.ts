import type { Meeting, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { MeetingNow, MeetingsService } from './service.ts';

export function createMeetingHandlers(deps: {
  meetings: MeetingsService;
  /** Where the soft client is found. */
  publicUrl: () => string;
}): Handlers<typeof meetingRoutes> {
  const { meetings, publicUrl } = deps;

  function toMeeting(meeting: MeetingNow): Meeting {
    const { id, number, subject, description, startAt, endAt, timeZone, organizerName, state, seats } = meeting;
    return {
      id,
      number,
      subject,
      description,
      startAt,
      endAt,
      timeZone,
      room: { id: meeting.roomId, name: meeting.roomName, capacity: meeting.roomCapacity },
      organizerName,
      hasGuestPassword: meeting.guestPasswordHash !== null,
      state,
      participants: seats.map(({ participantId, name, kind, joinedAt }) => ({ participantId, name, kind, joinedAt })),
      joinUrl: `${publicUrl()}/m/${number}`,
    };
  }

  return {
    async list({ actor, query }) {
      const page = await meetings.list(actor, query);
      return { ...page, items: page.items.map(toMeeting) };
    },
    create: async ({ actor, body }) => toMeeting(await meetings.create(actor, body)),
    get: async ({ actor, params }) => toMeeting(await meetings.get(actor, params.meetingId)),
    cancel: async ({ actor, params }) => toMeeting(await meetings.cancel(actor, params.meetingId)),
    end: async ({ actor, params }) => toMeeting(await meetings.end(actor, params.meetingId)),
  };
}
