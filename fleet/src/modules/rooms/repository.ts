import type { AccountId, RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { RoomRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

/** A cloud room with its terminals, its cloud-room administrator's name, and the parties that it was ordered for. */
export type RoomWithTerminals = RoomRow & {
  terminalIds: TerminalId[];
  assigneeName: string | null;
  orderedCapacity: number | null;
};

export function createRoomRepository(db: FleetDatabase) {
  async function withTerminals(
    scope: OrgScope,
    rooms: Omit<RoomWithTerminals, 'terminalIds'>[],
  ): Promise<RoomWithTerminals[]> {
    if (rooms.length === 0) return [];
    const bound = await db
      .selectFrom('terminals')
      .select(['id', 'roomId'])
      .where('orgId', '=', scope.orgId)
      .where('retiredAt', 'is', null)
      .where(
        'roomId',
        'in',
        rooms.map((room) => room.id),
      )
      .orderBy('id')
      .execute();
    return rooms.map((room) => ({
      ...room,
      terminalIds: bound.filter(({ roomId }) => roomId === room.id).map(({ id }) => id),
    }));
  }

  const readable = db
    .selectFrom('rooms')
    .leftJoin('accounts', 'accounts.id', 'rooms.assigneeAccountId')
    .leftJoin('orderLines', 'orderLines.id', 'rooms.orderLineId')
    .selectAll('rooms')
    .select(['accounts.name as assigneeName', 'orderLines.capacity as orderedCapacity']);

  return {
    async find(scope: OrgScope, id: RoomId): Promise<RoomWithTerminals | undefined> {
      const rooms = await readable.where('rooms.orgId', '=', scope.orgId).where('rooms.id', '=', id).execute();
      const [room] = await withTerminals(scope, rooms);
      return room;
    },
    async listOfAssignee(scope: OrgScope, accountId: AccountId): Promise<RoomWithTerminals[]> {
      const own = readable.where('rooms.orgId', '=', scope.orgId).where('rooms.assigneeAccountId', '=', accountId);
      return await withTerminals(scope, await own.orderBy('rooms.nameKey').execute());
    },
    async list(scope: OrgScope, request: PageRequest): Promise<Page<RoomWithTerminals>> {
      const { cursor, limit, search } = request;
      let filtered = db.selectFrom('rooms').where('orgId', '=', scope.orgId);
      if (search) filtered = filtered.where((eb) => holds(eb.ref('nameKey'), search));
      const { total } = await filtered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      let rows = readable.where('rooms.orgId', '=', scope.orgId);
      if (search) rows = rows.where((eb) => holds(eb.ref('rooms.nameKey'), search));
      const after = fromCursor(cursor);
      if (after) rows = rows.where((eb) => isBeyond(eb.ref('rooms.nameKey'), eb.ref('rooms.id'), after));
      const found = await rows
        .orderBy('rooms.nameKey')
        .orderBy('rooms.id')
        .limit(limit + 1)
        .execute();
      const page = toPage(found, {
        limit,
        total: Number(total),
        positionOf: ({ nameKey, id }) => ({ key: nameKey, id }),
        toItem: (row) => row,
      });
      return { ...page, items: await withTerminals(scope, page.items) };
    },
    async insert(room: RoomRow): Promise<void> {
      await db.insertInto('rooms').values(room).execute();
    },
    async update(scope: OrgScope, id: RoomId, values: Partial<Omit<RoomRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('rooms').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
  };
}
