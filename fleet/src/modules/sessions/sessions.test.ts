import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPasswords, passwordCost } from '../../passwords.ts';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';
import { createSessionsService } from './service.ts';

let test: TestFleet;
let org: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const signIn = (login: string, password: string) => test.call(null, 'POST', '/session', { body: { login, password } });

function moveClock(byMs: number): void {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));
}

describe('signing in', () => {
  it('opens a session in a cookie that scripts and other sites do not get', async () => {
    const { login, password } = org.administrator;
    const answer = await signIn(login.toUpperCase(), password);
    expect(answer.body).toMatchObject({ role: 'defaultAdministrator', organization: { name: 'Own' } });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^anteroom_session=[\w-]{43};.*HttpOnly.*SameSite=Lax/);
    const person = { ...org.administrator, cookie: cookie.split(';')[0] ?? '' };
    expect((await test.call(person, 'GET', '/session')).status).toBe(200);
  });

  it('opens no session with a password that is changed while it is checked', async () => {
    const { accounts, audit, changes, codes } = test.fleet.services;
    const { db } = test.fleet;
    const racing = createSessionsService({
      ...{
        db,
        clock: test.clock,
        passwords: createPasswords(passwordCost),
        audit,
        changes,
        codes,
        onSignedIn: () => Promise.resolve(),
      },
      accounts: {
        ...accounts,
        async findByLogin(login) {
          const found = await accounts.findByLogin(login);
          if (found) await accounts.setPassword(found.id, 'another password of some length');
          return found;
        },
      },
    });
    const { login, password } = org.member;
    const signingIn = racing.signIn({ login, password }, { address: '192.0.2.1', userAgent: '' });
    await expect(signingIn).rejects.toMatchObject({ code: 'credentials_wrong' });
  });

  it('keeps no token and no password', async () => {
    const { login, password } = org.administrator;
    const token = /anteroom_session=([\w-]+)/.exec(String((await signIn(login, password)).headers['set-cookie']))?.[1];
    const stored = JSON.stringify([
      await test.fleet.db.selectFrom('sessions').selectAll().execute(),
      await test.fleet.db.selectFrom('accounts').selectAll().execute(),
    ]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(password);
    expect(stored).toContain('$argon2id$');
  });

  it('says the same of a wrong password and of nobody', async () => {
    const wrong = await signIn(org.administrator.login, 'wrong');
    const nobody = await signIn('nobody@own.test', 'wrong');
    expect(wrong.body).toEqual(nobody.body);
  });

  it('takes the same work for nobody, and for somebody without a password, as for a wrong password', async () => {
    await using careful = await startTestFleet({ passwords: createPasswords(passwordCost) });
    const { id, administrator } = await careful.createOrganization('Careful');
    const { login } = await careful.createPerson(id, { name: 'Added', role: 'member' });
    await careful.fleet.db.updateTable('accounts').set({ passwordHash: null }).where('email', '=', login).execute();
    /** Processor time of the whole process, so that a loaded machine changes nothing; the median of five. */
    const workFor = async (of: string) => {
      const costs: number[] = [];
      for (let i = 0; i < 5; i++) {
        const before = process.cpuUsage();
        const answer = await careful.call(null, 'POST', '/session', { body: { login: of, password: 'wrong' } });
        expect(codeOf(answer)).toBe('credentials_wrong');
        const { user, system } = process.cpuUsage(before);
        costs.push(user + system);
      }
      return costs.sort((one, other) => one - other)[2] ?? 0;
    };
    await workFor('somebody@own.test');
    const wrong = await workFor(administrator.login);
    // Argon2 is most of it: an answer without it costs a fifth.
    for (const of of ['nobody@own.test', login]) expect(await workFor(of)).toBeGreaterThan(wrong / 2);
  });

  it('waits after ten wrong passwords of an account, and lets another account in', async () => {
    for (let i = 0; i < 10; i++)
      expect(codeOf(await signIn(org.administrator.login, 'wrong'))).toBe('credentials_wrong');
    expect(codeOf(await signIn(org.administrator.login, org.administrator.password))).toBe('rate_limited');
    expect((await signIn(org.member.login, org.member.password)).status).toBe(200);
  });

  it('waits after fifty tries from one address, whosever they are, and no other address does', async () => {
    const { sessions } = test.fleet.services;
    const from = (address: string) => sessions.signIn(org.member, { address, userAgent: '' });
    for (let i = 0; i < 50; i++) sessions.countTry(`nobody${i}@own.test`, '192.0.2.1');
    await expect(from('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited' });
    await from('192.0.2.2');
  });

  it('checks no more than ten passwords that are tried at once', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn(org.administrator.login, 'wrong')));
    expect(answers.filter((answer) => codeOf(answer) === 'rate_limited')).toHaveLength(5);
  });
});

describe('a session', () => {
  it('ends with sign-out', async () => {
    expect((await test.call(org.member, 'DELETE', '/session')).status).toBe(204);
    expect(codeOf(await test.call(org.member, 'GET', '/session'))).toBe('sign_in_required');
  });

  it('ends after a week', async () => {
    moveClock(7 * 86_400_000);
    expect(codeOf(await test.call(org.member, 'GET', '/session'))).toBe('sign_in_required');
  });

  it('follows the role that its account has now', async () => {
    await test.fleet.db.updateTable('memberships').set({ role: 'member' }).execute();
    expect(codeOf(await test.call(org.administrator, 'GET', '/spaces'))).toBe('forbidden');
  });
});

describe('a one-time link', () => {
  const open = (token: string) => test.call(null, 'POST', '/session/link', { body: { token } });

  it('signs in once', async () => {
    const token = await test.fleet.services.sessions.createLink(org.administrator.actor.accountId);
    expect((await open(token)).body).toMatchObject({ role: 'defaultAdministrator' });
    expect(codeOf(await open(token))).toBe('sign_in_link_invalid');
  });

  it('signs in one of two who open it at once', async () => {
    const token = await test.fleet.services.sessions.createLink(org.administrator.actor.accountId);
    const answers = await Promise.all([open(token), open(token)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401]);
  });

  it('ends after ten minutes', async () => {
    const token = await test.fleet.services.sessions.createLink(org.administrator.actor.accountId);
    moveClock(10 * 60_000);
    expect(codeOf(await open(token))).toBe('sign_in_link_invalid');
  });
});
