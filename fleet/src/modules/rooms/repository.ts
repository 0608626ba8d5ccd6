import type { AccountId, DepartmentId, OrganizationId, RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, isOneOf, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { Database, RoomRow } from '../../db/schema.ts';
import { type OrgScope, type SiteScope, sitesOf } from '../../db/scope.ts';

/** A cloud room with its terminals, its cloud-room administrator's name, and the parties that it was ordered for. */
export type RoomWithTerminals = RoomRow & {
  terminalIds: TerminalId[];
  assigneeName: string | null;
  assigneeDepartmentId: DepartmentId | null;
  orderedCapacity: number | null;
};

/** Who plans in the own cloud rooms, and in those of people of the departments that they manage meetings of. */
export type Planner = { accountId: AccountId; managed: ReadonlySet<string> };

export function createRoomRepository(db: FleetDatabase) {
  /** Active terminals of the scope's sites that are bound to a cloud room. */
  function boundTerminals(scope: SiteScope) {
    const sites = sitesOf(scope);
    const bound = db
      .selectFrom('terminals')
      .where('terminals.orgId', '=', scope.orgId)
      .where('terminals.retiredAt', 'is', null);
    if (sites === null) return bound;
    const inSites = db
      .selectFrom('spaces')
      .select('spaces.id')
      .where('spaces.orgId', '=', scope.orgId)
      .where(isOneOf(sql.ref('spaces.site'), sites));
    return bound.where('terminals.spaceId', 'in', inSites);
  }

  /** Whether the scope reaches the room: a field engineer has those whose terminals stand in the own sites. */
  function isReached(scope: SiteScope): Expression<SqlBool> {
    if (sitesOf(scope) === null) return sql<SqlBool>`1 = 1`;
    const { eb } = expressionBuilder<Database, 'rooms'>();
    const bound = boundTerminals(scope).select('terminals.id');
    return eb.exists(bound.where('terminals.roomId', '=', sql.ref<RoomId>('rooms.id')));
  }

  function isPlannedBy({ accountId, managed }: Planner): Expression<SqlBool> {
    const { eb } = expressionBuilder<Database, 'rooms'>();
    const theirs = db
      .selectFrom('memberships as assignees')
      .select('assignees.accountId')
      .where('assignees.accountId', '=', sql.ref<AccountId>('rooms.assignee_account_id'))
      .where('assignees.orgId', '=', sql.ref<OrganizationId>('rooms.org_id'))
      .where(isOneOf(sql.ref('assignees.department_id'), [...managed]));
    return eb.or([eb('rooms.assigneeAccountId', '=', accountId), eb.exists(theirs)]);
  }

  async function withTerminals(
    scope: SiteScope,
    rooms: Omit<RoomWithTerminals, 'terminalIds'>[],
  ): Promise<RoomWithTerminals[]> {
    if (rooms.length === 0) return [];
    const bound = await boundTerminals(scope)
      .select(['id', 'roomId'])
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
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.accountId', '=', 'rooms.assigneeAccountId')
        .onRef('memberships.orgId', '=', 'rooms.orgId'),
    )
    .selectAll('rooms')
    .select('memberships.departmentId as assigneeDepartmentId')
    .select(['accounts.name as assigneeName', 'orderLines.capacity as orderedCapacity']);

  return {
    async find(scope: SiteScope, id: RoomId): Promise<RoomWithTerminals | undefined> {
      const rooms = await readable
        .where('rooms.orgId', '=', scope.orgId)
        .where('rooms.id', '=', id)
        .where(isReached(scope))
        .execute();
      const [room] = await withTerminals(scope, rooms);
      return room;
    },
    async listOfAssignee(scope: OrgScope, accountId: AccountId): Promise<RoomWithTerminals[]> {
      const own = readable.where('rooms.orgId', '=', scope.orgId).where('rooms.assigneeAccountId', '=', accountId);
      return await withTerminals(scope, await own.orderBy('rooms.nameKey').execute());
    },
    /** All of the scope, or those in which a planner plans. */
    async list(scope: SiteScope, request: PageRequest, planner: Planner | null): Promise<Page<RoomWithTerminals>> {
      const { cursor, limit, search } = request;
      let filtered = db.selectFrom('rooms').where('orgId', '=', scope.orgId).where(isReached(scope));
      if (search) filtered = filtered.where((eb) => holds(eb.ref('nameKey'), search));
      if (planner) filtered = filtered.where(isPlannedBy(planner));
      const { total } = await filtered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      let rows = readable.where('rooms.orgId', '=', scope.orgId).where(isReached(scope));
      if (search) rows = rows.where((eb) => holds(eb.ref('rooms.nameKey'), search));
      if (planner) rows = rows.where(isPlannedBy(planner));
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
