import type { SpaceId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { SpaceRow } from '../../db/schema.ts';
import { type OrgScope, type SiteScope, sitesOf } from '../../db/scope.ts';

export type SpaceWithTerminal = SpaceRow & { terminalId: TerminalId | null };

export function createSpaceRepository(db: FleetDatabase) {
  function select(scope: SiteScope) {
    const sites = sitesOf(scope);
    return db
      .selectFrom('spaces')
      .leftJoin('terminals', (join) =>
        join.onRef('terminals.spaceId', '=', 'spaces.id').on('terminals.retiredAt', 'is', null),
      )
      .selectAll('spaces')
      .select('terminals.id as terminalId')
      .where('spaces.orgId', '=', scope.orgId)
      .$if(sites !== null, (spaces) => spaces.where('spaces.site', 'in', sites?.length ? sites : ['']));
  }

  return {
    async find(scope: SiteScope, id: SpaceId): Promise<SpaceWithTerminal | undefined> {
      return await select(scope).where('spaces.id', '=', id).executeTakeFirst();
    },
    async list(scope: SiteScope, request: PageRequest): Promise<Page<SpaceWithTerminal>> {
      const { cursor, limit, search } = request;
      let rows = select(scope);
      let count = select(scope).clearSelect();
      if (search) {
        rows = rows.where((eb) => holds(eb.ref('spaces.nameKey'), search));
        count = count.where((eb) => holds(eb.ref('spaces.nameKey'), search));
      }
      const after = fromCursor(cursor);
      if (after) rows = rows.where((eb) => isBeyond(eb.ref('spaces.nameKey'), eb.ref('spaces.id'), after));
      const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const found = await rows
        .orderBy('spaces.nameKey')
        .orderBy('spaces.id')
        .limit(limit + 1)
        .execute();
      return toPage(found, {
        limit,
        total: Number(total),
        positionOf: ({ nameKey, id }) => ({ key: nameKey, id }),
        toItem: (row) => row,
      });
    },
    async insert(space: SpaceRow): Promise<void> {
      await db.insertInto('spaces').values(space).execute();
    },
    async update(scope: OrgScope, id: SpaceId, values: Partial<Omit<SpaceRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('spaces').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    /** Removes the space, also from the terminals that ever stood in it. */
    async remove(scope: OrgScope, id: SpaceId): Promise<void> {
      await db
        .updateTable('terminals')
        .set({ spaceId: null })
        .where('orgId', '=', scope.orgId)
        .where('spaceId', '=', id)
        .execute();
      await db.deleteFrom('spaces').where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
  };
}
