import { mayCall } from '@anteroom/shared/api/access.ts';
import type { Room, roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { holds } from '@anteroom/shared/identity/roles.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { AssignmentsService } from '../assignments/service.ts';
import { toComingMeeting } from '../meetings/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { RoomNow, RoomsService } from './service.ts';

export function createRoomHandlers(deps: {
  rooms: RoomsService;
  assignments: AssignmentsService;
}): Handlers<typeof roomRoutes> {
  const { rooms, assignments } = deps;
  return {
    async list({ actor, query }) {
      const page = await rooms.list(actor, query);
      return { ...page, items: page.items.map((room) => toRoom(room, actor)) };
    },
    listOwn: async ({ actor }) => ({ items: (await rooms.listOwn(actor)).map((room) => toRoom(room, actor)) }),
    create: async ({ actor, body }) => toRoom(await rooms.create(actor, body), actor),
    get: async ({ actor, params }) => toRoom(await rooms.get(actor, params.roomId), actor),
    update: async ({ actor, params, body }) => toRoom(await rooms.update(actor, params.roomId, given(body)), actor),
    assign: async ({ actor, params, body }) => toRoom(await assignments.assign(actor, params.roomId, body), actor),
    async listComing({ actor, params }) {
      const coming = await assignments.listComing(actor, params.roomId);
      return { items: coming.map(toComingMeeting) };
    },
    listAssignable: async ({ actor, query }) => ({ items: await assignments.listAssignable(actor, query.search) }),
  };
}

function toRoom(room: RoomNow, actor: Actor): Room {
  const { id, name, number, capacity, terminalIds, orderedCapacity, validUntil, guestPassword } = room;
  const { assigneeAccountId, assigneeName } = room;
  const mayRead = holds(actor, 'rooms') || assigneeAccountId === actor.accountId;
  return {
    ...{ id, name, number, capacity, terminalIds, orderedCapacity, validUntil },
    // A field engineer has no access to people.
    assignee:
      assigneeAccountId === null || !mayCall('member', actor)
        ? null
        : { id: assigneeAccountId, name: assigneeName ?? '' },
    hasGuestPassword: guestPassword !== null,
    guestPassword: mayRead ? guestPassword : null,
  };
}
