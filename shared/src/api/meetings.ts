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
import { instant } from '../protocol/envelope.ts';
import { meetingSummary } from '../signalling/messages.ts';
import { givenName, page, pageQuery, timeZone } from './page.ts';
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
});
export type MeetingItem = z.infer<typeof meetingItem>;

export const meeting = meetingItem.extend({
  description: z.string(),
  organizerId: accountId,
  attendees: z.array(attendee),
  admissionScope,
  waitingRoom,
  guestPassword: z.string().nullable(),
  notices: noticeChannels,
  options: meetingOptions,
  /** Whether the number is the organizer's personal meeting ID. */
  hasPersonalNumber: z.boolean(),
  /** Whether the reader may change, cancel, extend and end it. */
  mayManage: z.boolean(),
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
});
export type NewMeeting = z.infer<typeof newMeeting>;

/** What anybody with the link may know before joining. */
export const meetingDoor = z.object({
  number: z.string(),
  subject: z.string(),
  organizerName: z.string(),
  startAt: instant,
  endAt: instant,
  timeZone: z.string(),
  state: meetingState,
  needsPassword: z.boolean(),
  /** Name and place of the room that meets, when one is bound. */
  roomName: z.string(),
});
export type MeetingDoor = z.infer<typeof meetingDoor>;

export const meetingRoutes = {
  list: route({
    method: 'GET',
    path: '/meetings',
    access: 'meetings',
    summary: 'Meetings of the organization, by start; upcoming and live, or past',
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
    summary: 'One meeting, for its organizer, those invited, and administrators of meetings',
    params: byId,
    success: { status: 200, body: meeting },
  }),
  cancel: route({
    method: 'POST',
    path: '/meetings/:meetingId/cancel',
    access: 'signedIn',
    summary: 'Cancel a meeting that has not begun',
    params: byId,
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

/** The soft client's door: by number, without an account. */
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
    body: z.strictObject({ name: givenName, password: z.string().max(32).optional() }),
    success: { status: 200, body: z.object({ ticket: z.string(), meeting: meetingSummary }) },
  }),
};
