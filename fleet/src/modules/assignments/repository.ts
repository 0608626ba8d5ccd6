import type { AccountId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { holds } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';

export type Assignable = { id: AccountId; name: string };

const mostShown = 20;

export function createAssignmentRepository(db: FleetDatabase) {
  /** Members who can meet: an account that signs in to the console only never gets to a client. */
  const people = (scope: OrgScope) =>
    db
      .selectFrom('memberships')
      .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
      .select(['accounts.id', 'accounts.name'])
      .where('memberships.orgId', '=', scope.orgId)
      .where('accounts.kind', '=', 'standard')
      .where('accounts.deletedAt', 'is', null);

  return {
    async find(scope: OrgScope, id: AccountId): Promise<Assignable | undefined> {
      return await people(scope).where('accounts.id', '=', id).executeTakeFirst();
    },
    async list(scope: OrgScope, search: string): Promise<Assignable[]> {
      let rows = people(scope);
      if (search) rows = rows.where((eb) => holds(eb.ref('accounts.nameKey'), search));
      return await rows.orderBy('accounts.nameKey').orderBy('accounts.id').limit(mostShown).execute();
    },
  };
}
