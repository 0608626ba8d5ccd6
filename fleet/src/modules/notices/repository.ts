import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { AccountRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { NoticeRow } from '../../db/tables/accounts.ts';

/** Whom something of the organization is told to. */
export type Administrator = Pick<AccountRow, 'phone' | 'email' | 'language'>;
export type NoticeOutcome = Pick<NoticeRow, 'dueAt' | 'sentAt' | 'fault'> & { content?: string };

export function createNoticeRepository(db: FleetDatabase) {
  return {
    async insertAll(notices: readonly NoticeRow[]): Promise<void> {
      await db.insertInto('notices').values(notices).execute();
    },
    /** Of a personal user, who has no administrator, the user. */
    async listAdministrators({ orgId }: OrgScope): Promise<Administrator[]> {
      return await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .select(['accounts.phone', 'accounts.email', 'accounts.language'])
        .where('orgId', '=', orgId)
        .where('role', 'in', ['defaultAdministrator', 'administrator', 'personal'])
        .execute();
    },
    /** Of every organization: what is due, the oldest first. */
    async listDue(now: string, limit: number): Promise<NoticeRow[]> {
      return await db
        .selectFrom('notices')
        .selectAll()
        .where('dueAt', '<=', now)
        .orderBy('dueAt')
        .limit(limit)
        .execute();
    },
    /** Takes a due notice for this process until `until`; false when another one was faster. */
    async claim({ id, dueAt, tries }: NoticeRow, until: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('notices')
        .set({ dueAt: until, tries: tries + 1 })
        .where('id', '=', id)
        .where('dueAt', '=', dueAt)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async settle(id: NoticeRow['id'], outcome: NoticeOutcome): Promise<void> {
      await db.updateTable('notices').set(outcome).where('id', '=', id).execute();
    },
    async removeBefore(createdBefore: string): Promise<void> {
      await db.deleteFrom('notices').where('createdAt', '<', createdBefore).execute();
    },
    /** Newest first; with null those of the whole installation. */
    async list(scope: OrgScope | null, request: PageRequest): Promise<Page<NoticeRow>> {
      const { cursor, limit, search } = request;
      let found = db.selectFrom('notices');
      if (scope) found = found.where('orgId', '=', scope.orgId);
      if (search) found = found.where((eb) => holds(eb.ref('recipient'), search));
      const { total } = await found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const after = fromCursor(cursor);
      // Ids sort by the time of their making.
      if (after) found = found.where((eb) => eb(eb.cast<string>('id', 'text'), '<', after.id));
      const rows = await found
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      return toPage(rows, {
        limit,
        total: Number(total),
        positionOf: ({ id }) => ({ key: '', id }),
        toItem: (row) => row,
      });
    },
  };
}
