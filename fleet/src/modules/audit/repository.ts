import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { AuditRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type AuditRequest = PageRequest & {
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};
/** `actorName` is null of an account that is gone. */
export type NamedAuditRow = AuditRow & { actorName: string | null };

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
    /** The newest first. */
    async page(scope: OrgScope, request: AuditRequest): Promise<Page<NamedAuditRow>> {
      const { cursor, limit, search, action, from, to } = request;
      let filtered = db
        .selectFrom('auditEntries')
        .leftJoin('accounts', 'accounts.id', 'auditEntries.actorId')
        .where('auditEntries.orgId', '=', scope.orgId);
      if (search) filtered = filtered.where((eb) => holds(eb.fn.coalesce('accounts.nameKey', eb.val('')), search));
      if (action) filtered = filtered.where('action', '>=', action).where('action', '<', `${action}\u{10ffff}`);
      if (from) filtered = filtered.where('at', '>=', from);
      if (to) filtered = filtered.where('at', '<', to);
      const { total } = await filtered.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      let rows = filtered.selectAll('auditEntries').select('accounts.name as actorName');
      const after = fromCursor(cursor);
      if (after) rows = rows.where('seq', '<', Number(after.key));
      const found = await rows
        .orderBy('seq', 'desc')
        .limit(limit + 1)
        .execute();
      const positionOf = ({ seq, id }: AuditRow) => ({ key: String(seq), id });
      return toPage(found, { limit, total: Number(total), positionOf, toItem: (row) => row });
    },
    /** What things of the organization are called now, by id. */
    async namesOf(scope: OrgScope, ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const named = (['spaces', 'rooms', 'terminals'] as const).map((table) =>
        db
          .selectFrom(table)
          .select((eb) => [eb.cast<string>('id', 'text').as('id'), 'name'])
          .where('orgId', '=', scope.orgId)
          .where((eb) => eb(eb.cast<string>('id', 'text'), 'in', ids))
          .execute(),
      );
      const rows = (await Promise.all(named)).flat();
      const meetings = await db
        .selectFrom('meetings')
        .select((eb) => [eb.cast<string>('id', 'text').as('id'), 'subject as name'])
        .where('orgId', '=', scope.orgId)
        .where((eb) => eb(eb.cast<string>('id', 'text'), 'in', ids))
        .execute();
      return new Map([...rows, ...meetings].map(({ id, name }) => [id, name]));
    },
    /** All entries, from the first on. */
    async list(scope: OrgScope): Promise<AuditRow[]> {
      return await db.selectFrom('auditEntries').selectAll().where('orgId', '=', scope.orgId).orderBy('seq').execute();
    },
  };
}
