import { z } from 'zod';
import { meetingId } from '../ids.ts';
import { controlAction, needsPresence } from '../meeting/control.ts';
import { liveView } from '../signalling/live.ts';
import { route } from './route.ts';

const ofMeeting = z.strictObject({ meetingId });

/**
 * Control of a live meeting from outside of it, for whoever manages it. The signalling role serves this itself, under its
 * own path: where the roles run in separate processes, whatever leads `/api/v1/signal` to it leads this there too.
 * `GET …/events` beside it tells changes as server-sent events (`liveEvent`).
 */
export const liveRoutes = {
  get: route({
    method: 'GET',
    path: '/signal/meetings/:meetingId',
    access: 'signedIn',
    summary: 'Who is in the meeting and who waits, and what its controls stand at, for whoever manages it',
    params: ofMeeting,
    success: { status: 200, body: liveView },
  }),
  control: route({
    method: 'POST',
    path: '/signal/meetings/:meetingId/control',
    access: 'signedIn',
    summary: 'One action of meeting control, with the rights of the host, for whoever manages the meeting',
    params: ofMeeting,
    body: z.strictObject({
      action: controlAction.refine(
        ({ kind }) => !needsPresence(kind),
        'raised hands, reactions, messages and whiteboards are for those in the meeting',
      ),
    }),
    success: { status: 204, body: null },
  }),
};

/** Path of the stream of `liveEvent`s. */
export const liveEventsPath = '/signal/meetings/:meetingId/events';
