import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linkedIdentity } from '@anteroom/shared/api/identities.ts';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type IdentityProvider, readIdentityProviders } from '../../identity-providers.ts';
import { type Misbehaviour, startOpenIdProvider, type TestProvider } from '../../testing/openid-provider.ts';
import { createPersonalUser } from '../../testing/route-calls/people.ts';
import {
  type Answer,
  codeOf,
  type Organization,
  type Person,
  startTestFleet,
  type TestFleet,
} from '../../testing/test-fleet.ts';
import { createIssuer } from './issuer.ts';

/** A fleet with a real OpenID provider, a second one that nobody answers for, and one for billing only. */
const publicUrl = 'http://fleet.test';
let folder: string;
let provider: TestProvider;
let test: TestFleet;
/** Everybody's organization, but for what its administrator decides. */
let org: Organization;
let campus: IdentityProvider;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-openid-'));
  provider = await startOpenIdProvider();
  provider.register(`${publicUrl}/identity`);
  await writeFile(join(folder, 'secret'), 'secret');
  const gone = {
    ...{ id: 'gone', name: { en: 'Gone', 'zh-CN': '失联' }, issuer: 'http://127.0.0.1:9', clientId: 'anteroom' },
    clientSecretFile: 'secret',
  };
  const cloud = {
    ...gone,
    id: 'cloud',
    name: { en: 'Cloud', 'zh-CN': '云' },
    issuer: 'http://127.0.0.1:8',
    uses: ['billing'],
  };
  const file = await provider.writeConfig(folder, [gone, cloud]);
  [campus] = readIdentityProviders(file, {}) as [IdentityProvider];
  test = await startTestFleet({ args: ['--identity-providers', file, '--public-url', publicUrl] });
  org = await test.createOrganization('Own', []);
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  count += 1;
});
afterEach(() => provider.misbehave(null));

const urlOf = z.object({ url: z.url() });
type Begun = { url: string; cookie: string };

function begunOf(answer: Answer): Begun {
  const cookie = /^anteroom_identity=[\w-]+/.exec(String(answer.headers['set-cookie']))?.[0];
  if (cookie === undefined) throw new Error(JSON.stringify(answer.body));
  return { url: urlOf.parse(answer.body).url, cookie };
}

const tryLink = (by: Person, fields: Record<string, unknown> = {}) =>
  test.call(by, 'POST', '/account/identities', { body: { providerId: 'campus', password: by.password, ...fields } });
const beginLink = async (by: Person) => begunOf(await tryLink(by));
const trySignIn = (providerId = 'campus') => test.call(null, 'POST', '/session/identity', { body: { providerId } });
const beginSignIn = async () => begunOf(await trySignIn());
/** The browser comes back: with the cookie of what it began, and with that of its session if it has one. */
const finish = (answer: string, cookies: (string | undefined)[]) =>
  test.call(null, 'POST', '/identity-answer', { body: { answer }, headers: { cookie: cookies.join('; ') } });

async function link(by: Person, login: string): Promise<Answer> {
  const { url, cookie } = await beginLink(by);
  return await finish(await provider.signIn(url, login), [cookie, by.cookie]);
}
async function signIn(login: string): Promise<Answer> {
  const { url, cookie } = await beginSignIn();
  return await finish(await provider.signIn(url, login), [cookie]);
}
/** Somebody of this test, with nothing linked. */
const person = (name = 'Person') => test.createPerson(org.id, { name: `${name} ${count}`, role: 'member' });
/** What the provider calls somebody of this test. */
const somebody = () => `somebody-${count}`;
const listOf = async (by: Person) =>
  z.object({ items: z.array(linkedIdentity) }).parse(await test.expectOk(by, 'GET', '/account/identities')).items;
const personOf = (answer: Answer, like: Person): Person => ({
  ...like,
  cookie: /anteroom_session=[\w-]+/.exec(String(answer.headers['set-cookie']))?.[0] ?? '',
});

describe('linking an identity', () => {
  it('shows it on the account, by what the provider calls the person', async () => {
    const member = await person();
    expect(await link(member, somebody())).toMatchObject({ status: 200, body: { did: 'link' } });
    const [identity] = await listOf(member);
    expect(identity).toMatchObject({ label: `${somebody()}@campus.test`, provider: { id: 'campus' } });
  });

  it('asks for the password, and counts wrong ones like a change of the password does', async () => {
    const member = await person();
    for (let i = 0; i < 10; i++) expect(codeOf(await tryLink(member, { password: 'wrong' }))).toBe('password_wrong');
    expect(codeOf(await tryLink(member))).toBe('rate_limited');
  });

  it('tells somebody without a password how to get one', async () => {
    const member = await person();
    const { accountId } = member.actor;
    await test.fleet.db.updateTable('accounts').set({ passwordHash: null }).where('id', '=', accountId).execute();
    expect(codeOf(await tryLink(member))).toBe('password_missing');
  });

  it('refuses an identity that another account has', async () => {
    const member = await person();
    await link(member, somebody());
    const other = await person('Other');
    expect(codeOf(await link(other, somebody()))).toBe('identity_taken');
    expect(await listOf(other)).toEqual([]);
  });

  it('gives one of two who link the same identity at once the identity', async () => {
    const member = await person();
    const other = await person('Other');
    const begun = [await beginLink(member), await beginLink(other)] as const;
    const answers = [await provider.signIn(begun[0].url, somebody()), await provider.signIn(begun[1].url, somebody())];
    const results = await Promise.all([
      finish(answers[0] ?? '', [begun[0].cookie, member.cookie]),
      finish(answers[1] ?? '', [begun[1].cookie, other.cookie]),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('gives an identity to one account of each kind, and signs in to the one for the console', async () => {
    const member = await person();
    const ola = await createPersonalUser(test, 'Ola', `+4791${String(100000 + count)}`);
    expect((await link(ola, somebody())).status).toBe(200);
    expect((await link(member, somebody())).status).toBe(200);
    expect((await signIn(somebody())).body).toMatchObject({ session: { account: { id: member.actor.accountId } } });
  });

  it('keeps one identity of a provider: another has to be unlinked first', async () => {
    const member = await person();
    const second = await beginLink(member);
    await link(member, somebody());
    expect(codeOf(await tryLink(member))).toBe('identity_present');
    const answer = await provider.signIn(second.url, `${somebody()}-2`);
    expect(codeOf(await finish(answer, [second.cookie, member.cookie]))).toBe('identity_present');
  });

  it('links nothing to whoever else is signed in when the browser comes back', async () => {
    const member = await person();
    const { url, cookie } = await beginLink(member);
    const answer = await provider.signIn(url, somebody());
    expect(codeOf(await finish(answer, [cookie, org.administrator.cookie]))).toBe('identity_flow_over');
    const again = await beginLink(member);
    expect(codeOf(await finish(await provider.signIn(again.url, somebody()), [again.cookie]))).toBe(
      'identity_flow_over',
    );
    expect(await listOf(org.administrator)).toEqual([]);
  });

  it('ends with unlinking, which asks for the password too', async () => {
    const member = await person();
    await link(member, somebody());
    const [identity] = await listOf(member);
    const unlink = (by: Person, password: string) =>
      test.call(by, 'POST', `/account/identities/${identity?.id}/unlink`, { body: { password } });
    expect(codeOf(await unlink(member, 'wrong'))).toBe('password_wrong');
    expect(codeOf(await unlink(org.administrator, org.administrator.password))).toBe('not_found');
    expect((await unlink(member, member.password)).status).toBe(204);
    const acts = await test.fleet.db
      .selectFrom('auditEntries')
      .select('action')
      .where('subjectId', '=', identity?.id ?? '')
      .execute();
    expect(acts.map(({ action }) => action)).toEqual(['identity.linked', 'identity.unlinked']);
    expect(await listOf(member)).toEqual([]);
    expect(codeOf(await signIn(somebody()))).toBe('identity_unlinked');
  });
});

describe('signing in with an identity', () => {
  it('opens a session like every other, in the account that the identity is linked to', async () => {
    const member = await person();
    await link(member, somebody());
    const answer = await signIn(somebody());
    expect(answer.body).toMatchObject({ did: 'signIn', session: { account: { id: member.actor.accountId } } });
    expect(String(answer.headers['set-cookie'])).toMatch(/anteroom_session=[\w-]{43};.*HttpOnly.*SameSite=Lax/);
    expect(await test.expectOk(personOf(answer, member), 'GET', '/account/sessions')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ isCurrent: true, signedInBy: 'identity' })]),
    });
  });

  it('tells somebody whose identity is linked to no account what to do', async () => {
    const answer = await signIn(somebody());
    expect(codeOf(answer)).toBe('identity_unlinked');
    expect(answer.body).toMatchObject({ values: { provider: 'Campus account', label: `${somebody()}@campus.test` } });
  });

  it('no longer opens an account that was deleted', async () => {
    const member = await person();
    await link(member, somebody());
    await test.fleet.db.transaction().execute((tx) => test.fleet.services.accounts.erase(tx, member.actor.accountId));
    expect(codeOf(await signIn(somebody()))).toBe('identity_unlinked');
  });

  it('says that a provider declined', async () => {
    const { url, cookie } = await beginSignIn();
    expect(codeOf(await finish(await provider.decline(url), [cookie]))).toBe('identity_denied');
  });

  it('goes through providers with this use alone', async () => {
    expect(codeOf(await trySignIn('cloud'))).toBe('not_found');
    expect(codeOf(await trySignIn('unheard-of'))).toBe('not_found');
  });

  it('waits after too many ways that one address began and did not finish', async () => {
    const reader = { address: '192.0.2.9', language: 'en' as const };
    const begin = () => test.fleet.services.identities.beginSignIn('gone', reader);
    const begun = await Promise.allSettled(Array.from({ length: 301 }, begin));
    const codes = begun.map((each) => each.status === 'rejected' && each.reason.code);
    expect(codes.filter((code) => code === 'identity_provider_failed')).toHaveLength(300);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(1);
  });

  it('waits after too many answers that prove nothing', async () => {
    const fresh = await startTestFleet();
    const headers = { cookie: 'anteroom_identity=made-up' };
    const attempt = () => fresh.call(null, 'POST', '/identity-answer', { body: { answer: 'state=x&code=y' }, headers });
    for (let i = 0; i < 50; i++) expect(codeOf(await attempt())).toBe('identity_flow_over');
    expect(codeOf(await attempt())).toBe('rate_limited');
    await fresh[Symbol.asyncDispose]();
  });
});

describe('the way to the provider and back', () => {
  it('asks for a code with PKCE, and comes back to the public address only', async () => {
    const url = new URL((await beginSignIn()).url);
    expect(url.origin).toBe(provider.issuer);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', redirect_uri: `${publicUrl}/identity` },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  it('is tied to the browser that began, and to its state', async () => {
    const member = await person();
    await link(member, somebody());
    const { url, cookie } = await beginSignIn();
    const other = await beginSignIn();
    const answer = await provider.signIn(url, somebody());
    expect(codeOf(await finish(answer, []))).toBe('identity_flow_over');
    expect(codeOf(await finish(answer, [other.cookie]))).toBe('identity_flow_over');
    const changed = new URLSearchParams(answer);
    changed.set('state', new URL(other.url).searchParams.get('state') ?? '');
    expect(codeOf(await finish(changed.toString(), [cookie]))).toBe('identity_flow_over');
    expect((await finish(answer, [cookie])).status).toBe(200);
  });

  it('is gone once, even when it is finished twice at the same time', async () => {
    const member = await person();
    await link(member, somebody());
    const { url, cookie } = await beginSignIn();
    const answer = await provider.signIn(url, somebody());
    const results = await Promise.all([finish(answer, [cookie]), finish(answer, [cookie])]);
    expect(results.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(codeOf(await finish(answer, [cookie]))).toBe('identity_flow_over');
  });

  it('is over after ten minutes', async () => {
    const { url, cookie } = await beginSignIn();
    const answer = await provider.signIn(url, somebody());
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 10 * 60_000));
    expect(codeOf(await finish(answer, [cookie]))).toBe('identity_flow_over');
    await beginSignIn();
    const flows = await test.fleet.db.selectFrom('identityFlows').select('expiresAt').execute();
    expect(flows.every(({ expiresAt }) => expiresAt > test.clock.now().toISOString())).toBe(true);
  });

  it('keeps neither state nor what the browser holds', async () => {
    const { url, cookie } = await beginSignIn();
    const stored = JSON.stringify(await test.fleet.db.selectFrom('identityFlows').selectAll().execute());
    expect(stored).not.toContain(new URL(url).searchParams.get('state'));
    expect(stored).not.toContain(cookie.split('=')[1]);
  });
});

describe('a provider that misbehaves', () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  it.each<[string, Misbehaviour]>([
    ['a tampered ID token', { tampered: { sub: 'another', email: 'another@campus.test' } }],
    ['an ID token for somebody else', { claims: { aud: 'another client' } }],
    ['an ID token of another issuer', { claims: { iss: 'https://issuer.test' } }],
    ['an ID token with another nonce', { claims: { nonce: 'another' } }],
    ['an ID token that is over', { claims: { exp: past, iat: past - 60 } }],
  ])('opens nothing with %s', async (_what, how) => {
    const member = await person();
    await link(member, somebody());
    provider.misbehave(how);
    const answer = await signIn(somebody());
    expect(codeOf(answer)).toBe('identity_answer_invalid');
    expect(String(answer.headers['set-cookie'])).not.toContain('anteroom_session');
  });

  it('is said to be out of reach when it hears and does not answer, and asked again by the next one', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
    const issuer = createIssuer(campus, { clock: test.clock, log, answerWithinMs: 100 });
    const flow = { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) };
    const ask = () => issuer.addressFor({ ...flow, redirectUri: `${publicUrl}/identity`, language: 'zh-CN' });
    provider.misbehave('silent');
    await expect(ask()).rejects.toMatchObject({ code: 'identity_provider_failed', values: { provider: '校园账号' } });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ provider: 'campus', code: 'OAUTH_TIMEOUT' }]);
    provider.misbehave(null);
    expect((await ask()).origin).toBe(provider.issuer);
  });

  it('leaves nothing of its person in the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'debug' }, { write: (line) => lines.push(line) });
    const issuer = createIssuer(campus, { clock: test.clock, log, answerWithinMs: 5000 });
    const flow = { state: 'state', nonce: 'nonce', codeVerifier: 'v'.repeat(43) };
    const redirectUri = `${publicUrl}/identity`;
    const url = await issuer.addressFor({ ...flow, redirectUri, language: 'en' });
    provider.misbehave({ claims: { aud: 'another client' } });
    const answer = new URL(`${redirectUri}?${await provider.signIn(url.href, somebody())}`);
    await expect(issuer.identify(answer, flow, 'en')).rejects.toMatchObject({ code: 'identity_answer_invalid' });
    expect(lines).toHaveLength(1);
    for (const secret of [somebody(), 'eyJ', campus.clientSecret.reveal(), answer.searchParams.get('code') ?? '?'])
      expect(lines.join()).not.toContain(secret);
  });

  it('is said to be out of reach when nobody answers', async () => {
    const answer = await trySignIn('gone');
    expect(codeOf(answer)).toBe('identity_provider_failed');
    expect(answer.body).toMatchObject({ isRetryable: true, values: { provider: 'Gone' } });
  });
});

describe('an organization that orders with billing identities', () => {
  let buyer: Organization;
  beforeEach(async () => {
    buyer = await test.createOrganization(`Buyer ${count}`, []);
  });
  const order = () => {
    const endAt = new Date(test.clock.now().getTime() + 30 * 86_400_000).toISOString();
    const body = { plan: 'flex', lines: [{ kind: 'concurrency', quantity: 10 }], endAt };
    return test.call(buyer.administrator, 'POST', '/orders', { body });
  };
  const demand = () =>
    test.expectOk(buyer.administrator, 'PATCH', '/organization', { settings: { ordersNeedBillingIdentity: true } });

  it('refuses an order of somebody who linked none, and says what to do', async () => {
    expect((await order()).body).toMatchObject({ billingIdentity: null });
    await demand();
    const answer = await order();
    expect(codeOf(answer)).toBe('billing_identity_required');
    expect(JSON.stringify(answer.body)).toContain('My account');
  });

  it('remembers with which one an order was placed, and forgets its label with the account', async () => {
    await demand();
    await link(buyer.administrator, somebody());
    const placed = await order();
    const billingIdentity = { issuer: provider.issuer, subject: somebody(), label: `${somebody()}@campus.test` };
    expect(placed).toMatchObject({ status: 201, body: { billingIdentity } });
    const { accountId } = buyer.administrator.actor;
    await test.fleet.db.transaction().execute((tx) => test.fleet.services.accounts.erase(tx, accountId));
    const rows = await test.fleet.db.selectFrom('orders').selectAll().where('orgId', '=', buyer.id).execute();
    expect(rows).toMatchObject([{ billingSubject: somebody(), billingLabel: null }]);
  });

  it('cannot be one where the installation has no provider for it', async () => {
    const fresh = await startTestFleet();
    const own = await fresh.createOrganization('Own', []);
    const body = { settings: { ordersNeedBillingIdentity: true } };
    expect(codeOf(await fresh.call(own.administrator, 'PATCH', '/organization', { body }))).toBe(
      'billing_provider_missing',
    );
    expect(await fresh.expectOk(null, 'GET', '/identity-providers')).toEqual({ items: [] });
    await fresh[Symbol.asyncDispose]();
  });
});
