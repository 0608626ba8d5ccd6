import type { AccountId, OrganizationId } from '@anteroom/shared/ids.ts';
import { sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import type { AccountRow, MembershipRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type Login = { field: 'phone' | 'email'; value: string };

/** A membership repeats what the directory sorts and searches by. */
async function refreshDirectoryKeys(db: FleetDatabase, id: AccountId): Promise<void> {
  await db
    .updateTable('memberships')
    .set((eb) => {
      const account = eb.selectFrom('accounts').whereRef('accounts.id', '=', 'memberships.accountId');
      return {
        nameKey: account.select('accounts.nameKey').$asScalar().$notNull(),
        searchKey: account
          .select(
            sql<string>`accounts.name_key || ' ' || coalesce(accounts.phone, '') || ' ' || coalesce(accounts.email, '')`.as(
              'searchKey',
            ),
          )
          .$asScalar()
          .$notNull(),
      };
    })
    .where('accountId', '=', id)
    .execute();
}

export function createAccountRepository(db: FleetDatabase) {
  return {
    /** Accounts of both kinds that sign in with this: an account is found before its organization is known. */
    async listByLogin({ field, value }: Login): Promise<AccountRow[]> {
      return await db.selectFrom('accounts').selectAll().where(field, '=', value).orderBy('kind').execute();
    },
    async find(id: AccountId): Promise<AccountRow | undefined> {
      return await db
        .selectFrom('accounts')
        .selectAll()
        .where('id', '=', id)
        .where('deletedAt', 'is', null)
        .executeTakeFirst();
    },
    async update(id: AccountId, values: Partial<Omit<AccountRow, 'id'>>): Promise<void> {
      await db.updateTable('accounts').set(values).where('id', '=', id).execute();
      await refreshDirectoryKeys(db, id);
    },
    /** Whether an account of this kind signs in with it. */
    async isTaken(kind: AccountRow['kind'], { field, value }: Login): Promise<boolean> {
      const row = await db
        .selectFrom('accounts')
        .select('id')
        .where('kind', '=', kind)
        .where(field, '=', value)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Takes away what an account has, for one that is deleted: its membership, links, and identities. */
    async strip(id: AccountId): Promise<void> {
      await db.deleteFrom('memberships').where('accountId', '=', id).execute();
      await db.deleteFrom('oneTimeLinks').where('accountId', '=', id).execute();
      await db.deleteFrom('linkedIdentities').where('accountId', '=', id).execute();
      await db.deleteFrom('identityFlows').where('accountId', '=', id).execute();
      // Who paid stays on the order by the issuer's own name of it; how that person is called does not.
      await db.updateTable('orders').set({ billingLabel: null }).where('createdBy', '=', id).execute();
      await db.deleteFrom('idempotencyKeys').where('accountId', '=', id).execute();
    },
    async insert(account: AccountRow): Promise<void> {
      await db.insertInto('accounts').values(account).execute();
    },
    async insertAll(accounts: readonly AccountRow[]): Promise<void> {
      await db.insertInto('accounts').values(accounts).execute();
    },
    /** Members without any power, with the keys of the directory as they are. */
    async addMembers(
      scope: OrgScope,
      members: readonly {
        account: AccountRow;
        place: Pick<MembershipRow, 'departmentId' | 'position' | 'sortNumber' | 'remark'>;
      }[],
    ): Promise<void> {
      const rows = members.map(({ place, account: { id, nameKey, phone, email, createdAt } }) => ({
        ...{ ...place, accountId: id, orgId: scope.orgId, createdAt },
        ...{ role: 'member' as const, permissions: '[]', managedDepartments: null, sites: '[]' },
        ...{ nameKey, searchKey: `${nameKey} ${phone ?? ''} ${email ?? ''}` },
      }));
      await db.insertInto('memberships').values(rows).execute();
    },
    async listTaken(
      kind: AccountRow['kind'],
      field: Login['field'],
      values: readonly string[],
    ): Promise<{ value: string; orgId: OrganizationId }[]> {
      const rows = await db
        .selectFrom('accounts')
        .innerJoin('memberships', 'memberships.accountId', 'accounts.id')
        .select([field, 'memberships.orgId'])
        .where('kind', '=', kind)
        .where(field, 'in', values)
        .execute();
      return rows.flatMap(({ orgId, ...row }) => (row[field] === null ? [] : [{ value: row[field], orgId }]));
    },
    async setPassword(id: AccountId, passwordHash: string): Promise<void> {
      await db.updateTable('accounts').set({ passwordHash }).where('id', '=', id).execute();
    },
    async addMember(scope: OrgScope, member: Omit<MembershipRow, 'orgId' | 'nameKey' | 'searchKey'>): Promise<void> {
      await db
        .insertInto('memberships')
        .values({ ...member, orgId: scope.orgId, nameKey: '', searchKey: '' })
        .execute();
      await refreshDirectoryKeys(db, member.accountId);
    },
  };
}
