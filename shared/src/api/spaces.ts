import { z } from 'zod';
import { spaceId, terminalId } from '../ids.ts';
import { givenName, page, pageQuery, timeZone } from './page.ts';
import { route } from './route.ts';

/** A physical room. */
export const space = z.object({
  id: spaceId,
  name: z.string(),
  site: z.string(),
  floor: z.string(),
  capacity: z.int().min(0),
  timeZone: z.string(),
  terminalId: terminalId.nullable(),
});
export type Space = z.infer<typeof space>;

const editable = {
  name: givenName,
  site: givenName,
  floor: z.string().trim().max(20),
  capacity: z.int().min(0).max(10_000),
  timeZone,
};
const byId = z.strictObject({ spaceId });

export const spaceRoutes = {
  list: route({
    method: 'GET',
    path: '/spaces',
    access: 'staff',
    summary: 'Spaces, by name',
    query: pageQuery,
    success: { status: 200, body: page(space) },
  }),
  create: route({
    method: 'POST',
    path: '/spaces',
    access: 'rooms',
    summary: 'Create a space',
    body: z.strictObject(editable),
    success: { status: 201, body: space },
  }),
  get: route({
    method: 'GET',
    path: '/spaces/:spaceId',
    access: 'staff',
    summary: 'One space',
    params: byId,
    success: { status: 200, body: space },
  }),
  update: route({
    method: 'PATCH',
    path: '/spaces/:spaceId',
    access: 'rooms',
    summary: 'Change a space',
    params: byId,
    body: z.strictObject(editable).partial(),
    success: { status: 200, body: space },
  }),
  remove: route({
    method: 'DELETE',
    path: '/spaces/:spaceId',
    access: 'rooms',
    summary: 'Remove a space; its terminal loses its place',
    params: byId,
    success: { status: 204, body: null },
  }),
};
