import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Permission, Role } from '@anteroom/shared/identity/roles.ts';
import { type AccountId, newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { inBatches } from '../../db/batches.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { AccountRow, MembershipRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { createLimiter } from '../../limiter.ts';
import type { Passwords } from '../../passwords.ts';
import { toE164 } from '../../phones.ts';
import type { NumbersService } from '../numbers/service.ts';
import { createAccountRepository, type Login } from './repository.ts';

export type NewAccount = {
  kind: AccountRow['kind'];
  name: string;
  phone?: string | null | undefined;
  email: string | null;
  /** Null: its person sets one later. */
  password: string | null;
  language: Language;
  role: Role;
  permissions?: readonly Permission[] | undefined;
  /** Departments that an administrator manages; null for the whole organization. */
  managedDepartments?: readonly string[] | null | undefined;
  /** Sites of a field engineer. */
  sites?: readonly string[] | undefined;
  /** Where its person stands; at first nowhere in particular. */
  place?: Pick<MembershipRow, 'departmentId' | 'position' | 'sortNumber' | 'remark'> | undefined;
};

export type NewMember = Pick<AccountRow, 'kind' | 'name' | 'phone' | 'email' | 'language'> & {
  place: Pick<MembershipRow, 'departmentId' | 'position' | 'sortNumber' | 'remark'>;
};

export interface AccountsService {
  /** The account that signs in with this phone number or e-mail address; an administrator's account goes first. */
  findByLogin(login: string): Promise<AccountRow | undefined>;
  /** Makes an account that belongs to the organization. */
  create(scope: OrgScope, account: NewAccount): Promise<AccountId>;
  /** The same within a transaction, with a password that was hashed before it. */
  insert(
    tx: FleetDatabase,
    scope: OrgScope,
    account: Omit<NewAccount, 'password'> & { passwordHash: string | null; termsAcceptedAt: string | null },
  ): Promise<AccountId>;
  /** Many at once, without a password: each is a member who sets one by a link. The ids are in the order of `accounts`. */
  insertMembers(tx: FleetDatabase, scope: OrgScope, accounts: readonly NewMember[]): Promise<AccountId[]>;
  /**
   * Which of these an account of the kind signs in with. Throws `accounts_told_limited` like `countTold` when too many of
   * them belong to other organizations.
   */
  listTaken(
    scope: OrgScope,
    kind: AccountRow['kind'],
    field: Login['field'],
    values: readonly string[],
    from: FleetDatabase,
  ): Promise<Set<string>>;
  /**
   * Counts that an organization is told of an account elsewhere, before it is: anybody can make an organization, and none
   * is to find out by volume who has an account. Throws `accounts_told_limited` past 1,000 a day.
   */
  countTold(scope: OrgScope): void;
  find(id: AccountId, from: FleetDatabase): Promise<AccountRow | undefined>;
  /** Where its codes go: its phone, else its mailbox. Throws `no_recipient` when it has neither. */
  recipientOf(id: AccountId): Promise<string>;
  /** Whether an account of this kind signs in with it. */
  isTaken(kind: AccountRow['kind'], login: Login): Promise<boolean>;
  setPasswordHash(tx: FleetDatabase, id: AccountId, passwordHash: string): Promise<void>;
  setPassword(id: AccountId, password: string): Promise<void>;
  /** Leaves a tombstone: an id that meetings and the audit trail refer to, and nothing else. */
  erase(tx: FleetDatabase, id: AccountId): Promise<void>;
}

const dayMs = 86_400_000;
const toldPerDay = 1000;

export function createAccountsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  numbers: NumbersService;
  passwords: Passwords;
}): AccountsService {
  const { db, clock, numbers, passwords } = deps;
  const told = createLimiter({ clock, limit: toldPerDay, windowMs: dayMs });

  const countTold: AccountsService['countTold'] = ({ orgId }) => {
    try {
      told.take(orgId);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const retryAfterS = Number(error.values.retryAfterS);
      const values = { perDay: toldPerDay, hours: Math.ceil(retryAfterS / 3600), retryAfterS };
      throw new ProblemError('accounts_told_limited', values, { cause: error });
    }
  };

  const insert: AccountsService['insert'] = async (tx, scope, given) => {
    const {
      role,
      permissions = [],
      managedDepartments = null,
      sites = [],
      phone = null,
      email,
      place,
      ...account
    } = given;
    const now = clock.now();
    const createdAt = now.toISOString();
    const id = newId('account', now);
    const repository = createAccountRepository(tx);
    await repository.insert({
      ...account,
      id,
      nameKey: nameKeyOf(account.name),
      email: email?.toLowerCase() ?? null,
      phone,
      personalNumber: account.kind === 'standard' ? await numbers.next(tx, scope, id) : null,
      createdAt,
      greetedAt: null,
      deletedAt: null,
    });
    await repository.addMember(scope, {
      accountId: id,
      role,
      permissions: JSON.stringify(permissions),
      managedDepartments: managedDepartments && JSON.stringify(managedDepartments),
      sites: JSON.stringify(sites),
      ...{ departmentId: null, position: '', sortNumber: 0, remark: '', ...place },
      createdAt,
    });
    return id;
  };

  return {
    async findByLogin(login) {
      const [account] = await createAccountRepository(db).listByLogin(readLogin(login));
      return account;
    },
    async create(scope, { password, ...account }) {
      const passwordHash = password === null ? null : await passwords.hash(password);
      return await db
        .transaction()
        .execute((tx) => insert(tx, scope, { ...account, passwordHash, termsAcceptedAt: null }));
    },
    insert,
    async insertMembers(tx, scope, members) {
      const now = clock.now();
      const createdAt = now.toISOString();
      const ids = members.map(() => newId('account', now));
      const standard = ids.filter((_id, index) => members[index]?.kind === 'standard');
      const numberOf = await numbers.nextOfEach(tx, scope, standard);
      const rows = ids.flatMap((id, index) => {
        const member = members[index];
        if (!member) return [];
        const { place, ...account } = member;
        const personalNumber = numberOf.get(id) ?? null;
        const nameKey = nameKeyOf(account.name);
        const none = { passwordHash: null, termsAcceptedAt: null, greetedAt: null, deletedAt: null };
        return [{ place, account: { ...account, ...none, id, nameKey, personalNumber, createdAt } }];
      });
      const repository = createAccountRepository(tx);
      for await (const batch of inBatches(rows)) {
        await repository.insertAll(batch.map(({ account }) => account));
        await repository.addMembers(scope, batch);
      }
      return ids;
    },
    async listTaken(scope, kind, field, values, from) {
      const found = new Set<string>();
      for await (const batch of inBatches(values))
        for (const { value, orgId } of await createAccountRepository(from).listTaken(kind, field, batch)) {
          if (orgId !== scope.orgId) countTold(scope);
          found.add(value);
        }
      return found;
    },
    countTold,
    find: (id, from) => createAccountRepository(from).find(id),
    async recipientOf(id) {
      const account = await createAccountRepository(db).find(id);
      const recipient = account?.phone ?? account?.email;
      if (!recipient) throw new ProblemError('no_recipient');
      return recipient;
    },
    isTaken: (kind, login) => createAccountRepository(db).isTaken(kind, login),
    async erase(tx, id) {
      const repository = createAccountRepository(tx);
      await repository.update(id, {
        ...{ name: '', nameKey: '', phone: null, email: null, passwordHash: null, personalNumber: null },
        deletedAt: clock.now().toISOString(),
      });
      await repository.strip(id);
      await numbers.release(tx, id);
    },
    setPasswordHash: (tx, id, passwordHash) => createAccountRepository(tx).setPassword(id, passwordHash),
    async setPassword(id, password) {
      await createAccountRepository(db).setPassword(id, await passwords.hash(password));
    },
  };
}

/** People write phone numbers with blanks, hyphens and brackets, and e-mail addresses in any case. */
export function readLogin(login: string): Login {
  if (login.includes('@')) return { field: 'email', value: login.trim().toLowerCase() };
  // What is no number that exists belongs to nobody, and is still counted as one.
  return { field: 'phone', value: toE164(login) ?? login.replace(/[\s().-]/g, '') };
}
