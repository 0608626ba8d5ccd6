import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { AccountRow } from '../../db/schema.ts';
import type { Passwords } from '../../passwords.ts';
import { readPhone } from '../../phones.ts';
import { type AccountsService, readLogin } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import type { CodesService } from '../codes/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { OrganizationsService } from '../organizations/service.ts';
import type { Caller, OpenedSession, SessionsService } from '../sessions/service.ts';

export type Registration = {
  phone: string;
  proof: string;
  name: string;
  password: string;
  timeZone: string;
  language: Language;
};
type CodeSent = { expiresAt: string };

/**
 * The ways in for people who are not signed in: registration, codes to sign in, a new password by code. Whoever asks
 * learns nothing about who has an account: the answer goes to the number or address that was named.
 */
export interface EntryService {
  sendRegistrationCode(request: { phone: string; language: Language }, address: string): Promise<CodeSent>;
  /** Exchanges the code for a proof of the phone. */
  confirm(request: { phone: string; code: string }): Promise<{ proof: string }>;
  register(registration: Registration, caller: Caller): Promise<OpenedSession>;
  sendSignInCode(request: { login: string; language: Language }, address: string): Promise<CodeSent>;
  sendResetCode(request: { login: string; language: Language }, address: string): Promise<CodeSent>;
  /** Sets a new password, signs every other session out and this caller in. */
  resetPassword(request: { login: string; code: string; password: string }, caller: Caller): Promise<OpenedSession>;
  /** Sets the first password of an account that an administrator made. */
  setPassword(request: { token: string; password: string }, caller: Caller): Promise<OpenedSession>;
}

export function createEntryService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  passwords: Passwords;
  audit: AuditService;
  codes: CodesService;
  notices: NoticesService;
  organizations: OrganizationsService;
  sessions: SessionsService;
  publicUrl: () => string;
}): EntryService {
  const { db, clock, accounts, passwords, audit, codes, notices, organizations, sessions } = deps;

  /** A code for whoever signs in with this; for nobody's number, the words that it has no account. */
  async function sendTo(login: string, purpose: 'signIn' | 'resetPassword', language: Language, address: string) {
    const { value: recipient } = readLogin(login);
    const account = await accounts.findByLogin(login);
    const scope = await sessions.scopeOf(account?.id ?? null);
    const instead = account ? undefined : ('account.unknown' as const);
    return await db
      .transaction()
      .execute((tx) => codes.send(tx, { purpose, recipient, address, scope, language, instead }));
  }

  async function makePersonalTenant(tx: FleetDatabase, given: Omit<Registration, 'proof' | 'password'>, hash: string) {
    const { name, phone, language, timeZone } = given;
    const orgId = await organizations.create(tx, { name, kind: 'personal', timeZone });
    const id = await accounts.insert(
      tx,
      { orgId },
      {
        ...{ kind: 'standard', name, phone, email: null, language, role: 'personal', passwordHash: hash },
        termsAcceptedAt: clock.now().toISOString(),
      },
    );
    await audit.append(tx, { orgId }, { actor: id, action: 'account.registered', subjectId: id, detail: {} });
    return id;
  }

  async function warn(tx: FleetDatabase, account: AccountRow, orgId: OpenedSession['actor']['orgId']): Promise<void> {
    const recipient = account.phone ?? account.email;
    if (recipient === null) return;
    await notices.enqueue(tx, {
      scope: { orgId },
      channel: recipient.includes('@') ? 'email' : 'sms',
      recipient,
      language: account.language,
      template: 'account.passwordChanged',
      values: { url: `${deps.publicUrl()}/reset-password` },
    });
  }

  return {
    async sendRegistrationCode({ phone, language }, address) {
      const recipient = readPhone(phone);
      const known = await accounts.isTaken('standard', { field: 'phone', value: recipient });
      const instead = known ? ('account.exists' as const) : undefined;
      const request = { purpose: 'register' as const, recipient, address, scope: null, language, instead };
      return await db.transaction().execute((tx) => codes.send(tx, request));
    },
    async confirm({ phone, code }) {
      const proof = await codes.exchange({ purpose: 'register', recipient: readPhone(phone) }, code);
      return { proof };
    },
    async register({ proof, password, ...given }, { userAgent }) {
      const phone = readPhone(given.phone);
      // Before the transaction: nobody waits for a hash.
      const passwordHash = await passwords.hash(password);
      const id = await db
        .transaction()
        .execute(async (tx) => {
          await codes.redeem(tx, { purpose: 'register', recipient: phone }, proof);
          return await makePersonalTenant(tx, { ...given, phone }, passwordHash);
        })
        .catch((error: unknown) => {
          if (isUniqueViolation(error, 'accounts.phone')) throw new ProblemError('phone_taken', {}, { cause: error });
          throw error;
        });
      return await sessions.open(id, { by: 'registration', detail: null, userAgent });
    },
    async setPassword({ token, password }, { userAgent }) {
      const passwordHash = await passwords.hash(password);
      const id = await db.transaction().execute(async (tx) => {
        const accountId = await sessions.usePasswordLink(tx, token);
        await accounts.setPasswordHash(tx, accountId, passwordHash);
        const actor = await sessions.actorOf(accountId, tx);
        const act = { actor: accountId, action: 'account.passwordSet' as const, subjectId: accountId, detail: {} };
        await audit.append(tx, actor, act);
        return accountId;
      });
      return await sessions.open(id, { by: 'link', detail: null, userAgent });
    },
    sendSignInCode: ({ login, language }, address) => sendTo(login, 'signIn', language, address),
    sendResetCode: ({ login, language }, address) => sendTo(login, 'resetPassword', language, address),
    async resetPassword({ login, code, password }, { address, userAgent }) {
      sessions.countTry(login, address);
      await codes.consume({ purpose: 'resetPassword', recipient: readLogin(login).value }, code);
      const account = await accounts.findByLogin(login);
      if (!account) throw new ProblemError('code_wrong');
      const actor = await sessions.actorOf(account.id);
      const passwordHash = await passwords.hash(password);
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await accounts.setPasswordHash(tx, account.id, passwordHash);
        await sessions.endAll(tx, actor, 'password_changed');
        const { accountId } = actor;
        const act = { actor: accountId, action: 'account.passwordReset' as const, subjectId: accountId, detail: {} };
        await audit.append(tx, actor, act);
        await warn(tx, account, actor.orgId);
      });
      return await sessions.open(account.id, { by: 'reset', detail: null, userAgent });
    },
  };
}
