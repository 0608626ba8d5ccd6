import { z } from 'zod';
import { roomId } from '../ids.ts';
import { meetingItem } from './meetings.ts';
import { page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** What everybody has of their own: meetings that they organize or are invited to, and their personal meeting ID. */
export const myMeetingRoutes = {
  list: route({
    method: 'GET',
    path: '/my/meetings',
    access: 'signedIn',
    summary: 'Own meetings, by start: upcoming, live, or past, the latest first',
    query: pageQuery.extend({ when: z.enum(['upcoming', 'live', 'past']).default('upcoming') }),
    success: { status: 200, body: page(meetingItem) },
  }),
  number: route({
    method: 'GET',
    path: '/my/meeting-number',
    access: 'signedIn',
    summary: 'The personal meeting ID',
    success: { status: 200, body: z.object({ number: z.string() }) },
  }),
};

const feedAddress = z.object({ url: z.url() });
const ofRoom = z.strictObject({ roomId });

/** Calendars that programs subscribe to. An address is told once; a new one makes the old one lead nowhere. */
export const calendarRoutes = {
  createOwn: route({
    method: 'POST',
    path: '/my/calendar-feed',
    access: 'signedIn',
    summary: 'A new address of the own calendar; the one before ends',
    success: { status: 201, body: feedAddress },
  }),
  removeOwn: route({
    method: 'DELETE',
    path: '/my/calendar-feed',
    access: 'signedIn',
    summary: 'End the address of the own calendar',
    success: { status: 204, body: null },
  }),
  createOfRoom: route({
    method: 'POST',
    path: '/rooms/:roomId/calendar-feed',
    access: 'signedIn',
    summary: 'A new address of a cloud room’s calendar, for its cloud-room administrator and administrators of rooms',
    params: ofRoom,
    success: { status: 201, body: feedAddress },
  }),
  removeOfRoom: route({
    method: 'DELETE',
    path: '/rooms/:roomId/calendar-feed',
    access: 'signedIn',
    summary: 'End the address of a cloud room’s calendar',
    params: ofRoom,
    success: { status: 204, body: null },
  }),
  read: route({
    method: 'GET',
    path: '/calendars/:token',
    access: 'public',
    summary: 'The calendar at an address, as iCalendar',
    params: z.strictObject({ token: z.string().regex(/^[\w-]{43}\.ics$/, 'expected the address of a calendar') }),
    success: { status: 200, body: null, file: ['text/calendar'] },
  }),
};
