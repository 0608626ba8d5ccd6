import type { TestProvider } from '../openid-provider.ts';
import type { Organization, Person, TestFleet } from '../test-fleet.ts';

type Calls = Record<string, { path: string; body?: unknown; by?: Person; headers?: Record<string, string> }>;

/** Begins a way to the provider, and goes it as `login`: what the browser then finishes with. */
async function goAndComeBack(
  test: TestFleet,
  provider: TestProvider,
  { by, login }: { by: Person | null; login: string },
): Promise<{ answer: string; cookie: string }> {
  const begin = by
    ? { path: '/account/identities', body: { providerId: 'campus', password: by.password } }
    : { path: '/session/identity', body: { providerId: 'campus' } };
  const begun = await test.call(by, 'POST', begin.path, { body: begin.body });
  // The contract's answer, which the table of every route checks.
  const { url } = begun.body as { url: string };
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
  return { answer: await provider.signIn(url, login), cookie: by ? `${cookie}; ${by.cookie}` : cookie };
}

/** Calls about identities at the provider that succeed once. */
export async function prepareIdentityCalls(
  test: TestFleet,
  { id: orgId }: Organization,
  provider: TestProvider,
): Promise<Calls> {
  const linked = await test.createPerson(orgId, { name: 'Linked', role: 'member' });
  const leaving = await test.createPerson(orgId, { name: 'Unlinking', role: 'member' });
  const { identities } = test.fleet.services;
  for (const person of [linked, leaving]) {
    const { answer, cookie } = await goAndComeBack(test, provider, { by: person, login: person.actor.accountId });
    await test.call(null, 'POST', '/identity-answer', { body: { answer }, headers: { cookie } });
  }
  const [identity] = await identities.list(leaving.actor);
  const { answer, cookie } = await goAndComeBack(test, provider, { by: null, login: linked.actor.accountId });
  const { password } = leaving;
  return {
    'identities.listProviders': { path: '/identity-providers' },
    'identities.beginSignIn': { path: '/session/identity', body: { providerId: 'campus' } },
    'identities.finish': { path: '/identity-answer', body: { answer }, headers: { cookie } },
    'identities.list': { path: '/account/identities' },
    'identities.beginLink': { path: '/account/identities', body: { providerId: 'campus', password } },
    'identities.unlink': { path: `/account/identities/${identity?.id}/unlink`, body: { password }, by: leaving },
  };
}
