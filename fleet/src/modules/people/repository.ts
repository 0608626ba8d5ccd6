import type { AccountId, OrganizationId } from '@anteroom/shared/ids.ts';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import {
  fromCursor,
  holds,
  isBeyond,
  isOneOf,
  type Page,
  type PageRequest,
  type Position,
  toPage,
  totalOf,
} from '../../db/paging.ts';
import type { AccountRow, MembershipRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type MemberRow = MembershipRow &
  Pick<AccountRow, 'kind' | 'name' | 'phone' | 'email' | 'language'> & { departmentName: string | null };

export type PeopleRequest = PageRequest & {
  /** Only people directly in these. */
  departmentIds?: readonly string[] | undefined;
};

export function createPeopleRepository(db: FleetDatabase) {
  const members = db
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
    .leftJoin('departments', (join) =>
      join
        .onRef('departments.orgId', '=', 'memberships.orgId')
        .onRef('departments.id', '=', 'memberships.departmentId'),
    )
    .selectAll('memberships')
    .select(['accounts.kind', 'accounts.name', 'accounts.phone', 'accounts.email', 'accounts.language'])
    .select('departments.name as departmentName');

  return {
    async find(scope: OrgScope, id: AccountId): Promise<MemberRow | undefined> {
      return await members
        .where('memberships.orgId', '=', scope.orgId)
        .where('memberships.accountId', '=', id)
        .executeTakeFirst();
    },
    async findDefaultAdministrator(scope: OrgScope): Promise<{ id: AccountId; name: string } | undefined> {
      return await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .select(['accounts.id', 'accounts.name'])
        .where('memberships.orgId', '=', scope.orgId)
        .where('memberships.role', '=', 'defaultAdministrator')
        .executeTakeFirst();
    },
    /**
     * By name; within a department by its sort numbers first, as in an address book. The page is found among memberships
     * alone, by one index; only its rows are joined.
     */
    async list(scope: OrgScope, request: PeopleRequest): Promise<Page<MemberRow>> {
      const { cursor, limit, search, departmentIds } = request;
      let found = db.selectFrom('memberships').where('orgId', '=', scope.orgId);
      if (search) found = found.where((eb) => holds(eb.ref('searchKey'), search));
      if (departmentIds) found = found.where(isOneOf(sql.ref('department_id'), departmentIds));
      const after = fromCursor(cursor);
      const rest = after ? found.where(departmentIds ? isBeyondNumbered(after) : isBeyondNamed(after)) : found;
      const page = await (departmentIds ? rest.orderBy('sortNumber') : rest)
        .select(['accountId', 'nameKey', 'sortNumber'])
        .orderBy('nameKey')
        .orderBy('accountId')
        .limit(limit + 1)
        .execute();
      const counted = found.select((eb) => eb.fn.countAll<number>().as('total'));
      const total = await totalOf(page, request, () => counted.executeTakeFirstOrThrow());
      const ids = page.map(({ accountId }) => accountId);
      const rows =
        ids.length === 0
          ? []
          : await members
              .where('memberships.orgId', '=', scope.orgId)
              .where('memberships.accountId', 'in', ids)
              .execute();
      const byId = new Map(rows.map((row) => [row.accountId, row]));
      return toPage(
        page.flatMap(({ accountId }) => byId.get(accountId) ?? []),
        {
          limit,
          total,
          positionOf: ({ sortNumber, nameKey, accountId }) => ({
            key: departmentIds ? `${sortNumber} ${nameKey}` : nameKey,
            id: accountId,
          }),
          toItem: (row) => row,
        },
      );
    },
    async listSome(scope: OrgScope, limit: number) {
      return await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .select(['memberships.accountId', 'accounts.kind', 'accounts.name', 'accounts.passwordHash'])
        .where('memberships.orgId', '=', scope.orgId)
        .orderBy('memberships.accountId')
        .limit(limit)
        .execute();
    },
    async update(
      scope: OrgScope,
      id: AccountId,
      values: Partial<Omit<MembershipRow, 'accountId' | 'orgId' | 'nameKey' | 'searchKey' | 'createdAt'>>,
    ): Promise<void> {
      await db
        .updateTable('memberships')
        .set(values)
        .where('orgId', '=', scope.orgId)
        .where('accountId', '=', id)
        .execute();
    },
    /** The membership with everything that follows the account: its open sessions and its personal number. */
    async move(
      id: AccountId,
      orgId: OrganizationId,
      membership: Omit<MembershipRow, 'accountId' | 'orgId' | 'nameKey' | 'searchKey'>,
    ) {
      await db
        .updateTable('memberships')
        .set({ ...membership, orgId })
        .where('accountId', '=', id)
        .execute();
      await db
        .updateTable('sessions')
        .set({ orgId })
        .where('accountId', '=', id)
        .where('endedAt', 'is', null)
        .execute();
      await db.updateTable('numbers').set({ orgId }).where('ownerId', '=', id).execute();
    },
  };
}

function isBeyondNamed(after: Position): Expression<SqlBool> {
  return isBeyond(sql.ref('name_key'), sql.ref('account_id'), after);
}

/** As `isBeyondNamed`, where the sort number stands before the name in the key. */
function isBeyondNumbered({ key, id }: Position): Expression<SqlBool> {
  const blank = key.indexOf(' ');
  const sortNumber = Number.parseInt(key.slice(0, blank), 10) || 0;
  return sql<SqlBool>`(sort_number, name_key, account_id) > (${sortNumber}, ${key.slice(blank + 1)}, ${id})`;
}
