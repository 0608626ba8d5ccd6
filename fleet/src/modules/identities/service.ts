import type { IdentityProviderWords, LinkedIdentity } from '@anteroom/shared/api/identities.ts';
import { identityAnswerPath } from '@anteroom/shared/api/identities.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { IdentityUse } from '@anteroom/shared/identity/provider.ts';
import { type AccountId, newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { LinkedIdentityRow } from '../../db/tables/accounts.ts';
import type { IdentityProvider } from '../../identity-providers.ts';
import { createLimiter } from '../../limiter.ts';
import { hashToken, newToken } from '../../secret.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditService } from '../audit/service.ts';
import type { Actor, Caller, OpenedSession, SessionsService } from '../sessions/service.ts';
import type { ExternalIdentity, Issuer } from './issuer.ts';
import { createIdentityRepository } from './repository.ts';

/** Whoever asks, and in which language providers are named to them. */
export type Reader = { address: string; language: Language };
/** `browserToken` stays with the browser: only that one can finish. */
export type Begun = { url: string; browserToken: string };
export type Finished = { did: 'signIn'; opened: OpenedSession } | { did: 'link'; identity: LinkedIdentity };
export type BillingIdentity = Pick<LinkedIdentityRow, 'issuer' | 'subject' | 'label'>;

/** Identities at OpenID Connect providers: linked to accounts, to sign in with and to order with. */
export interface IdentitiesService {
  /** In the order of the configuration. */
  listProviders(): IdentityProviderWords[];
  beginSignIn(providerId: string, reader: Reader): Promise<Begun>;
  beginLink(actor: Actor, request: { providerId: string; password: string }, reader: Reader): Promise<Begun>;
  /** `answer` is the query that the provider sent the browser back with; `actor` is who is signed in there now. */
  finish(
    answer: string,
    browser: { token: string | undefined; actor: Actor | null } & Caller & Reader,
  ): Promise<Finished>;
  list(actor: Actor): Promise<LinkedIdentity[]>;
  unlink(actor: Actor, id: LinkedIdentityRow['id'], password: string, language: Language): Promise<void>;
  /** What the account orders with: of the first provider that has this use. */
  billingIdentityOf(tx: FleetDatabase, accountId: AccountId): Promise<BillingIdentity | undefined>;
}

export const flowLifeMs = 10 * 60_000;
const windowMs = 15 * 60_000;
/** A school's people come from one address, and each way that is finished is given back. */
const beginsPerAddress = 300;
const failuresPerAddress = 50;

export function createIdentitiesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  issuers: readonly Issuer[];
  accounts: AccountsService;
  sessions: SessionsService;
  audit: AuditService;
  /** Throws unless it is the account's password. */
  provePassword: (actor: Actor, password: string) => Promise<void>;
  publicUrl: () => string;
}): IdentitiesService {
  const { db, clock, issuers, accounts, sessions, audit, provePassword, publicUrl } = deps;
  const begins = createLimiter({ clock, limit: beginsPerAddress, windowMs });
  const failures = createLimiter({ clock, limit: failuresPerAddress, windowMs });
  const redirectUri = () => `${publicUrl()}${identityAnswerPath}`;
  const issuerOf = (name: string) => issuers.find(({ provider }) => provider.issuer === name);

  function find(providerId: string, use: IdentityUse | null): Issuer {
    const issuer = issuers.find(({ provider }) => provider.id === providerId);
    if (!issuer || (use !== null && !issuer.provider.uses.includes(use))) throw new ProblemError('not_found');
    return issuer;
  }

  async function begin(issuer: Issuer, accountId: AccountId | null, { address, language }: Reader): Promise<Begun> {
    begins.take(address);
    const [state, nonce, codeVerifier, browserToken] = [newToken(), newToken(), newToken(), newToken()];
    const flow = { state, nonce, codeVerifier };
    const url = await issuer.addressFor({ ...flow, redirectUri: redirectUri(), language });
    const now = clock.now();
    const repository = createIdentityRepository(db);
    await repository.removeOldFlows(now.toISOString());
    await repository.insertFlow({
      ...{ stateHash: hashToken(state), browserHash: hashToken(browserToken), nonce, codeVerifier, accountId },
      issuer: issuer.provider.issuer,
      expiresAt: new Date(now.getTime() + flowLifeMs).toISOString(),
    });
    return { url: url.href, browserToken };
  }

  function toLinked({ id, issuer, label, linkedAt }: LinkedIdentityRow): LinkedIdentity {
    const provider = issuerOf(issuer)?.provider;
    return { id, provider: provider ? toWords(provider) : null, issuer, label, linkedAt };
  }

  async function signIn(issuer: Issuer, { subject, label }: ExternalIdentity, caller: Caller & Reader) {
    const [link] = await createIdentityRepository(db).listBySubject(issuer.provider.issuer, subject);
    const provider = issuer.provider.name[caller.language];
    if (!link) throw new ProblemError('identity_unlinked', { provider, label });
    const { userAgent } = caller;
    return await sessions.open(link.accountId, { by: 'identity', detail: issuer.provider.id, userAgent });
  }

  async function link(actor: Actor, issuer: Issuer, { subject, label }: ExternalIdentity, language: Language) {
    const { accountId } = actor;
    const { id: providerId, issuer: issuerName, name } = issuer.provider;
    const provider = name[language];
    return await db
      .transaction()
      .execute(async (tx) => {
        await lockOrganization(tx, actor);
        const account = await accounts.find(accountId, tx);
        if (!account) throw new ProblemError('account_deleted');
        const repository = createIdentityRepository(tx);
        const present = (await repository.listOf(accountId)).find((each) => each.issuer === issuerName);
        if (present?.subject === subject) return present;
        if (present) throw new ProblemError('identity_present', { provider, label: present.label });
        const now = clock.now();
        const row: LinkedIdentityRow = {
          ...{ id: newId('linkedIdentity', now), accountId, accountKind: account.kind },
          ...{ issuer: issuerName, subject, label, linkedAt: now.toISOString() },
        };
        await repository.insert(row);
        const detail = { provider: providerId, name: provider };
        await audit.append(tx, actor, { actor: accountId, action: 'identity.linked', subjectId: row.id, detail });
        return row;
      })
      .catch((error: unknown) => {
        if (isUniqueViolation(error, 'linked_identities.subject'))
          throw new ProblemError('identity_taken', { provider, label }, { cause: error });
        throw error;
      });
  }

  return {
    listProviders: () => issuers.map(({ provider }) => toWords(provider)),
    beginSignIn: (providerId, reader) => begin(find(providerId, 'signIn'), null, reader),
    async beginLink(actor, { providerId, password }, reader) {
      const issuer = find(providerId, null);
      await provePassword(actor, password);
      const present = (await createIdentityRepository(db).listOf(actor.accountId)).find(
        (each) => each.issuer === issuer.provider.issuer,
      );
      const provider = issuer.provider.name[reader.language];
      if (present) throw new ProblemError('identity_present', { provider, label: present.label });
      return await begin(issuer, actor.accountId, reader);
    },
    async finish(answer, { token, actor, address, userAgent, language }) {
      // Counted before anything is looked up, and given back: a right answer costs nothing.
      failures.take(address);
      const state = new URLSearchParams(answer).get('state');
      const key = { stateHash: hashToken(state ?? ''), browserHash: hashToken(token ?? '') };
      const flow = await createIdentityRepository(db).takeFlow(key, clock.now().toISOString());
      const issuer = flow && issuerOf(flow.issuer);
      if (state === null || !flow || !issuer) throw new ProblemError('identity_flow_over');
      // Somebody else, or nobody, is signed in there now.
      if (flow.accountId !== null && flow.accountId !== actor?.accountId) throw new ProblemError('identity_flow_over');
      const url = new URL(redirectUri());
      url.search = answer;
      const identity = await issuer.identify(url, { ...flow, state }, language);
      failures.refund(address);
      begins.refund(address);
      if (flow.accountId === null || actor === null)
        return { did: 'signIn', opened: await signIn(issuer, identity, { address, userAgent, language }) };
      return { did: 'link', identity: toLinked(await link(actor, issuer, identity, language)) };
    },
    async list({ accountId }) {
      return (await createIdentityRepository(db).listOf(accountId)).map(toLinked);
    },
    async unlink(actor, id, password, language) {
      const { accountId } = actor;
      const isOwn = (await createIdentityRepository(db).listOf(accountId)).some((each) => each.id === id);
      if (!isOwn) throw new ProblemError('not_found');
      await provePassword(actor, password);
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const removed = await createIdentityRepository(tx).remove(accountId, id);
        if (!removed) throw new ProblemError('not_found');
        const provider = issuerOf(removed.issuer)?.provider;
        const detail = { provider: provider?.id ?? removed.issuer, name: provider?.name[language] ?? removed.issuer };
        await audit.append(tx, actor, { actor: accountId, action: 'identity.unlinked', subjectId: id, detail });
      });
    },
    async billingIdentityOf(tx, accountId) {
      const linked = await createIdentityRepository(tx).listOf(accountId);
      for (const { provider } of issuers) {
        const found = linked.find(({ issuer }) => issuer === provider.issuer);
        if (found && provider.uses.includes('billing')) return found;
      }
      return undefined;
    },
  };
}

function toWords({ id, name, uses }: IdentityProvider): IdentityProviderWords {
  return { id, name: { en: name.en, 'zh-CN': name['zh-CN'] }, uses: [...uses] };
}
