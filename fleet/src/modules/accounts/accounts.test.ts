import { DefaultQueryExecutor } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetCodeLimits } from '../../testing/route-calls/accounts.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md §1, Account: every rule has a test here, in sessions.test.ts, codes.test.ts or identities.test.ts. */
let test: TestFleet;
let org: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  org = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const post = (path: string, body: unknown, person: Person | null = null) => test.call(person, 'POST', path, { body });
const phone = '+8613800138000';
const password = 'a password of some length';
const about = { name: 'Li Na', password, acceptsTerms: true, timeZone: 'Asia/Shanghai', language: 'zh-CN' };

/** The last message to this number or address, as it is carried. */
async function lastMessage(recipient: string) {
  const row = await test.fleet.db
    .selectFrom('notices')
    .selectAll()
    .where('recipient', '=', recipient)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const values = JSON.parse(row.content) as { code?: string };
  return { template: row.template, code: values.code ?? '' };
}

async function register(written = phone): Promise<Person> {
  await forgetCodeLimits(test);
  await test.expectOk(null, 'POST', '/registration/code', { phone: written, language: 'zh-CN' });
  const { code } = await lastMessage(phone);
  const confirmed = await post('/registration/confirm', { phone: written, code });
  const { proof } = confirmed.body as { proof: string };
  const answer = await post('/registration', { phone: written, proof, ...about });
  expect(answer.status).toBe(201);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const { account } = answer.body as { account: { id: Person['actor']['accountId'] } };
  return { actor: await test.fleet.services.sessions.actorOf(account.id), login: phone, password, cookie };
}

const signIn = (login: string, given = password) => post('/session', { login, password: given });

describe('registering', () => {
  it('goes from phone to code to name and password, and signs in a personal user', async () => {
    const person = await register('+86 138-0013 8000');
    expect(await test.expectOk(person, 'GET', '/session')).toMatchObject({
      role: 'personal',
      account: { name: 'Li Na' },
    });
    expect(await test.expectOk(person, 'GET', '/account')).toMatchObject({
      kind: 'standard',
      phone,
      email: null,
      hasPassword: true,
      personalNumber: expect.stringMatching(/^[1-9]\d{8}$/),
    });
    const stored = await test.fleet.db.selectFrom('accounts').selectAll().where('phone', '=', phone).execute();
    expect(stored).toMatchObject([
      { termsAcceptedAt: expect.any(String), passwordHash: expect.stringMatching(/^\$argon2id\$/) },
    ]);
    expect((await signIn('0086 138 0013 8000')).status).toBe(200);
  });

  it('does not go on without the terms', async () => {
    const body = { phone, proof: 'any', ...about, acceptsTerms: false };
    expect(codeOf(await post('/registration', body))).toBe('request_invalid');
  });

  it.each(['12345', '+86 123', 'ola@own.test', '+999 12345678'])(
    'refuses %s, which is no phone number',
    async (written) => {
      expect(codeOf(await post('/registration/code', { phone: written, language: 'en' }))).toBe('phone_invalid');
    },
  );

  it('takes a proof once, for its own phone, within half an hour', async () => {
    const target = { purpose: 'register' as const, recipient: phone };
    const { codes } = test.fleet.services;
    const prove = async () => {
      await forgetCodeLimits(test);
      const code = await test.fleet.db.transaction().execute((tx) => codes.issue(tx, { ...target, address: '::1' }));
      return await codes.exchange(target, code);
    };
    const proof = await prove();
    const other = { phone: '+8613800138001', proof, ...about };
    expect(codeOf(await post('/registration', other))).toBe('proof_invalid');
    expect((await post('/registration', { phone, proof, ...about })).status).toBe(201);
    expect(codeOf(await post('/registration', { phone, proof, ...about }))).toBe('proof_invalid');
    const late = await prove();
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 30 * 60_000));
    expect(codeOf(await post('/registration', { phone, proof: late, ...about }))).toBe('proof_invalid');
  });

  it('of a number that has an account is answered alike, and only its owner is told', async () => {
    await register();
    await forgetCodeLimits(test);
    const known = await post('/registration/code', { phone, language: 'en' });
    await forgetCodeLimits(test);
    const unknown = await post('/registration/code', { phone: '+8613800138001', language: 'en' });
    expect(known.status).toBe(202);
    for (const { body } of [known, unknown]) expect(body).toEqual({ expiresAt: expect.any(String) });
    expect((await lastMessage(phone)).template).toBe('account.exists');
    expect((await lastMessage('+8613800138001')).template).toBe('code.register');
  });
});

describe('signing in by code', () => {
  const ask = (login: string) => post('/session/code-request', { login, language: 'en' });

  it('works once', async () => {
    await register();
    await forgetCodeLimits(test);
    expect((await ask(phone)).status).toBe(202);
    const { code } = await lastMessage(phone);
    expect((await post('/session/code', { login: phone, code })).body).toMatchObject({ role: 'personal' });
    expect(codeOf(await post('/session/code', { login: phone, code }))).toBe('code_wrong');
  });

  it('is answered alike for nobody’s number, which is told that it has no account', async () => {
    await register();
    await forgetCodeLimits(test);
    const known = await ask(phone);
    await forgetCodeLimits(test);
    const unknown = await ask('+8613800138001');
    for (const { body } of [known, unknown]) expect(body).toEqual({ expiresAt: expect.any(String) });
    expect((await lastMessage('+8613800138001')).template).toBe('account.unknown');
    const guess = await post('/session/code', { login: '+8613800138001', code: '000000' });
    const wrong = await post('/session/code', { login: phone, code: '000000' });
    expect(guess.body).toEqual(wrong.body);
  });

  it('takes as long for nobody’s number: the database is asked the same questions', async () => {
    await register();
    const questionsFor = async (login: string) => {
      await forgetCodeLimits(test);
      using execute = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery');
      await ask(login);
      return execute.mock.calls.map(([{ sql }]) => sql);
    };
    const known = await questionsFor(phone);
    expect(known.length).toBeGreaterThan(3);
    expect(await questionsFor('+8613800138001')).toEqual(known);
  });
});

describe('the password', () => {
  it('is changed with the present one, and other sessions are signed out and told why', async () => {
    const person = await register();
    const elsewhere = String((await signIn(phone)).headers['set-cookie']).split(';')[0] ?? '';
    const next = 'another password of some length';
    const wrong = await post('/account/password', { current: 'wrong', next }, person);
    expect(codeOf(wrong)).toBe('password_wrong');
    expect((await post('/account/password', { current: password, next }, person)).status).toBe(204);
    expect((await test.call(person, 'GET', '/session')).status).toBe(200);
    expect(codeOf(await test.call({ ...person, cookie: elsewhere }, 'GET', '/session'))).toBe('password_changed');
    expect(codeOf(await signIn(phone))).toBe('credentials_wrong');
    expect((await signIn(phone, next)).status).toBe(200);
  });

  it('is set anew with a code, which signs every session out and the person is told', async () => {
    const person = await register();
    await forgetCodeLimits(test);
    await test.expectOk(null, 'POST', '/session/reset-request', { login: phone, language: 'en' });
    const { code } = await lastMessage(phone);
    const next = 'another password of some length';
    await forgetCodeLimits(test);
    expect((await post('/session/reset', { login: phone, code, password: next })).status).toBe(200);
    expect(codeOf(await test.call(person, 'GET', '/session'))).toBe('password_changed');
    expect((await signIn(phone, next)).status).toBe(200);
    expect((await lastMessage(phone)).template).toBe('account.passwordChanged');
  });

  it('is asked for alike by nobody, who is told that there is no account', async () => {
    await register();
    const ask = async (login: string) => {
      await forgetCodeLimits(test);
      return await post('/session/reset-request', { login, language: 'en' });
    };
    const [known, unknown] = [await ask(phone), await ask('+8613800138001')];
    expect(unknown.status).toBe(known.status);
    for (const { body } of [known, unknown]) expect(body).toEqual({ expiresAt: expect.any(String) });
    expect((await lastMessage('+8613800138001')).template).toBe('account.unknown');
    const guess = (login: string) => post('/session/reset', { login, code: '000000', password });
    expect((await guess('+8613800138001')).body).toEqual((await guess(phone)).body);
  });

  it('has ten characters or more', async () => {
    const answer = await post('/account/password', { current: password, next: 'too short' }, await register());
    expect(codeOf(answer)).toBe('request_invalid');
  });

  it('cannot be guessed by volume from a session that was left open', async () => {
    const person = await register();
    const guess = () => post('/account/password', { current: 'wrong', next: password }, person);
    for (let i = 0; i < 10; i++) expect(codeOf(await guess())).toBe('password_wrong');
    expect(codeOf(await guess())).toBe('rate_limited');
  });
});

describe('profile', () => {
  it('has a name and a language that its person changes', async () => {
    const person = await register();
    await test.expectOk(person, 'PATCH', '/account', { name: '李娜', language: 'en' });
    expect(await test.expectOk(person, 'GET', '/session')).toMatchObject({ account: { name: '李娜', language: 'en' } });
  });

  it('has an e-mail address once its owner has proven it, and signs in with it', async () => {
    const person = await register();
    await forgetCodeLimits(test);
    await test.expectOk(person, 'POST', '/account/email-code', { email: 'Na@own.test' });
    const { code } = await lastMessage('na@own.test');
    expect(codeOf(await post('/account/email', { email: 'no@own.test', code }, person))).toBe('code_wrong');
    await test.expectOk(person, 'POST', '/account/email', { email: 'na@own.test', code });
    expect((await signIn('NA@own.test')).status).toBe(200);
  });

  it('does not tell whether somebody else has an e-mail address', async () => {
    const person = await register();
    await forgetCodeLimits(test);
    await test.fleet.services.accounts.create(
      { orgId: org.id },
      { kind: 'standard', name: 'Ola', email: 'ola@own.test', password, language: 'en', role: 'member' },
    );
    expect((await post('/account/email-code', { email: 'ola@own.test' }, person)).status).toBe(202);
    expect((await lastMessage('ola@own.test')).template).toBe('account.exists');
  });

  it('lets phone and e-mail be used once per kind of account', async () => {
    const fields = { name: 'Ola', password, language: 'en' as const, role: 'member' as const };
    const create = (kind: 'standard' | 'console', login: { phone?: string; email: string | null }) =>
      test.fleet.services.accounts.create({ orgId: org.id }, { kind, ...fields, ...login });
    for (const login of [{ email: 'ola@own.test' }, { phone, email: null }]) {
      await create('standard', login);
      await create('console', login);
      await expect(create('standard', login)).rejects.toThrow(/unique/i);
    }
  });
});

describe('sessions', () => {
  it('are listed, and one or all others are signed out and told so', async () => {
    const person = await register();
    const cookieOf = async () => String((await signIn(phone)).headers['set-cookie']).split(';')[0] ?? '';
    const [second, third] = [await cookieOf(), await cookieOf()];
    const list = async () =>
      ((await test.expectOk(person, 'GET', '/account/sessions')) as { items: { id: string; isCurrent: boolean }[] })
        .items;
    expect(await list()).toHaveLength(3);
    const secondId = (
      (await test.expectOk({ ...person, cookie: second }, 'GET', '/account/sessions')) as {
        items: { id: string; isCurrent: boolean }[];
      }
    ).items.find(({ isCurrent }) => isCurrent)?.id;
    expect((await test.call(person, 'DELETE', `/account/sessions/${secondId}`)).status).toBe(204);
    expect(codeOf(await test.call({ ...person, cookie: second }, 'GET', '/session'))).toBe('signed_out_elsewhere');
    expect((await test.call({ ...person, cookie: third }, 'GET', '/session')).status).toBe(200);
    await test.expectOk(person, 'POST', '/account/sessions/end-others');
    expect(codeOf(await test.call({ ...person, cookie: third }, 'GET', '/session'))).toBe('signed_out_elsewhere');
    expect(await list()).toMatchObject([{ isCurrent: true }]);
  });

  it('say how somebody signed in: by password, by code, at registration, with a new password or by a link', async () => {
    const person = await register();
    await signIn(phone);
    await forgetCodeLimits(test);
    await post('/session/code-request', { login: phone, language: 'en' });
    await post('/session/code', { login: phone, code: (await lastMessage(phone)).code });
    const { sessions } = test.fleet.services;
    await sessions.signInByLink(await sessions.createLink(person.actor.accountId), { address: 'here', userAgent: '' });
    const ways = async (reader: Person) =>
      ((await test.expectOk(reader, 'GET', '/account/sessions')) as { items: { signedInBy: string }[] }).items // the contract's
        .map(({ signedInBy }) => signedInBy)
        .sort();
    expect(await ways(person)).toEqual(['code', 'link', 'password', 'registration']);
    await forgetCodeLimits(test);
    await post('/session/reset-request', { login: phone, language: 'en' });
    const { code } = await lastMessage(phone);
    const answer = await post('/session/reset', { login: phone, code, password: 'another password' });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    expect(await ways({ ...person, cookie })).toEqual(['reset']);
  });

  it('of somebody else cannot be ended', async () => {
    const person = await register();
    const { items } = (await test.expectOk(org.member, 'GET', '/account/sessions')) as { items: { id: string }[] };
    const answer = await test.call(person, 'DELETE', `/account/sessions/${items[0]?.id}`);
    expect(codeOf(answer)).toBe('not_found');
  });
});

describe('deleting an account', () => {
  async function deletionCode(person: Person): Promise<string> {
    await forgetCodeLimits(test);
    await test.expectOk(person, 'POST', '/account/deletion-code', { client: 'phone' });
    return (await lastMessage(phone)).code;
  }

  it('needs a code, signs every session out, and each is told that the account was deleted', async () => {
    const person = await register();
    const elsewhere = String((await signIn(phone)).headers['set-cookie']).split(';')[0] ?? '';
    const code = await deletionCode(person);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(codeOf(await post('/account/delete', { code: wrong, client: 'phone' }, person))).toBe('code_wrong');
    expect((await post('/account/delete', { code, client: 'phone' }, person)).status).toBe(204);
    for (const cookie of [person.cookie, elsewhere])
      expect(codeOf(await test.call({ ...person, cookie }, 'GET', '/session'))).toBe('account_deleted');
    expect(codeOf(await signIn(phone))).toBe('credentials_wrong');
  });

  it('leaves an id and nothing about the person, and the phone registers anew', async () => {
    const person = await register();
    const { personalNumber } = (await test.expectOk(person, 'GET', '/account')) as { personalNumber: string };
    await test.expectOk(person, 'POST', '/account/delete', { code: await deletionCode(person), client: 'computer' });
    const { db } = test.fleet;
    const row = await db.selectFrom('accounts').selectAll().where('id', '=', person.actor.accountId).executeTakeFirst();
    expect(row).toMatchObject({
      name: '',
      phone: null,
      email: null,
      passwordHash: null,
      deletedAt: expect.any(String),
    });
    expect(await db.selectFrom('numbers').selectAll().where('number', '=', personalNumber).execute()).toEqual([]);
    expect((await register()).actor.accountId).not.toBe(person.actor.accountId);
  });

  it('cancels what the person organizes and has not begun, since nobody is left to hold it', async () => {
    const person = await register();
    const body = { subject: 'Later', resource: { kind: 'free' }, durationMinutes: 30, timeZone: 'UTC' };
    const startAt = new Date(test.clock.now().getTime() + 86_400_000).toISOString();
    await test.expectOk(person, 'POST', '/meetings', { ...body, startAt });
    await test.expectOk(person, 'POST', '/account/delete', { code: await deletionCode(person), client: 'computer' });
    const meetings = test.fleet.db.selectFrom('meetings').select('cancelledAt').where('subject', '=', 'Later');
    expect(await meetings.execute()).toEqual([{ cancelledAt: expect.any(String) }]);
  });

  it('leaves its cloud rooms to be assigned anew', async () => {
    const person = await register();
    const { accountId } = person.actor;
    const place = { departmentId: null, position: '', sortNumber: 0, remark: '' };
    const { db, services } = test.fleet;
    await db.transaction().execute((tx) => services.people.join(tx, accountId, org.id, place));
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    await test.expectOk(org.administrator, 'POST', `/rooms/${roomId}/assign`, { accountId });
    await test.expectOk(person, 'POST', '/account/delete', { code: await deletionCode(person), client: 'computer' });
    expect(await test.expectOk(org.administrator, 'GET', `/rooms/${roomId}`)).toMatchObject({ assignee: null });
  });

  it.each([
    ['computer', 'default_administrator_stays'],
    ['phone', 'default_administrator_on_phone'],
  ])('is refused to the default administrator on a %s, who is told where to go', async (client, code) => {
    expect(codeOf(await post('/account/deletion-code', { client }, org.administrator))).toBe(code);
    expect(codeOf(await post('/account/delete', { code: '123456', client }, org.administrator))).toBe(code);
  });

  it('shows in an open browser at once', async () => {
    const person = await register();
    const abort = new AbortController();
    const response = await fetch(`${test.fleet.ready.httpUrl}/api/v1/changes`, {
      headers: { cookie: person.cookie },
      signal: abort.signal,
    });
    const reading = response.text();
    await test.clock.advance(1_100);
    await test.expectOk(person, 'POST', '/account/delete', { code: await deletionCode(person), client: 'computer' });
    await test.clock.advance(1_100);
    expect(await reading).toContain('event: ended\ndata: {"reason":"account_deleted"}');
  });
});
