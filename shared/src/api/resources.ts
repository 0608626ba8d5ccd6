import { z } from 'zod';
import { meetingId, organizationId, participantId, roomId, shortageId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { planName } from '../resources/plan.ts';
import { route } from './route.ts';

/** What seats count against, as an administrator names it: the pool that all concurrency meetings share, or a cloud room. */
export const resourceRef = z.union([z.literal('concurrency'), roomId]);
export type ResourceRef = z.infer<typeof resourceRef>;

export const resourceSummary = z.object({
  at: instant,
  plan: planName,
  concurrency: z.object({
    capacity: z.int(),
    taken: z.int(),
    /** When the capacity changes next, and to what; null when no order says so. */
    next: z.object({ at: instant, capacity: z.int() }).nullable(),
  }),
  terminals: z.object({ licensed: z.int(), used: z.int() }),
  rooms: z.object({ ordered: z.int(), made: z.int(), expired: z.int() }),
});
export type ResourceSummary = z.infer<typeof resourceSummary>;

/** Somebody in a meeting, who holds a seat. */
export const seatHolder = z.object({
  participantId,
  name: z.string(),
  kind: z.enum(['terminal', 'person', 'guest']),
  meeting: z.object({ id: meetingId, subject: z.string() }),
  joinedAt: instant,
  /** The planned end of the meeting: then the seat is free, if not before. */
  freesAt: instant,
});
export type SeatHolder = z.infer<typeof seatHolder>;

export const shortage = z.object({
  id: shortageId,
  resourceId: z.union([organizationId, roomId, meetingId]),
  meeting: z.object({ id: meetingId, subject: z.string() }),
  startedAt: instant,
  endedAt: instant.nullable(),
  turnedAway: z.int(),
});
export type Shortage = z.infer<typeof shortage>;

export const usage = z.object({
  /** The most seats that were taken at once, by equal parts of the time span, from the first on. */
  parts: z.array(z.object({ from: instant, peak: z.int(), capacity: z.int() })),
  peak: z.int(),
  /** When somebody found no seat, the latest first. */
  shortages: z.array(shortage),
});
export type Usage = z.infer<typeof usage>;

/** Why the plan refuses a meeting, as the code of its booking's problem. */
export const planRefusal = z.enum(['concurrency_none', 'room_not_valid', 'plan_minutes', 'plan_participants']);
export type PlanRefusal = z.infer<typeof planRefusal>;

/** What a planned meeting would meet. */
export const forecast = z.object({
  /**
   * `fits`; `tight`: with everybody who is invited to all meetings of that time there would not be seats enough, which
   * does not keep anybody from booking; `refused`: it cannot be booked so, for the reason given.
   */
  verdict: z.enum(['fits', 'tight', 'refused']),
  /** Why it is refused; null otherwise. A cloud room holds one meeting at a time. */
  refusal: z.enum([...planRefusal.options, 'room_has_meeting']).nullable(),
  /** The plan at the meeting's start, which says what the meeting can have. */
  plan: planName,
  /** Seats of the resource at the tightest instant, and how many would be wanted then, this meeting included. */
  capacity: z.int(),
  wanted: z.int(),
  tightestAt: instant.nullable(),
  /** Other meetings of that instant, the largest first; of a cloud room, those of the whole time. At most 20. */
  clashes: z.array(
    z.object({ id: meetingId, subject: z.string(), startAt: instant, endAt: instant, parties: z.int() }),
  ),
});
export type Forecast = z.infer<typeof forecast>;

export const resourceRoutes = {
  get: route({
    method: 'GET',
    path: '/resources',
    access: 'administrator',
    summary: 'What the organization has and uses now',
    success: { status: 200, body: resourceSummary },
  }),
  listHolders: route({
    method: 'GET',
    path: '/resources/holders',
    access: 'administrator',
    summary: 'Who holds the seats of a resource now, and when they are free at the latest',
    query: z.strictObject({ resource: resourceRef }),
    success: { status: 200, body: z.object({ items: z.array(seatHolder) }) },
  }),
  getUsage: route({
    method: 'GET',
    path: '/resources/usage',
    access: 'administrator',
    summary: 'Use of a resource over a time span of at most 92 days',
    query: z.strictObject({
      resource: resourceRef,
      from: instant,
      to: instant,
      parts: z.coerce.number().int().min(1).max(400).default(96),
    }),
    success: { status: 200, body: usage },
  }),
  forecast: route({
    method: 'GET',
    path: '/resources/forecast',
    access: 'member',
    summary: 'Whether a meeting that is planned would find seats enough',
    query: z.strictObject({
      resource: resourceRef,
      startAt: instant,
      durationMinutes: z.coerce.number().int().min(1).max(1440),
      /** Everybody who is expected, the organizer included. */
      parties: z.coerce.number().int().min(1).max(10_000),
      /** A meeting that is to be changed, which is in nobody's way. */
      exceptMeetingId: meetingId.optional(),
    }),
    success: { status: 200, body: forecast },
  }),
};
