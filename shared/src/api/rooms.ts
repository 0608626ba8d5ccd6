import { z } from 'zod';
import { roomId, terminalId } from '../ids.ts';
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
});
export type Room = z.infer<typeof room>;

const editable = { name: givenName, capacity: z.int().min(2).max(500) };
const byId = z.strictObject({ roomId });

export const roomRoutes = {
  list: route({
    method: 'GET',
    path: '/rooms',
    access: 'staff',
    summary: 'Cloud rooms, by name',
    query: pageQuery,
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
};
