import type { SignInWay } from '@anteroom/shared/api/accounts.ts';
import type { Session } from '@anteroom/shared/api/sessions.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { type AccountId, newId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { inBatches } from '../../db/batches.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { SessionRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { createLimiter } from '../../limiter.ts';
import type { Passwords } from '../../passwords.ts';
import { hashToken, newToken } from '../../secret.ts';
import { type AccountsService, readLogin } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { CodesService } from '../codes/service.ts';
import { createSessionRepository, type SessionOwner } from './repository.ts';

/** Who makes a call, as its session proves. Also the scope of what the call may see. */
export type Actor = SessionOwner;
/** Where a call comes from. */
export type Caller = { address: string; userAgent: string };
export type OpenedSession = { token: string; expiresAt: Date; actor: Actor };

/** `detail` is for the audit trail alone: which provider vouched; null where the way says all. */
export type SignInProof = { by: SignInWay; detail: string | null; userAgent: string };

export type ListedSession = Pick<SessionRow, 'id' | 'userAgent' | 'signedInBy' | 'createdAt' | 'seenAt'> & {
  isCurrent: boolean;
};
/** Every session of the account, but the one of `exceptToken`. */
export type SessionsOf = OrgScope & { accountId: AccountId; exceptToken?: string | undefined };

export interface SessionsService {
  signIn(credentials: { login: string; password: string }, caller: Caller): Promise<OpenedSession>;
  signInByLink(token: string, caller: Caller): Promise<OpenedSession>;
  signInByCode(credentials: { login: string; code: string }, caller: Caller): Promise<OpenedSession>;
  /** Signs in whoever has proven to be this person in another way. */
  open(accountId: AccountId, how: SignInProof): Promise<OpenedSession>;
  find(token: string): Promise<Actor | undefined>;
  /** Why a session is over that its holder did not end; undefined when there is nothing to say. */
  findEnd(token: string): Promise<SessionEnd | undefined>;
  /** Where the account is signed in, the latest first. */
  list(actor: Actor, token: string): Promise<ListedSession[]>;
  /** Ends one session of the own account, from another one. */
  end(actor: Actor, id: SessionRow['id']): Promise<void>;
  /** Ends every session of the own account but the one of `token`. */
  endOthers(actor: Actor, token: string): Promise<void>;
  /** Ends sessions in the transaction of what causes it; their programs are told why. */
  endAll(tx: FleetDatabase, account: SessionsOf, reason: SessionEnd): Promise<void>;
  signOut(token: string, actor: Actor): Promise<void>;
  /** The account as an actor, for what the fleet does in its name. */
  actorOf(accountId: AccountId, from?: FleetDatabase): Promise<Actor>;
  /** Where an account belongs; null for null, after the same question, so that an answer's time tells nothing. */
  scopeOf(accountId: AccountId | null): Promise<OrgScope | null>;
  /** Counts a try to prove that one is this person; throws `rate_limited` after too many. */
  countTry(login: string, address: string): void;
  /** Whether the password opens the account, without signing in. */
  isPasswordOf(login: string, password: string): Promise<boolean>;
  /** Ends every session of everybody in the organization. */
  endOrganization(tx: FleetDatabase, scope: OrgScope, reason: SessionEnd): Promise<void>;
  /** A link's token that signs in once, within `linkLifeMs`. */
  createLink(accountId: AccountId): Promise<string>;
  /** A link's token that sets a password once, within `passwordLinkLifeMs`; the ones before are worth nothing. */
  createPasswordLink(tx: FleetDatabase, accountId: AccountId): Promise<string>;
  /** Until when the link to set a password is good; null when there is none. */
  passwordLinkUntil(accountId: AccountId, from: FleetDatabase): Promise<string | null>;
  /** Links of many new accounts, in their order. */
  createPasswordLinks(tx: FleetDatabase, accountIds: readonly AccountId[]): Promise<string[]>;
  /** Uses a password link up, and says whose it was. */
  usePasswordLink(tx: FleetDatabase, token: string): Promise<AccountId>;
}

const sessionLifeMs = 7 * 86_400_000;
export const linkLifeMs = 10 * 60_000;
export const passwordLinkLifeMs = 7 * 86_400_000;
/** `seenAt` is told to the minute: a write for every call would be too many. */
const seenEveryMs = 60_000;
const tryWindowMs = 15 * 60_000;
const triesPerAccount = 10;
const triesPerAddress = 50;

export function createSessionsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  passwords: Passwords;
  audit: AuditService;
  changes: ChangesService;
  codes: CodesService;
  /** In the transaction that opens a session. */
  onSignedIn: (tx: FleetDatabase, actor: Actor) => Promise<void>;
}): SessionsService {
  const { db, clock, accounts, passwords, audit, changes, codes, onSignedIn } = deps;
  const accountTries = createLimiter({ clock, limit: triesPerAccount, windowMs: tryWindowMs });
  const addressTries = createLimiter({ clock, limit: triesPerAddress, windowMs: tryWindowMs });

  /** `check` is asked in the transaction that opens the session, with what may have changed since the proof. */
  async function openIf(
    accountId: AccountId,
    how: SignInProof,
    check: (tx: FleetDatabase) => Promise<void>,
  ): Promise<OpenedSession> {
    const actor = await createSessionRepository(db).findOwner(accountId);
    if (!actor) throw new ProblemError('credentials_wrong');
    const token = newToken();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + sessionLifeMs);
    await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, actor);
      const repository = createSessionRepository(tx);
      await check(tx);
      if (await repository.isDissolved(actor)) throw new ProblemError('organization_dissolving');
      await repository.removeExpired(now.toISOString());
      await repository.insert({
        id: newId('session', now),
        tokenHash: hashToken(token),
        accountId,
        orgId: actor.orgId,
        userAgent: how.userAgent.slice(0, 300),
        signedInBy: how.by,
        createdAt: now.toISOString(),
        seenAt: now.toISOString(),
        expiresAt: expiresAt.toISOString(),
        endedAt: null,
        endReason: null,
      });
      await audit.append(tx, actor, {
        actor: accountId,
        action: 'session.signedIn',
        subjectId: accountId,
        detail: { by: how.detail === null ? how.by : `${how.by} ${how.detail}` },
      });
      await onSignedIn(tx, actor);
    });
    return { token, expiresAt, actor };
  }

  const open: SessionsService['open'] = (accountId, how) => openIf(accountId, how, () => Promise.resolve());

  const countTry: SessionsService['countTry'] = (login, address) => {
    const { field, value } = readLogin(login);
    addressTries.take(address);
    accountTries.take(`${field} ${value}`);
  };

  async function makeLink(
    tx: FleetDatabase,
    accountId: AccountId,
    purpose: 'signIn' | 'setPassword',
    lifeMs: number,
  ): Promise<string> {
    const token = newToken();
    const now = clock.now();
    await createSessionRepository(tx).insertLink({
      tokenHash: hashToken(token),
      accountId,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + lifeMs).toISOString(),
      usedAt: null,
      purpose,
    });
    return token;
  }

  const endNow = (endReason: SessionEnd) => ({ endedAt: clock.now().toISOString(), endReason });

  const endAll: SessionsService['endAll'] = async (tx, { orgId, accountId, exceptToken }, reason) => {
    const exceptHash = exceptToken === undefined ? undefined : hashToken(exceptToken);
    await createSessionRepository(tx).endAll(accountId, endNow(reason), exceptHash);
    await changes.mark(tx, { orgId }, 'sessions');
  };

  return {
    async signIn({ login, password }, { address, userAgent }) {
      const { field, value } = readLogin(login);
      // Counted before the check, so that many tries at once are not all checked; a right password costs nothing.
      countTry(login, address);
      const account = await accounts.findByLogin(login);
      const isRight = await passwords.isRight(account?.passwordHash ?? null, password);
      if (!account || !isRight) throw new ProblemError('credentials_wrong');
      addressTries.refund(address);
      accountTries.refund(`${field} ${value}`);
      return await openIf(account.id, { by: 'password', detail: null, userAgent }, async (tx) => {
        // Checking takes long enough for the password to be changed meanwhile, which signed every session out but this.
        const present = await accounts.find(account.id, tx);
        if (present?.passwordHash !== account.passwordHash) throw new ProblemError('credentials_wrong');
      });
    },
    async signInByLink(token, { address, userAgent }) {
      addressTries.take(address);
      const accountId = await createSessionRepository(db).useLink(
        hashToken(token),
        'signIn',
        clock.now().toISOString(),
      );
      if (accountId === undefined) throw new ProblemError('sign_in_link_invalid');
      addressTries.refund(address);
      return await open(accountId, { by: 'link', detail: null, userAgent });
    },
    async signInByCode({ login, code }, { address, userAgent }) {
      const { field, value } = readLogin(login);
      countTry(login, address);
      await codes.consume({ purpose: 'signIn', recipient: value }, code);
      const account = await accounts.findByLogin(login);
      if (!account) throw new ProblemError('code_wrong');
      addressTries.refund(address);
      accountTries.refund(`${field} ${value}`);
      return await open(account.id, { by: 'code', detail: null, userAgent });
    },
    open,
    async find(token) {
      const repository = createSessionRepository(db);
      const now = clock.now();
      const found = await repository.findByToken(hashToken(token), now.toISOString());
      if (!found) return undefined;
      const { seenAt, ...actor } = found;
      if (now.getTime() - Date.parse(seenAt) >= seenEveryMs)
        await repository.setSeen(hashToken(token), now.toISOString());
      return actor;
    },
    findEnd: (token) => createSessionRepository(db).findEnd(hashToken(token)),
    async list({ accountId }, token) {
      const rows = await createSessionRepository(db).listOpen(accountId, clock.now().toISOString());
      return rows.map(({ id, userAgent, signedInBy, createdAt, seenAt, tokenHash }) => {
        return { id, userAgent, signedInBy, createdAt, seenAt, isCurrent: tokenHash === hashToken(token) };
      });
    },
    async end(actor, id) {
      const { accountId } = actor;
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const isEnded = await createSessionRepository(tx).end({ accountId, id }, endNow('signed_out_elsewhere'));
        if (!isEnded) throw new ProblemError('not_found');
        await audit.append(tx, actor, { actor: accountId, action: 'session.ended', subjectId: accountId, detail: {} });
        await changes.mark(tx, actor, 'sessions');
      });
    },
    async endOthers(actor, token) {
      const { accountId } = actor;
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await endAll(tx, { ...actor, exceptToken: token }, 'signed_out_elsewhere');
        const act = { actor: accountId, action: 'session.othersEnded' as const, subjectId: accountId, detail: {} };
        await audit.append(tx, actor, act);
      });
    },
    endAll,
    async endOrganization(tx, scope, reason) {
      await createSessionRepository(tx).endOrganization(scope, endNow(reason));
      await changes.mark(tx, scope, 'sessions');
    },
    async signOut(token, actor) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        await createSessionRepository(tx).remove(hashToken(token));
        const { accountId } = actor;
        await audit.append(tx, actor, {
          actor: accountId,
          action: 'session.signedOut',
          subjectId: accountId,
          detail: {},
        });
      });
    },
    async actorOf(accountId, from = db) {
      const actor = await createSessionRepository(from).findOwner(accountId);
      if (!actor) throw new Error(`account ${accountId} belongs to no organization`);
      return actor;
    },
    async scopeOf(accountId) {
      const owner = await createSessionRepository(db).findOwner(accountId ?? newId('account', clock.now()));
      return owner ? { orgId: owner.orgId } : null;
    },
    countTry,
    async isPasswordOf(login, password) {
      const account = await accounts.findByLogin(login);
      return await passwords.isRight(account?.passwordHash ?? null, password);
    },
    createLink: (accountId) => makeLink(db, accountId, 'signIn', linkLifeMs),
    async createPasswordLink(tx, accountId) {
      await createSessionRepository(tx).retireLinks(accountId, 'setPassword', clock.now().toISOString());
      return await makeLink(tx, accountId, 'setPassword', passwordLinkLifeMs);
    },
    passwordLinkUntil: (accountId, from) =>
      createSessionRepository(from).findLinkEnd(accountId, 'setPassword', clock.now().toISOString()),
    async createPasswordLinks(tx, accountIds) {
      const now = clock.now();
      const createdAt = now.toISOString();
      const expiresAt = new Date(now.getTime() + passwordLinkLifeMs).toISOString();
      const made = accountIds.map((accountId) => ({ accountId, token: newToken() }));
      for await (const batch of inBatches(made))
        await createSessionRepository(tx).insertLinks(
          batch.map(({ accountId, token }) => ({
            ...{ accountId, tokenHash: hashToken(token), createdAt, expiresAt },
            ...{ usedAt: null, purpose: 'setPassword' as const },
          })),
        );
      return made.map(({ token }) => token);
    },
    async usePasswordLink(tx, token) {
      const now = clock.now().toISOString();
      const accountId = await createSessionRepository(tx).useLink(hashToken(token), 'setPassword', now);
      if (accountId === undefined) throw new ProblemError('password_link_invalid');
      return accountId;
    },
  };
}

export function toSession(actor: Actor): Session {
  return {
    account: { id: actor.accountId, name: actor.accountName, language: actor.language },
    organization: { id: actor.orgId, name: actor.orgName, timeZone: actor.orgTimeZone },
    role: actor.role,
    permissions: [...actor.permissions],
    managedDepartments: actor.managedDepartments && [...actor.managedDepartments],
  };
}
