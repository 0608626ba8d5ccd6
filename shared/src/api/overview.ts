import { z } from 'zod';
import { instant } from '../protocol/envelope.ts';
import { route } from './route.ts';

/** What changed, so that a console knows what to ask for again. Stream of GET /api/v1/changes (server-sent events, event `change`). */
export const change = z.object({
  topic: z.enum(['terminals', 'meetings', 'spaces', 'rooms', 'resources', 'people', 'sessions', 'rings']),
  at: instant,
});
export type Change = z.infer<typeof change>;

export const overview = z.object({
  terminals: z.object({ total: z.int(), online: z.int(), inMeeting: z.int(), canJoin: z.int() }),
  /** Null for a field engineer, who has no access to meetings. */
  meetings: z.object({ live: z.int(), today: z.int() }).nullable(),
  at: instant,
});
export type Overview = z.infer<typeof overview>;

export const overviewRoutes = {
  get: route({
    method: 'GET',
    path: '/overview',
    access: 'staff',
    summary: 'The organization at a glance; for a field engineer the terminals of the own sites',
    success: { status: 200, body: overview },
  }),
};
