import type { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { languageOf } from '../../plugins/language.ts';
import { writeTable } from '../../table-file.ts';
import { codeOfRefusal } from '../resources/service.ts';
import { attendanceTable } from './attendance.ts';
import { describeItem, describeMeeting } from './describe.ts';
import type { MeetingDetail, MeetingsService } from './service.ts';

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
        occurrences: occurrences.map(({ startAt, endAt, conflict, refusal }) => ({
          ...{ startAt, endAt, refusal: codeOfRefusal(refusal) },
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
    async attendance({ actor, params }) {
      const stays = await meetings.listAttendance(actor, params.meetingId);
      return { items: stays.map(({ name, kind, joinedAt, leftAt }) => ({ name, kind, joinedAt, leftAt })) };
    },
    async exportAttendance({ actor, params, query, request }) {
      const meeting = await meetings.get(actor, params.meetingId);
      const stays = await meetings.listAttendance(actor, params.meetingId);
      const table = attendanceTable(meeting, stays, languageOf(request.headers['accept-language']));
      return await writeTable(table, query.format, `attendance-${meeting.number}`);
    },
    extend: async ({ actor, params, body }) => toMeeting(await meetings.extend(actor, params.meetingId, body.minutes)),
    cancel: async ({ actor, params, query }) => toMeeting(await meetings.cancel(actor, params.meetingId, query.scope)),
    end: async ({ actor, params }) => toMeeting(await meetings.end(actor, params.meetingId)),
  };
}
