import { z } from 'zod';
import { accountId, meetingId, participantId, roomId, seriesId } from '../ids.ts';
import {
  admissionScope,
  attendee,
  attendeeRequest,
  meetingMedia,
  meetingOptions,
  meetingResource,
  mostAttendees,
  noticeChannels,
  waitingRoom,
} from '../meeting/fields.ts';
import { recurrenceRule } from '../meeting/recurrence.ts';
import { holdReason, joinRefusal } from '../meeting/refusal.ts';
import { instant } from '../protocol/envelope.ts';
import { meetingSummary } from '../signalling/messages.ts';
import { givenName, page, pageQuery, timeZone } from './page.ts';
import { planRefusal } from './resources.ts';
import { route } from './route.ts';

export const meetingState = z.enum(['scheduled', 'live', 'over', 'cancelled']);

/** A meeting as lists show it. */
export const meetingItem = z.object({
  id: meetingId,
  /** Nine digits, not guessable in sequence. */
  number: z.string(),
  subject: z.string(),
  media: meetingMedia,
  startAt: instant,
  endAt: instant,
  timeZone: z.string(),
  resource: z.enum(['room', 'concurrency', 'free']),
  /** The cloud room; null for a meeting that uses none. */
  room: z.object({ id: roomId, name: z.string(), capacity: z.int() }).nullable(),
  /** The series that it is an occurrence of; null for a meeting of its own. */
  seriesId: seriesId.nullable(),
  organizerName: z.string(),
  hasGuestPassword: z.boolean(),
  state: meetingState,
  /** In the meeting now. */
  participants: z.array(
    z.object({ participantId, name: z.string(), kind: z.enum(['terminal', 'person', 'guest']), joinedAt: instant }),
  ),
  /** Soft client's address of this meeting. */
  joinUrl: z.url(),
  /** Whether the reader may change, cancel, extend, control and end it. */
  mayManage: z.boolean(),
});
export type MeetingItem = z.infer<typeof meetingItem>;

export const meeting = meetingItem.extend({
  description: z.string(),
  organizerId: accountId,
  attendees: z.array(attendee),
  admissionScope,
  waitingRoom,
  guestPassword: z.string().nullable(),
  /** What guests type at the door: the meeting's own password, else that of its cloud room. */
  entryPassword: z.string().nullable(),
  notices: noticeChannels,
  options: meetingOptions,
  /** Whether the number is the organizer's personal meeting ID. */
  hasPersonalNumber: z.boolean(),
  /** The rule of its series, and the start that the rule gives it; null for a meeting of its own. */
  recurrence: z.object({ rule: z.string(), startAt: instant }).nullable(),
  /** When everybody in it is told that it is about to end. */
  warnAt: instant,
  /** It may be extended to this instant; null when it has no end to extend any more. */
  extendableUntil: instant.nullable(),
});
export type Meeting = z.infer<typeof meeting>;

const byId = z.strictObject({ meetingId });
const nineDigits = z.string().regex(/^\d{9}$/, 'expected nine digits');
const byNumber = z.strictObject({ number: nineDigits });

const description = z.string().trim().max(200);
const guestPassword = z
  .string()
  .min(4)
  .max(32)
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');

/** Drawn at random, the organizer's personal meeting ID, or nine digits that somebody chose. */
export const numberChoice = z.union([
  z.literal('generated'),
  z.literal('personal'),
  z.string().regex(/^[1-9]\d{8}$/, 'expected nine digits, the first not 0'),
]);

export const newMeeting = z.strictObject({
  subject: givenName,
  description: description.default(''),
  media: meetingMedia.default('video'),
  resource: meetingResource,
  /** Absent: it begins now, and those invited are rung. */
  startAt: instant.optional(),
  durationMinutes: z.int().min(1).max(1440),
  timeZone,
  attendees: z.array(attendeeRequest).max(mostAttendees).default([]),
  admissionScope: admissionScope.default('everyone'),
  waitingRoom: waitingRoom.default('off'),
  number: numberChoice.default('generated'),
  guestPassword: guestPassword.optional(),
  notices: noticeChannels.default({ email: true, sms: false }),
  options: meetingOptions.prefault({}),
  /** Makes a series, whose first occurrence is at `startAt` or after. */
  recurrence: recurrenceRule.optional(),
});
export type NewMeeting = z.infer<typeof newMeeting>;

/** Which occurrences of a series a change is for: one, it and all after it, or all that have not begun. */
export const changeScope = z.enum(['this', 'following', 'all']);
export type ChangeScope = z.infer<typeof changeScope>;

export const meetingChange = z.strictObject({
  scope: changeScope.default('this'),
  subject: givenName.optional(),
  description: description.optional(),
  media: meetingMedia.optional(),
  startAt: instant.optional(),
  durationMinutes: z.int().min(1).max(1440).optional(),
  timeZone: timeZone.optional(),
  /** Only with the scopes `following` and `all` of a series. */
  recurrence: recurrenceRule.optional(),
  attendees: z.array(attendeeRequest).max(mostAttendees).optional(),
  admissionScope: admissionScope.optional(),
  waitingRoom: waitingRoom.optional(),
  guestPassword: guestPassword.nullable().optional(),
  notices: noticeChannels.optional(),
  options: meetingOptions.optional(),
});
export type MeetingChange = z.infer<typeof meetingChange>;

/** A series as it would be planned: every occurrence, and what it meets. */
export const seriesPreview = z.object({
  occurrences: z.array(
    z.object({
      startAt: instant,
      endAt: instant,
      conflict: z.object({ subject: z.string(), startAt: instant, endAt: instant }).nullable(),
      /** Why the plan of that time refuses it; null otherwise. */
      refusal: planRefusal.nullable(),
    }),
  ),
});
export type SeriesPreview = z.infer<typeof seriesPreview>;

/** One stay: who came back has two. */
export const attendanceEntry = z.object({
  name: z.string(),
  kind: z.enum(['terminal', 'person', 'guest']),
  joinedAt: instant,
  /** Null while they are in. */
  leftAt: instant.nullable(),
});

export const occurrence = z.object({
  id: meetingId,
  startAt: instant,
  endAt: instant,
  state: meetingState,
  /** Whether it is not when the rule says. */
  isMoved: z.boolean(),
});

/** What anybody with the link may know before joining. */
export const meetingDoor = z.object({
  number: z.string(),
  subject: z.string(),
  organizerName: z.string(),
  startAt: instant,
  endAt: instant,
  timeZone: z.string(),
  state: meetingState,
  /** Whether the reader has to type the guest password: people of the organization and those invited need none. */
  needsPassword: z.boolean(),
  /** Whether the reader is held at the open door until a host is there: nobody may join before the host. */
  waitsForHost: z.boolean(),
  /** The account that the reader is signed in with and goes in as; null for a guest. */
  visitor: z.object({ name: z.string() }).nullable(),
  /** A meeting to try things out, in which the client plays its guide. */
  isTrial: z.boolean(),
  /** Name and place of the room that meets, when one is bound. */
  roomName: z.string(),
});
export type MeetingDoor = z.infer<typeof meetingDoor>;

/** What would become of an attempt to join, were it made now: nothing more than the attempt itself would tell. */
export const joinOutlook = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('open') }),
  z.object({ outcome: z.literal('held'), reason: holdReason }),
  z.object({ outcome: z.literal('refused'), reason: joinRefusal }),
]);
export type JoinOutlook = z.infer<typeof joinOutlook>;

export const meetingRoutes = {
  list: route({
    method: 'GET',
    path: '/meetings',
    access: 'meetings',
    summary:
      'Meetings of the organization, or of the departments that the reader manages, by start; upcoming and live, or past',
    query: pageQuery.extend({ when: z.enum(['upcoming', 'past']).default('upcoming') }),
    success: { status: 200, body: page(meetingItem) },
  }),
  create: route({
    method: 'POST',
    path: '/meetings',
    access: 'signedIn',
    summary: 'Create a meeting, now (no startAt: those invited are rung) or later',
    body: newMeeting,
    success: { status: 201, body: meeting },
  }),
  get: route({
    method: 'GET',
    path: '/meetings/:meetingId',
    access: 'signedIn',
    summary:
      'One meeting, for its organizer, those invited, and administrators of the meetings of its organizer’s department',
    params: byId,
    success: { status: 200, body: meeting },
  }),
  preview: route({
    method: 'POST',
    path: '/meetings/preview',
    access: 'signedIn',
    summary: 'The occurrences that a rule gives, and the meetings that they would meet',
    body: newMeeting
      .pick({ resource: true, number: true, durationMinutes: true, timeZone: true })
      .extend({ startAt: instant, recurrence: recurrenceRule }),
    success: { status: 200, body: seriesPreview },
  }),
  update: route({
    method: 'PATCH',
    path: '/meetings/:meetingId',
    access: 'signedIn',
    summary: 'Change a meeting that has not begun, one occurrence of a series, or several',
    params: byId,
    body: meetingChange,
    success: { status: 200, body: meeting },
  }),
  occurrences: route({
    method: 'GET',
    path: '/meetings/:meetingId/occurrences',
    access: 'signedIn',
    summary: 'Every occurrence of the series that a meeting belongs to, by start',
    params: byId,
    success: { status: 200, body: z.object({ items: z.array(occurrence) }) },
  }),
  attendance: route({
    method: 'GET',
    path: '/meetings/:meetingId/attendance',
    access: 'signedIn',
    summary: 'Who was in the meeting, from when to when; for whoever manages it',
    params: byId,
    success: { status: 200, body: z.object({ items: z.array(attendanceEntry) }) },
  }),
  exportAttendance: route({
    method: 'GET',
    path: '/meetings/:meetingId/attendance/file',
    access: 'signedIn',
    summary: 'The same as a file',
    params: byId,
    query: z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') }),
    success: {
      status: 200,
      body: null,
      file: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    },
  }),
  extend: route({
    method: 'POST',
    path: '/meetings/:meetingId/extend',
    access: 'signedIn',
    summary: 'Let a live meeting end later, at most at the start of the next one in its cloud room',
    params: byId,
    body: z.strictObject({ minutes: z.int().min(1).max(1440) }),
    success: { status: 200, body: meeting },
  }),
  cancel: route({
    method: 'POST',
    path: '/meetings/:meetingId/cancel',
    access: 'signedIn',
    summary: 'Cancel a meeting that has not begun, one occurrence of a series, or several',
    params: byId,
    query: z.strictObject({ scope: changeScope.default('this') }),
    success: { status: 200, body: meeting },
  }),
  end: route({
    method: 'POST',
    path: '/meetings/:meetingId/end',
    access: 'signedIn',
    summary: 'End a live meeting for everybody',
    params: byId,
    success: { status: 200, body: meeting },
  }),
};

/** The soft client's door: by number, with an account or without. */
export const doorRoutes = {
  look: route({
    method: 'GET',
    path: '/join/:number',
    access: 'public',
    summary: 'What the meeting link leads to',
    params: byNumber,
    success: { status: 200, body: meetingDoor },
  }),
  enter: route({
    method: 'POST',
    path: '/join/:number',
    access: 'public',
    summary: 'A join ticket for the signalling WebSocket at /api/v1/signal',
    params: byNumber,
    /** Whoever is signed in goes in with the name of their account. */
    body: z.strictObject({ name: givenName, password: z.string().max(32).optional() }),
    success: { status: 200, body: z.object({ ticket: z.string(), meeting: meetingSummary }) },
  }),
  outlook: route({
    method: 'POST',
    path: '/join/:number/outlook',
    access: 'public',
    summary: 'What an attempt to join would come to now, for the page that tests why somebody cannot join',
    params: byNumber,
    /** What entering asks for, under the same limits. */
    body: z.strictObject({ password: z.string().max(32).optional() }),
    success: { status: 200, body: joinOutlook },
  }),
};
