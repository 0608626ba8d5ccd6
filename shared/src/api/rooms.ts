import { z } from 'zod';
import { accountId, meetingId, roomId, terminalId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { givenName, page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** A cloud room: a virtual meeting room with its own number. */
export const room = z.object({
  id: roomId,
  name: z.string(),
  /** Nine digits. */
  number: z.string(),
  capacity: z.int().min(1),
  terminalIds: z.array(terminalId),
  /** Parties that its order allows; `capacity` is at most this. Null when no order covers the room. */
  orderedCapacity: z.int().nullable(),
  /** Until when paid orders cover the room without a gap; null when none does now: then no meeting begins in it. */
  validUntil: instant.nullable(),
  /** The cloud-room administrator, the only person who holds meetings here; null while it is assigned to nobody. */
  assignee: z.object({ id: accountId, name: z.string() }).nullable(),
  hasGuestPassword: z.boolean(),
  /** What guests have to know; null when there is none, and for everybody who does not manage or hold the room. */
  guestPassword: z.string().nullable(),
});
export type Room = z.infer<typeof room>;

const editable = {
  name: givenName,
  capacity: z.int().min(2).max(1000),
  guestPassword: z
    .string()
    .regex(/^\d{4,8}$/, 'expected 4 to 8 digits')
    .nullable()
    .optional(),
};
const byId = z.strictObject({ roomId });

/** A coming meeting of a cloud room, which a change of its administrator concerns. */
export const comingMeeting = z.object({
  id: meetingId,
  subject: z.string(),
  startAt: instant,
  endAt: instant,
  timeZone: z.string(),
  organizerName: z.string(),
});
export type ComingMeeting = z.infer<typeof comingMeeting>;

/**
 * What becomes of coming meetings when a cloud room gets another administrator: they become the new one's, or, when
 * nobody gets the room, go on with the organization's concurrency; or they are cancelled.
 */
export const comingMeetingsFate = z.enum(['transfer', 'cancel']);
export type ComingMeetingsFate = z.infer<typeof comingMeetingsFate>;

export const roomRoutes = {
  listOwn: route({
    method: 'GET',
    path: '/my/rooms',
    access: 'member',
    summary: 'Cloud rooms whose administrator the caller is, by name',
    success: { status: 200, body: z.object({ items: z.array(room) }) },
  }),
  list: route({
    method: 'GET',
    path: '/rooms',
    access: 'staff',
    summary: 'Cloud rooms, by name; for planning, those in which the caller may plan a meeting',
    query: pageQuery.extend({ for: z.enum(['planning']).optional() }),
    success: { status: 200, body: page(room) },
  }),
  create: route({
    method: 'POST',
    path: '/rooms',
    access: 'rooms',
    summary: 'Create a cloud room',
    body: z.strictObject(editable),
    success: { status: 201, body: room },
  }),
  get: route({
    method: 'GET',
    path: '/rooms/:roomId',
    access: 'staff',
    summary: 'One cloud room',
    params: byId,
    success: { status: 200, body: room },
  }),
  update: route({
    method: 'PATCH',
    path: '/rooms/:roomId',
    access: 'rooms',
    summary: 'Change a cloud room',
    params: byId,
    body: z.strictObject(editable).partial(),
    success: { status: 200, body: room },
  }),
  assign: route({
    method: 'POST',
    path: '/rooms/:roomId/assign',
    access: 'rooms',
    summary: 'Assign a cloud room to a person, reassign it, or (null) reclaim it',
    params: byId,
    body: z.strictObject({
      accountId: accountId.nullable(),
      /** Needed when the room has coming meetings of somebody else. */
      comingMeetings: comingMeetingsFate.optional(),
    }),
    success: { status: 200, body: room },
  }),
  listComing: route({
    method: 'GET',
    path: '/rooms/:roomId/coming-meetings',
    access: 'rooms',
    summary: 'Coming meetings of a cloud room, by start, at most 200',
    params: byId,
    success: { status: 200, body: z.object({ items: z.array(comingMeeting) }) },
  }),
  listAssignable: route({
    method: 'GET',
    path: '/assignable-people',
    access: 'rooms',
    summary: 'People to whom a cloud room can be assigned, by name, at most 20',
    query: z.strictObject({ search: z.string().trim().max(100).default('') }),
    success: { status: 200, body: z.object({ items: z.array(z.object({ id: accountId, name: z.string() })) }) },
  }),
};
