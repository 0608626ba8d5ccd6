import type { ImportId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ImportRow } from '../../db/tables/people.ts';

export function createImportRepository(db: FleetDatabase) {
  return {
    async insert(row: ImportRow): Promise<void> {
      await db.insertInto('imports').values(row).execute();
    },
    async find(scope: OrgScope, id: ImportId): Promise<ImportRow | undefined> {
      return await db
        .selectFrom('imports')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirst();
    },
    async removeBefore(createdAt: string): Promise<void> {
      await db.deleteFrom('imports').where('createdAt', '<', createdAt).execute();
    },
  };
}
