import type { InvitationState } from '@anteroom/shared/api/invitations.ts';
import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { InvitationId } from '@anteroom/shared/ids.ts';
import { type ExpressionBuilder, sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isOneOf, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { Database } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { InvitationRow } from '../../db/tables/people.ts';

export type InvitationDetail = InvitationRow & {
  organizationName: string;
  inviterName: string;
  departmentName: string | null;
};

export type InvitationsRequest = PageRequest & {
  state?: InvitationState | undefined;
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
    async list(scope: OrgScope, request: InvitationsRequest, now: Date): Promise<Page<InvitationDetail>> {
      const { cursor, limit, search, state, departmentIds } = request;
      const isWanted = (eb: ExpressionBuilder<Database, 'invitations'>) =>
        eb.and([
          eb('invitations.orgId', '=', scope.orgId),
          ...(search ? [holds(sql<string>`lower(invitations.name || ' ' || invitations.recipient)`, search)] : []),
          ...(departmentIds ? [isOneOf(sql.ref('invitations.department_id'), departmentIds)] : []),
          ...(state ? [isInState(eb, state, now)] : []),
        ]);
      const { total } = await db
        .selectFrom('invitations')
        .where(isWanted)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const after = fromCursor(cursor);
      let page = db.selectFrom('invitations').select('invitations.id').where(isWanted);
      // Ids sort by the time of their making.
      if (after) page = page.where((eb) => eb(eb.cast<string>('invitations.id', 'text'), '<', after.id));
      const rows = await invitations
        .where('invitations.id', 'in', page.orderBy('invitations.id', 'desc').limit(limit + 1))
        .orderBy('invitations.id', 'desc')
        .execute();
      return toPage(rows, {
        limit,
        total: Number(total),
        positionOf: ({ id }) => ({ key: '', id }),
        toItem: (row) => row,
      });
    },
    /** Whether somebody of the organization has this phone number or e-mail address. */
    async hasMember(scope: OrgScope, recipient: string): Promise<boolean> {
      const member = await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .select('accounts.id')
        .where('memberships.orgId', '=', scope.orgId)
        .where('accounts.kind', '=', 'standard')
        .where((eb) => eb.or([eb('accounts.phone', '=', recipient), eb('accounts.email', '=', recipient)]))
        .executeTakeFirst();
      return member !== undefined;
    },
    async insert(invitation: InvitationRow): Promise<void> {
      await db.insertInto('invitations').values(invitation).execute();
    },
    async update(id: InvitationId, values: Partial<Omit<InvitationRow, 'id' | 'orgId'>>): Promise<void> {
      await db.updateTable('invitations').set(values).where('id', '=', id).execute();
    },
  };
}

/** The rule of `stateOf` (rules.ts) as SQL. */
function isInState(eb: ExpressionBuilder<Database, 'invitations'>, state: InvitationState, now: Date) {
  const answers = ['joinedAt', 'declinedAt', 'refusedAt', 'withdrawnAt', 'acceptedAt'] as const;
  const none = (columns: readonly (typeof answers)[number][]) => columns.map((column) => eb(column, 'is', null));
  // An answer that stands before another in `stateOf` is the later one.
  const isLast = (column: (typeof answers)[number]) =>
    eb.and([...none(answers.slice(0, answers.indexOf(column))), eb(column, 'is not', null)]);
  switch (state) {
    case 'joined':
      return isLast('joinedAt');
    case 'declined':
      return isLast('declinedAt');
    case 'refused':
      return isLast('refusedAt');
    case 'withdrawn':
      return isLast('withdrawnAt');
    case 'accepted':
      return isLast('acceptedAt');
    case 'expired':
      return eb.and([...none(answers), eb('expiresAt', '<=', now.toISOString())]);
    case 'waiting':
      return eb.and([...none(answers), eb('expiresAt', '>', now.toISOString())]);
    default:
      return assertNever(state);
  }
}
