import type { Role } from '@anteroom/shared/identity/roles.ts';
import type { AccountId, TerminalId } from '@anteroom/shared/ids.ts';
import { mostFound } from '@anteroom/shared/meeting/calling.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { holds } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { Directory } from '../../signalling/ports.ts';

/** The directory as a host searches it while typing: the first of each kind, without counting the others. */
export function createDirectoryRepository(db: FleetDatabase) {
  return {
    async findRole(scope: OrgScope, accountId: AccountId): Promise<Role | undefined> {
      const row = await db
        .selectFrom('memberships')
        .select('role')
        .where('orgId', '=', scope.orgId)
        .where('accountId', '=', accountId)
        .executeTakeFirst();
      return row?.role;
    },
    /** That of a terminal which was not revoked. */
    async hasTerminal(scope: OrgScope, terminalId: TerminalId): Promise<boolean> {
      const row = await db
        .selectFrom('terminals')
        .select('id')
        .where('orgId', '=', scope.orgId)
        .where('id', '=', terminalId)
        .where('retiredAt', 'is', null)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Consoles' accounts have no client that rings. */
    async findPeople(scope: OrgScope, text: string): Promise<Directory['people']> {
      const rows = await db
        .selectFrom('memberships')
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .leftJoin('departments', (join) =>
          join
            .onRef('departments.orgId', '=', 'memberships.orgId')
            .onRef('departments.id', '=', 'memberships.departmentId'),
        )
        .select(['memberships.accountId', 'accounts.name', 'departments.name as department'])
        .where('memberships.orgId', '=', scope.orgId)
        .where('accounts.kind', '=', 'standard')
        .where((eb) => holds(eb.ref('memberships.searchKey'), text))
        .orderBy('memberships.nameKey')
        .orderBy('memberships.accountId')
        .limit(mostFound + 1)
        .execute();
      return toGroup(rows);
    },
    async findDepartments(scope: OrgScope, text: string): Promise<Directory['departments']> {
      const rows = await db
        .selectFrom('departments')
        .leftJoin('departments as parents', (join) =>
          join.onRef('parents.orgId', '=', 'departments.orgId').onRef('parents.id', '=', 'departments.parentId'),
        )
        .select(['departments.id as departmentId', 'departments.name', 'parents.name as parent'])
        .where('departments.orgId', '=', scope.orgId)
        .where((eb) => holds(eb.ref('departments.nameKey'), text))
        .orderBy('departments.nameKey')
        .orderBy('departments.id')
        .limit(mostFound + 1)
        .execute();
      return toGroup(rows);
    },
    async findTerminals(scope: OrgScope, text: string): Promise<Directory['terminals']> {
      const rows = await db
        .selectFrom('terminals')
        .leftJoin('spaces', 'spaces.id', 'terminals.spaceId')
        .select(['terminals.id as terminalId', 'terminals.name', 'spaces.name as space'])
        .where('terminals.orgId', '=', scope.orgId)
        .where('terminals.retiredAt', 'is', null)
        .where((eb) => holds(eb.ref('terminals.nameKey'), text))
        .orderBy('terminals.nameKey')
        .orderBy('terminals.id')
        .limit(mostFound + 1)
        .execute();
      return toGroup(rows);
    },
    async findContacts(scope: OrgScope, text: string): Promise<Directory['contacts']> {
      const rows = await db
        .selectFrom('contacts')
        .select(['id as contactId', 'name', 'company', 'email'])
        .where('orgId', '=', scope.orgId)
        .where((eb) => holds(eb.ref('searchKey'), text))
        .orderBy('nameKey')
        .orderBy('id')
        .limit(mostFound + 1)
        .execute();
      return toGroup(rows.map(({ email, ...contact }) => ({ ...contact, hasMail: email !== null })));
    },
  };
}

function toGroup<T>(rows: readonly T[]): { items: T[]; hasMore: boolean } {
  return { items: rows.slice(0, mostFound), hasMore: rows.length > mostFound };
}
