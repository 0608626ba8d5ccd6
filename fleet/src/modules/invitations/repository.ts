import type { InvitationId } from '@anteroom/shared/ids.ts';
import { sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isOneOf, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { InvitationRow } from '../../db/tables/people.ts';

export type InvitationDetail = InvitationRow & {
  organizationName: string;
  inviterName: string;
  departmentName: string | null;
};

export type InvitationsRequest = PageRequest & {
  /** Only those into one of these; null for all. */
  departmentIds: readonly string[] | null;
};

export function createInvitationRepository(db: FleetDatabase) {
  const invitations = db
    .selectFrom('invitations')
    .innerJoin('organizations', 'organizations.id', 'invitations.orgId')
    .innerJoin('accounts', 'accounts.id', 'invitations.inviterId')
    .leftJoin('departments', (join) =>
      join
        .onRef('departments.orgId', '=', 'invitations.orgId')
        .onRef('departments.id', '=', 'invitations.departmentId'),
    )
    .selectAll('invitations')
    .select(['organizations.name as organizationName', 'accounts.name as inviterName'])
    .select('departments.name as departmentName');

  return {
    async find(scope: OrgScope, id: InvitationId): Promise<InvitationDetail | undefined> {
      return await invitations
        .where('invitations.orgId', '=', scope.orgId)
        .where('invitations.id', '=', id)
        .executeTakeFirst();
    },
    /** Whoever holds the link names no organization. */
    async findByToken(tokenHash: string): Promise<InvitationDetail | undefined> {
      return await invitations.where('invitations.tokenHash', '=', tokenHash).executeTakeFirst();
    },
    async list(scope: OrgScope, request: InvitationsRequest): Promise<Page<InvitationDetail>> {
      const { cursor, limit, search, departmentIds } = request;
      let found = invitations.where('invitations.orgId', '=', scope.orgId);
      let count = db.selectFrom('invitations').where('invitations.orgId', '=', scope.orgId);
      if (search) {
        const isNamed = holds(sql<string>`lower(invitations.name)`, search);
        found = found.where(isNamed);
        count = count.where(isNamed);
      }
      if (departmentIds) {
        const isWithin = isOneOf(sql.ref('invitations.department_id'), departmentIds);
        found = found.where(isWithin);
        count = count.where(isWithin);
      }
      const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const after = fromCursor(cursor);
      // Ids sort by the time of their making.
      if (after) found = found.where((eb) => eb(eb.cast<string>('invitations.id', 'text'), '<', after.id));
      const rows = await found
        .orderBy('invitations.id', 'desc')
        .limit(limit + 1)
        .execute();
      return toPage(rows, {
        limit,
        total: Number(total),
        positionOf: ({ id }) => ({ key: '', id }),
        toItem: (row) => row,
      });
    },
    async insert(invitation: InvitationRow): Promise<void> {
      await db.insertInto('invitations').values(invitation).execute();
    },
    async update(id: InvitationId, values: Partial<Omit<InvitationRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('invitations').set(values).where('id', '=', id).execute();
    },
  };
}
