import { z } from 'zod';
import { meetingId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { boardElement } from '../whiteboard/element.ts';
import { route } from './route.ts';

const byId = z.strictObject({ meetingId });

/** What is kept of a meeting's whiteboard. */
export const whiteboard = z.object({
  /** How many elements are on it; 0 also when there is none. */
  elements: z.int().min(0),
  /** Null when nobody drew in this meeting. */
  savedAt: instant.nullable(),
});
export type Whiteboard = z.infer<typeof whiteboard>;

export const whiteboardRoutes = {
  get: route({
    method: 'GET',
    path: '/meetings/:meetingId/whiteboard',
    access: 'signedIn',
    summary: "Whether something was drawn on a meeting's whiteboard; for whoever may see the meeting",
    params: byId,
    success: { status: 200, body: whiteboard },
  }),
  elements: route({
    method: 'GET',
    path: '/meetings/:meetingId/whiteboard/elements',
    access: 'signedIn',
    summary: 'What was drawn, from the lowest element to the highest, as Excalidraw knows it',
    params: byId,
    success: { status: 200, body: z.object({ items: z.array(boardElement) }) },
  }),
};
