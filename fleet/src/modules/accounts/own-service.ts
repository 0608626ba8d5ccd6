import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { AccountRow } from '../../db/schema.ts';
import { createLimiter } from '../../limiter.ts';
import type { Passwords } from '../../passwords.ts';
import type { AuditAct, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { CodesService } from '../codes/service.ts';
import type { ComingMeetings } from '../meetings/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import { createAccountRepository } from './repository.ts';
import type { AccountsService } from './service.ts';

type Client = 'computer' | 'phone';
type CodeSent = { expiresAt: string };

/** What people do with their own account. */
export interface OwnAccountService {
  get(actor: Actor): Promise<AccountRow>;
  update(actor: Actor, fields: { name?: string; language?: Language }): Promise<AccountRow>;
  sendEmailCode(actor: Actor, email: string, address: string): Promise<CodeSent>;
  setEmail(actor: Actor, email: string, code: string): Promise<AccountRow>;
  /** Signs every session out but the one of `token`. */
  changePassword(actor: Actor, passwords: { current: string; next: string }, token: string): Promise<void>;
  /** Throws unless it is the account's password: asked before what whoever finds an open session must not do. */
  provePassword(actor: Actor, password: string): Promise<void>;
  sendDeletionCode(actor: Actor, client: Client, address: string): Promise<CodeSent>;
  /**
   * Leaves a tombstone: an id that meetings and the audit trail refer to, and nothing else. What the account organizes
   * and has not begun is cancelled, and its cloud rooms have no administrator.
   */
  remove(actor: Actor, code: string, client: Client): Promise<void>;
}

const wrongPasswords = 10;
const wrongPasswordsWithinMs = 15 * 60_000;

export function createOwnAccountService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  codes: CodesService;
  accounts: AccountsService;
  passwords: Passwords;
  sessions: SessionsService;
  coming: ComingMeetings;
  /** Cloud rooms that the account is the administrator of have none then. */
  reclaimRooms: (tx: FleetDatabase, actor: Actor) => Promise<void>;
}): OwnAccountService {
  const { db, clock, audit, changes, codes, accounts, passwords, sessions, coming } = deps;
  const tries = createLimiter({ clock, limit: wrongPasswords, windowMs: wrongPasswordsWithinMs });

  async function get({ accountId }: Actor, from: FleetDatabase = db): Promise<AccountRow> {
    const account = await createAccountRepository(from).find(accountId);
    if (!account) throw new ProblemError('not_found');
    return account;
  }

  async function note(tx: FleetDatabase, actor: Actor, action: AuditAct['action'], detail: AuditAct['detail'] = {}) {
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: actor.accountId, detail });
  }

  /** An organization is never left without its default administrator. */
  function refuseDefaultAdministrator({ role, orgName: organization }: Actor, client: Client): void {
    if (role !== 'defaultAdministrator') return;
    throw new ProblemError(client === 'phone' ? 'default_administrator_on_phone' : 'default_administrator_stays', {
      organization,
    });
  }

  async function checkPassword(actor: Actor, given: string): Promise<void> {
    // Counted before the check, so that many tries at once are not all checked.
    tries.take(actor.accountId);
    const { passwordHash } = await get(actor);
    if (!(await passwords.isRight(passwordHash, given))) throw new ProblemError('password_wrong');
    tries.refund(actor.accountId);
  }

  return {
    get: (actor) => get(actor),
    async update(actor, fields) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        if (Object.keys(fields).length > 0) {
          const nameKey = fields.name === undefined ? {} : { nameKey: nameKeyOf(fields.name) };
          await createAccountRepository(tx).update(actor.accountId, { ...fields, ...nameKey });
          await note(tx, actor, 'account.updated');
          await changes.mark(tx, actor, 'sessions');
        }
        return await get(actor, tx);
      });
    },
    async sendEmailCode(actor, email, address) {
      const recipient = email.toLowerCase();
      const { kind } = await get(actor);
      const taken = await createAccountRepository(db).isTaken(kind, { field: 'email', value: recipient });
      const instead = taken ? ('account.exists' as const) : undefined;
      const { language } = actor;
      return await db
        .transaction()
        .execute((tx) => codes.send(tx, { purpose: 'setEmail', recipient, address, scope: actor, language, instead }));
    },
    async setEmail(actor, email, code) {
      const recipient = email.toLowerCase();
      await codes.consume({ purpose: 'setEmail', recipient }, code);
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          await createAccountRepository(tx).update(actor.accountId, { email: recipient });
          await note(tx, actor, 'account.emailSet');
          return await get(actor, tx);
        })
        .catch((error: unknown) => {
          if (isUniqueViolation(error, 'accounts.email')) throw new ProblemError('email_taken', {}, { cause: error });
          throw error;
        });
    },
    async changePassword(actor, { current, next }, token) {
      await checkPassword(actor, current);
      const nextHash = await passwords.hash(next);
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await createAccountRepository(tx).update(actor.accountId, { passwordHash: nextHash });
        await sessions.endAll(tx, { ...actor, exceptToken: token }, 'password_changed');
        await note(tx, actor, 'account.passwordChanged');
      });
    },
    async provePassword(actor, password) {
      if ((await get(actor)).passwordHash === null) throw new ProblemError('password_missing');
      await checkPassword(actor, password);
    },
    async sendDeletionCode(actor, client, address) {
      refuseDefaultAdministrator(actor, client);
      const recipient = await accounts.recipientOf(actor.accountId);
      const { language } = actor;
      return await db
        .transaction()
        .execute((tx) => codes.send(tx, { purpose: 'deleteAccount', recipient, address, scope: actor, language }));
    },
    async remove(actor, code, client) {
      refuseDefaultAdministrator(actor, client);
      await codes.consume({ purpose: 'deleteAccount', recipient: await accounts.recipientOf(actor.accountId) }, code);
      const { accountId } = actor;
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        // The role of now: somebody may have become the default administrator meanwhile.
        refuseDefaultAdministrator(await sessions.actorOf(accountId, tx), client);
        // While the account still has a name: whoever is invited is told by whom.
        await coming.decide(tx, actor, { organizerAccountId: accountId }, { kind: 'cancel' });
        await deps.reclaimRooms(tx, actor);
        await sessions.endAll(tx, actor, 'account_deleted');
        await accounts.erase(tx, accountId);
        await note(tx, actor, 'account.deleted');
      });
    },
  };
}
