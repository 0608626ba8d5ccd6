import type { CodeTarget } from '../../modules/codes/service.ts';
import type { Organization, Person, TestFleet } from '../test-fleet.ts';

type Calls = Record<string, { path: string; body?: unknown; by?: Person }>;

/** Lets codes be asked for again a moment later; those that were sent stay good. */
export async function forgetCodeLimits({ fleet, clock }: TestFleet): Promise<void> {
  const createdAt = new Date(clock.now().getTime() - 25 * 3_600_000).toISOString();
  await fleet.db.updateTable('oneTimeCodes').set({ createdAt }).execute();
  // What is asked for next is newer than what was before.
  clock.jumpTo(new Date(clock.now().getTime() + 10));
}

/** Calls of registration, sign-in and the own account that succeed once; what ends an account is called by another. */
export async function prepareAccountCalls(test: TestFleet, { id: orgId, administrator }: Organization): Promise<Calls> {
  const { codes } = test.fleet.services;
  const issue = async (target: CodeTarget) => {
    await forgetCodeLimits(test);
    return await test.fleet.db.transaction().execute((tx) => codes.issue(tx, { ...target, address: '127.0.0.1' }));
  };
  const person = (name: string) => test.createPerson(orgId, { name, role: 'member' });
  const [resetting, changing, leaving, asking, coded] = [
    await person('Resetting'),
    await person('Changing'),
    await person('Leaving'),
    await person('Asking'),
    await person('Coded'),
  ];
  const [phone, freshPhone] = ['+8613800138000', '+8613800138001'];
  const registering = { purpose: 'register' as const, recipient: phone };
  const proof = await codes.exchange(registering, await issue(registering));
  const fresh = { phone: freshPhone, code: await issue({ purpose: 'register', recipient: freshPhone }) };
  const password = 'a password of some length';
  const about = { name: 'Li Na', password, acceptsTerms: true, timeZone: 'Asia/Shanghai', language: 'zh-CN' };
  const email = 'new@own.test';
  const { accountId } = administrator.actor;
  const { token } = await test.fleet.services.sessions.open(accountId, {
    by: 'link',
    detail: null,
    userAgent: 'other',
  });
  const second = (await test.fleet.services.sessions.list(administrator.actor, token)).find((each) => each.isCurrent);
  return {
    'registration.sendCode': { path: '/registration/code', body: { phone: '+4740000000', language: 'en' } },
    'registration.confirm': { path: '/registration/confirm', body: fresh },
    'registration.register': { path: '/registration', body: { phone, proof, ...about } },
    'session.sendCode': { path: '/session/code-request', body: { login: administrator.login, language: 'en' } },
    'session.signInByCode': {
      path: '/session/code',
      body: { login: coded.login, code: await issue({ purpose: 'signIn', recipient: coded.login.toLowerCase() }) },
    },
    'session.sendResetCode': { path: '/session/reset-request', body: { login: administrator.login, language: 'en' } },
    'session.resetPassword': {
      path: '/session/reset',
      body: {
        login: resetting.login,
        code: await issue({ purpose: 'resetPassword', recipient: resetting.login.toLowerCase() }),
        password,
      },
    },
    'audit.list': { path: '/audit' },
    'audit.verify': { path: '/audit/verification' },
    'account.get': { path: '/account' },
    'account.update': { path: '/account', body: { language: 'en' } },
    'account.sendEmailCode': { path: '/account/email-code', body: { email: 'another@own.test' } },
    'account.setEmail': {
      path: '/account/email',
      body: { email, code: await issue({ purpose: 'setEmail', recipient: email }) },
      by: changing,
    },
    'account.changePassword': {
      path: '/account/password',
      body: { current: changing.password, next: password },
      by: changing,
    },
    'account.listSessions': { path: '/account/sessions' },
    'account.endSession': { path: `/account/sessions/${second?.id}` },
    'account.endOtherSessions': { path: '/account/sessions/end-others' },
    'account.sendDeletionCode': { path: '/account/deletion-code', body: { client: 'computer' }, by: asking },
    'account.remove': {
      path: '/account/delete',
      body: {
        code: await issue({ purpose: 'deleteAccount', recipient: leaving.login.toLowerCase() }),
        client: 'computer',
      },
      by: leaving,
    },
  };
}
