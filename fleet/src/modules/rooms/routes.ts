import type { Room, roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { RoomsService } from './service.ts';

export function createRoomHandlers({ rooms }: { rooms: RoomsService }): Handlers<typeof roomRoutes> {
  return {
    async list({ actor, query }) {
      const page = await rooms.list(actor, query);
      return { ...page, items: page.items.map(toRoom) };
    },
    create: async ({ actor, body }) => toRoom(await rooms.create(actor, body)),
    get: async ({ actor, params }) => toRoom(await rooms.get(actor, params.roomId)),
    update: async ({ actor, params, body }) => toRoom(await rooms.update(actor, params.roomId, given(body))),
  };
}

function toRoom({ id, name, number, capacity, terminalIds }: Room): Room {
  return { id, name, number, capacity, terminalIds };
}
