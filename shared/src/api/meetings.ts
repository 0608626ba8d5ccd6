import { z } from 'zod';
import { meetingId, participantId, roomId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { meetingSummary } from '../signalling/messages.ts';
import { givenName, page, pageQuery, timeZone } from './page.ts';
import { route } from './route.ts';

export const meetingState = z.enum(['scheduled', 'live', 'over', 'cancelled']);

export const meeting = z.object({
  id: meetingId,
  /** Nine digits, not guessable in sequence. */
  number: z.string(),
  subject: z.string(),
  description: z.string(),
  startAt: instant,
  endAt: instant,
  timeZone: z.string(),
  room: z.object({ id: roomId, name: z.string(), capacity: z.int() }),
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
export type Meeting = z.infer<typeof meeting>;

const byId = z.strictObject({ meetingId });
const byNumber = z.strictObject({ number: z.string().regex(/^\d{9}$/, 'expected nine digits') });

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
    summary: 'Meetings, by start; upcoming and live, or past',
    query: pageQuery.extend({ when: z.enum(['upcoming', 'past']).default('upcoming') }),
    success: { status: 200, body: page(meeting) },
  }),
  create: route({
    method: 'POST',
    path: '/meetings',
    access: 'meetings',
    summary: 'Create a meeting in a cloud room, now (no startAt: its terminals ring) or later',
    body: z.strictObject({
      subject: givenName,
      description: z.string().trim().max(200).default(''),
      roomId,
      startAt: instant.optional(),
      durationMinutes: z.int().min(1).max(1440),
      timeZone,
      guestPassword: z.string().min(4).max(32).optional(),
    }),
    success: { status: 201, body: meeting },
  }),
  get: route({
    method: 'GET',
    path: '/meetings/:meetingId',
    access: 'meetings',
    summary: 'One meeting',
    params: byId,
    success: { status: 200, body: meeting },
  }),
  cancel: route({
    method: 'POST',
    path: '/meetings/:meetingId/cancel',
    access: 'meetings',
    summary: 'Cancel a meeting that has not begun',
    params: byId,
    success: { status: 200, body: meeting },
  }),
  end: route({
    method: 'POST',
    path: '/meetings/:meetingId/end',
    access: 'meetings',
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
