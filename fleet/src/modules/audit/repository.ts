import type { FleetDatabase } from '../../db/database.ts';
import type { AuditRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export function createAuditRepository(db: FleetDatabase) {
  return {
    async last(scope: OrgScope): Promise<Pick<AuditRow, 'seq' | 'hash'> | undefined> {
      return await db
        .selectFrom('auditEntries')
        .select(['seq', 'hash'])
        .where('orgId', '=', scope.orgId)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
    },
    async insert(entry: AuditRow): Promise<void> {
      await db.insertInto('auditEntries').values(entry).execute();
    },
    /** All entries, from the first on. */
    async list(scope: OrgScope): Promise<AuditRow[]> {
      return await db.selectFrom('auditEntries').selectAll().where('orgId', '=', scope.orgId).orderBy('seq').execute();
    },
  };
}
