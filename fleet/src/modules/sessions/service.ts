import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type AccountId, newId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { createLimiter } from '../../limiter.ts';
import { isPasswordOf } from '../../passwords.ts';
import { hashToken, newToken } from '../../secret.ts';
import { type AccountsService, readLogin } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import { createSessionRepository, type SessionOwner } from './repository.ts';

/** Who makes a call, as its session proves. Also the scope of what the call may see. */
export type Actor = SessionOwner;
/** Where a call comes from. */
export type Caller = { address: string; userAgent: string };
export type OpenedSession = { token: string; expiresAt: Date; actor: Actor };

export interface SessionsService {
  signIn(credentials: { login: string; password: string }, caller: Caller): Promise<OpenedSession>;
  signInByLink(token: string, caller: Caller): Promise<OpenedSession>;
  find(token: string): Promise<Actor | undefined>;
  signOut(token: string, actor: Actor): Promise<void>;
  /** The account as an actor, for what the fleet does in its name. */
  actorOf(accountId: AccountId): Promise<Actor>;
  /** Whether the password opens the account, without signing in. */
  isPasswordOf(login: string, password: string): Promise<boolean>;
  /** A link's token that signs in once, within `linkLifeMs`. */
  createLink(accountId: AccountId): Promise<string>;
}

const sessionLifeMs = 7 * 86_400_000;
export const linkLifeMs = 10 * 60_000;
const tryWindowMs = 15 * 60_000;
const triesPerAccount = 10;
const triesPerAddress = 50;

export function createSessionsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
}): SessionsService {
  const { db, clock, accounts, audit } = deps;
  const accountTries = createLimiter({ clock, limit: triesPerAccount, windowMs: tryWindowMs });
  const addressTries = createLimiter({ clock, limit: triesPerAddress, windowMs: tryWindowMs });

  async function open(
    accountId: AccountId,
    refusal: 'credentials_wrong' | 'sign_in_link_invalid',
    how: { by: string; userAgent: string },
  ) {
    const actor = await createSessionRepository(db).findOwner(accountId);
    if (!actor) throw new ProblemError(refusal);
    const token = newToken();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + sessionLifeMs);
    await db.transaction().execute(async (tx) => {
      const repository = createSessionRepository(tx);
      await repository.removeExpired(now.toISOString());
      await repository.insert({
        id: newId('session', now),
        tokenHash: hashToken(token),
        accountId,
        orgId: actor.orgId,
        userAgent: how.userAgent.slice(0, 300),
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
        detail: { by: how.by },
      });
    });
    return { token, expiresAt, actor };
  }

  return {
    async signIn({ login, password }, { address, userAgent }) {
      const { field, value } = readLogin(login);
      // Counted before the check, so that many tries at once are not all checked; a right password costs nothing.
      addressTries.take(address);
      accountTries.take(`${field} ${value}`);
      const account = await accounts.findByLogin(login);
      const isRight = await isPasswordOf(account?.passwordHash ?? null, password);
      if (!account || !isRight) throw new ProblemError('credentials_wrong');
      addressTries.refund(address);
      accountTries.refund(`${field} ${value}`);
      return await open(account.id, 'credentials_wrong', { by: 'password', userAgent });
    },
    async signInByLink(token, { address, userAgent }) {
      addressTries.take(address);
      const accountId = await createSessionRepository(db).useLink(hashToken(token), clock.now().toISOString());
      if (accountId === undefined) throw new ProblemError('sign_in_link_invalid');
      addressTries.refund(address);
      return await open(accountId, 'sign_in_link_invalid', { by: 'link', userAgent });
    },
    async find(token) {
      return await createSessionRepository(db).findByToken(hashToken(token), clock.now().toISOString());
    },
    async signOut(token, actor) {
      await db.transaction().execute(async (tx) => {
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
    async actorOf(accountId) {
      const actor = await createSessionRepository(db).findOwner(accountId);
      if (!actor) throw new Error(`account ${accountId} belongs to no organization`);
      return actor;
    },
    async isPasswordOf(login, password) {
      const account = await accounts.findByLogin(login);
      return await isPasswordOf(account?.passwordHash ?? null, password);
    },
    async createLink(accountId) {
      const token = newToken();
      const now = clock.now();
      await createSessionRepository(db).insertLink({
        tokenHash: hashToken(token),
        accountId,
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + linkLifeMs).toISOString(),
        usedAt: null,
        purpose: 'signIn',
      });
      return token;
    },
  };
}
