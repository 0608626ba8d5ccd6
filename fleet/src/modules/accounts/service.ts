import type { Permission, Role } from '@anteroom/shared/identity/roles.ts';
import { type AccountId, newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { AccountRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { hashPassword } from '../../passwords.ts';
import type { NumbersService } from '../numbers/service.ts';
import { createAccountRepository, type Login } from './repository.ts';

export type NewAccount = {
  kind: AccountRow['kind'];
  name: string;
  email: string;
  password: string;
  language: Language;
  role: Role;
  permissions?: readonly Permission[] | undefined;
  /** Departments that an administrator manages; null for the whole organization. */
  managedDepartments?: readonly string[] | null | undefined;
  /** Sites of a field engineer. */
  sites?: readonly string[] | undefined;
};

export interface AccountsService {
  /** The account that signs in with this phone number or e-mail address; an administrator's account goes first. */
  findByLogin(login: string): Promise<AccountRow | undefined>;
  /** Makes an account that belongs to the organization. */
  create(scope: OrgScope, account: NewAccount): Promise<AccountId>;
  setPassword(id: AccountId, password: string): Promise<void>;
}

export function createAccountsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  numbers: NumbersService;
}): AccountsService {
  const { db, clock, numbers } = deps;
  return {
    async findByLogin(login) {
      const [account] = await createAccountRepository(db).listByLogin(readLogin(login));
      return account;
    },
    async create(
      scope,
      { role, permissions = [], managedDepartments = null, sites = [], password, email, ...account },
    ) {
      const passwordHash = await hashPassword(password);
      const now = clock.now();
      const createdAt = now.toISOString();
      const id = newId('account', now);
      await db.transaction().execute(async (tx) => {
        const repository = createAccountRepository(tx);
        await repository.insert({
          ...account,
          id,
          nameKey: nameKeyOf(account.name),
          email: email.toLowerCase(),
          phone: null,
          passwordHash,
          personalNumber: account.kind === 'standard' ? await numbers.next(tx, scope, id) : null,
          termsAcceptedAt: null,
          createdAt,
          deletedAt: null,
        });
        await repository.addMember(scope, {
          accountId: id,
          role,
          permissions: JSON.stringify(permissions),
          managedDepartments: managedDepartments && JSON.stringify(managedDepartments),
          sites: JSON.stringify(sites),
          createdAt,
        });
      });
      return id;
    },
    async setPassword(id, password) {
      await createAccountRepository(db).setPassword(id, await hashPassword(password));
    },
  };
}

/** People write phone numbers with blanks, hyphens and brackets, and e-mail addresses in any case. */
export function readLogin(login: string): Login {
  if (login.includes('@')) return { field: 'email', value: login.trim().toLowerCase() };
  return { field: 'phone', value: login.replace(/[\s().-]/g, '').replace(/^00/, '+') };
}
