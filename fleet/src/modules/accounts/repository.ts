import type { AccountId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { AccountRow, MembershipRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type Login = { field: 'phone' | 'email'; value: string };

export function createAccountRepository(db: FleetDatabase) {
  return {
    /** Accounts of both kinds that sign in with this: an account is found before its organization is known. */
    async listByLogin({ field, value }: Login): Promise<AccountRow[]> {
      return await db.selectFrom('accounts').selectAll().where(field, '=', value).orderBy('kind').execute();
    },
    async insert(account: AccountRow): Promise<void> {
      await db.insertInto('accounts').values(account).execute();
    },
    async setPassword(id: AccountId, passwordHash: string): Promise<void> {
      await db.updateTable('accounts').set({ passwordHash }).where('id', '=', id).execute();
    },
    async addMember(scope: OrgScope, member: Omit<MembershipRow, 'orgId'>): Promise<void> {
      await db
        .insertInto('memberships')
        .values({ ...member, orgId: scope.orgId })
        .execute();
    },
  };
}
