import type { ContactId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ContactRow } from '../../db/tables/people.ts';

export function createContactRepository(db: FleetDatabase) {
  return {
    async find(scope: OrgScope, id: ContactId): Promise<ContactRow | undefined> {
      return await db
        .selectFrom('contacts')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirst();
    },
    async list(scope: OrgScope, { cursor, limit, search }: PageRequest): Promise<Page<ContactRow>> {
      let found = db.selectFrom('contacts').where('orgId', '=', scope.orgId);
      if (search) found = found.where((eb) => holds(eb.ref('searchKey'), search));
      const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const after = fromCursor(cursor);
      if (after) found = found.where((eb) => isBeyond(eb.ref('nameKey'), eb.ref('id'), after));
      const rows = await found
        .selectAll()
        .orderBy('nameKey')
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return toPage(rows, {
        limit,
        total: Number(total),
        positionOf: ({ nameKey, id }) => ({ key: nameKey, id }),
        toItem: (row) => row,
      });
    },
    async insert(contact: ContactRow): Promise<void> {
      await db.insertInto('contacts').values(contact).execute();
    },
    async update(scope: OrgScope, id: ContactId, values: Partial<Omit<ContactRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('contacts').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    async remove(scope: OrgScope, id: ContactId): Promise<void> {
      await db.deleteFrom('contacts').where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
  };
}
