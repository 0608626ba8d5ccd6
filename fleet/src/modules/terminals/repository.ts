import type { RoomId, SpaceId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { TerminalRow } from '../../db/schema.ts';
import { type OrgScope, type SiteScope, sitesOf } from '../../db/scope.ts';

export type TerminalInPlace = TerminalRow & {
  spaceName: string | null;
  spaceSite: string | null;
  spaceFloor: string | null;
  roomName: string | null;
  roomNumber: string | null;
};

export function createTerminalRepository(db: FleetDatabase) {
  function select(scope: SiteScope) {
    const sites = sitesOf(scope);
    return db
      .selectFrom('terminals')
      .leftJoin('spaces', 'spaces.id', 'terminals.spaceId')
      .leftJoin('rooms', 'rooms.id', 'terminals.roomId')
      .selectAll('terminals')
      .select([
        'spaces.name as spaceName',
        'spaces.site as spaceSite',
        'spaces.floor as spaceFloor',
        'rooms.name as roomName',
        'rooms.number as roomNumber',
      ])
      .where('terminals.orgId', '=', scope.orgId)
      .$if(sites !== null, (terminals) => terminals.where('spaces.site', 'in', sites?.length ? sites : ['']));
  }

  return {
    async find(scope: SiteScope, id: TerminalId): Promise<TerminalInPlace | undefined> {
      return await select(scope).where('terminals.id', '=', id).executeTakeFirst();
    },
    async list(scope: SiteScope, request: PageRequest & { isActiveOnly?: boolean }): Promise<Page<TerminalInPlace>> {
      const { cursor, limit, search, isActiveOnly = false } = request;
      let rows = select(scope);
      if (isActiveOnly) rows = rows.where('terminals.retiredAt', 'is', null);
      let count = rows.clearSelect();
      if (search) {
        rows = rows.where((eb) => holds(eb.ref('terminals.nameKey'), search));
        count = count.where((eb) => holds(eb.ref('terminals.nameKey'), search));
      }
      const after = fromCursor(cursor);
      if (after) rows = rows.where((eb) => isBeyond(eb.ref('terminals.nameKey'), eb.ref('terminals.id'), after));
      const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const found = await rows
        .orderBy('terminals.nameKey')
        .orderBy('terminals.id')
        .limit(limit + 1)
        .execute();
      return toPage(found, {
        limit,
        total: Number(total),
        positionOf: ({ nameKey, id }) => ({ key: nameKey, id }),
        toItem: (row) => row,
      });
    },
    async listActive(scope: SiteScope): Promise<TerminalInPlace[]> {
      return await select(scope).where('terminals.retiredAt', 'is', null).execute();
    },
    /** The terminal that stands in a space now. */
    async findInSpace(scope: OrgScope, spaceId: SpaceId): Promise<Pick<TerminalRow, 'id' | 'name'> | undefined> {
      return await db
        .selectFrom('terminals')
        .select(['id', 'name'])
        .where('orgId', '=', scope.orgId)
        .where('spaceId', '=', spaceId)
        .where('retiredAt', 'is', null)
        .executeTakeFirst();
    },
    async insert(terminal: TerminalRow): Promise<void> {
      await db.insertInto('terminals').values(terminal).execute();
    },
    async update(
      scope: OrgScope,
      id: TerminalId,
      values: Partial<{
        name: string;
        nameKey: string;
        spaceId: SpaceId | null;
        roomId: RoomId | null;
        retiredAt: string;
        answersAutomaticallySince: string | null;
        doNotDisturbSince: string | null;
        allowsHostUnmuteSince: string | null;
        opensRemoteStartsSince: string | null;
      }>,
    ): Promise<void> {
      await db.updateTable('terminals').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    async countCommands(scope: OrgScope, id: TerminalId): Promise<number> {
      const row = await db
        .selectFrom('commands')
        .where('orgId', '=', scope.orgId)
        .where('terminalId', '=', id)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    async countEvents(id: TerminalId): Promise<number> {
      const row = await db
        .selectFrom('terminalEvents')
        .where('terminalId', '=', id)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    async listDesiredVersions(ids: readonly TerminalId[]): Promise<Map<TerminalId, { epoch: number; n: number }>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('desiredDocuments')
        .select(['terminalId', 'epoch', 'n'])
        .where('terminalId', 'in', ids)
        .execute();
      return new Map(rows.map(({ terminalId, epoch, n }) => [terminalId, { epoch, n }]));
    },
  };
}
