import { newId } from '@anteroom/shared/ids.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPersonalUser, linkTo } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const nowhere = { departmentId: null, position: '', sortNumber: 0, remark: '' };
const idOf = (body: unknown) => (body as { id: string }).id; // Every created thing of the contract has one.
const idOfPerson = (person: Person) => person.actor.accountId;
const department = async (name: string, parentId: string | null = null) =>
  idOf(await test.expectOk(own.administrator, 'POST', '/departments', { name, parentId }));
const place = (person: Person, departmentId: string | null, sortNumber = 0) =>
  test.expectOk(own.administrator, 'PATCH', `/people/${idOfPerson(person)}`, { departmentId, sortNumber });
const member = (name: string) => test.createPerson(own.id, { name, role: 'member' });

/** The code that confirms the hand-over, as it was sent. */
async function codeTo(by: Person): Promise<string> {
  await test.expectOk(by, 'POST', '/organization/hand-over/code');
  const notice = await test.fleet.db
    .selectFrom('notices')
    .select('content')
    .where('recipient', '=', by.login)
    .where('template', '=', 'code.handOver')
    .executeTakeFirstOrThrow();
  return /\d{6}/.exec(notice.content)?.[0] ?? '';
}

describe('an organization', () => {
  const about = { industry: 'Doors', size: '1-19', country: 'NO', timeZone: 'Europe/Oslo' };

  it('is created by a personal user, who becomes its default administrator and stays signed in', async () => {
    const founder = await createPersonalUser(test, 'Founder', '+4790000001');
    await test.expectOk(founder, 'POST', '/organization', { name: 'Founded', ...about });
    expect(await test.expectOk(founder, 'GET', '/session')).toMatchObject({
      organization: { name: 'Founded' },
      role: 'defaultAdministrator',
    });
    expect(await test.expectOk(founder, 'GET', '/organization')).toMatchObject({ name: 'Founded', ...about });
  });

  it('is created once, however often it is asked for at the same moment', async () => {
    const founder = await createPersonalUser(test, 'Hasty', '+4790000002');
    const found = (name: string) => test.call(founder, 'POST', '/organization', { body: { name, ...about } });
    const answers = await Promise.all([found('One'), found('Two'), found('Three')]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
  });

  it('is not created by somebody who belongs to one: one account, one organization', async () => {
    const body = { name: 'Second', ...about };
    expect(codeOf(await test.call(own.member, 'POST', '/organization', { body }))).toBe('forbidden');
  });

  it('keeps the settings that a change does not name', async () => {
    const change = (settings: object) => test.expectOk(own.administrator, 'PATCH', '/organization', { settings });
    await change({ hasTrialMeeting: false, membersMayInvite: true });
    const { settings } = (await change({ invitationDays: 2 })) as { settings: object }; // An organization of the contract.
    expect(settings).toMatchObject({ hasTrialMeeting: false, membersMayInvite: true, invitationDays: 2 });
  });

  it('is handed over: there is one default administrator before and after', async () => {
    const accountId = idOfPerson(own.member);
    const code = await codeTo(own.administrator);
    await test.expectOk(own.administrator, 'POST', '/organization/hand-over', { accountId, code });
    expect(await test.expectOk(own.member, 'GET', '/session')).toMatchObject({ role: 'defaultAdministrator' });
    expect(await test.expectOk(own.administrator, 'GET', '/session')).toMatchObject({ role: 'administrator' });
    const body = { accountId, code };
    expect(codeOf(await test.call(own.administrator, 'POST', '/organization/hand-over', { body }))).toBe('forbidden');
  });

  it('is handed over by the code that was sent for that, and by no other', async () => {
    const handOver = (code: string) =>
      test.call(own.administrator, 'POST', '/organization/hand-over', {
        body: { accountId: idOfPerson(own.member), code },
      });
    const code = await codeTo(own.administrator);
    await test.fleet.db.updateTable('oneTimeCodes').set({ purpose: 'dissolve' }).execute();
    expect(codeOf(await handOver(code))).toBe('code_wrong');
    await test.fleet.db.updateTable('oneTimeCodes').set({ purpose: 'handOver' }).execute();
    expect(codeOf(await handOver(code === '000000' ? '000001' : '000000'))).toBe('code_wrong');
    expect(await test.expectOk(own.administrator, 'GET', '/session')).toMatchObject({ role: 'defaultAdministrator' });
    expect((await handOver(code)).status).toBe(200);
  });
});

describe('departments', () => {
  it('do not stand below themselves', async () => {
    const top = await department('Top');
    const inner = await department('Inner', top);
    const body = { parentId: inner };
    expect(codeOf(await test.call(own.administrator, 'PATCH', `/departments/${top}`, { body }))).toBe(
      'department_loop',
    );
  });

  it('leave their people and departments to the one above when they are removed', async () => {
    const top = await department('Top');
    const middle = await department('Middle', top);
    const inner = await department('Inner', middle);
    const person = await member('Ola');
    await place(person, middle);
    await test.expectOk(own.administrator, 'DELETE', `/departments/${middle}`);
    expect(await test.expectOk(own.member, 'GET', '/departments')).toMatchObject({
      items: [
        { id: inner, parentId: top },
        { id: top, people: 1 },
      ],
    });
  });

  it('of one name do not stand side by side', async () => {
    await department('Sales');
    const body = { name: 'SALES', parentId: null };
    expect(codeOf(await test.call(own.administrator, 'POST', '/departments', { body }))).toBe('name_taken');
  });
});

describe('the directory', () => {
  it('shows where somebody stands: department, position, sort number and remark', async () => {
    const path = `/people/${idOfPerson(await member('Ola'))}`;
    const shown = { position: 'Fitter', sortNumber: 7, remark: 'On site' };
    const departmentId = await department('Doors');
    await test.expectOk(own.administrator, 'PATCH', path, { ...shown, departmentId });
    const inDoors = { ...shown, department: { id: departmentId, name: 'Doors' } };
    expect(await test.expectOk(own.member, 'GET', path)).toMatchObject(inDoors);
  });

  it('finds people by part of a name, an address or a number, within a department and those below', async () => {
    const top = await department('Top');
    const inner = await department('Inner', top);
    const zhao = await member('Zhao Min');
    await member('Zhao Lei');
    await place(zhao, inner);
    const search = async (query: string) =>
      ((await test.expectOk(own.member, 'GET', `/people?${query}`)) as { items: { name: string }[] }).items.map(
        ({ name }) => name,
      );
    expect(await search('search=zhao')).toEqual(['Zhao Lei', 'Zhao Min']);
    expect(await search('search=MIN%40')).toEqual(['Zhao Min']);
    expect(await search(`search=zhao&departmentId=${top}`)).toEqual(['Zhao Min']);
    await test.expectOk(zhao, 'PATCH', '/account', { name: 'Zhao Minna' });
    expect(await search('search=minna')).toEqual(['Zhao Minna']);
  });

  it('lists a department by its sort numbers, then by name, also from page to page', async () => {
    const top = await department('Top');
    for (const [name, sortNumber] of [
      ['Anna', 20],
      ['Bo', 3],
      ['Carl', 3],
      ['Dina', 100],
    ] as const)
      await place(await member(name), top, sortNumber);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const path: string = `/people?departmentId=${top}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await test.expectOk(own.member, 'GET', path);
      const { items, nextCursor } = page as { items: { name: string }[]; nextCursor: string | null }; // By its contract.
      seen.push(...items.map(({ name }) => name));
      cursor = nextCursor;
    }
    expect(seen).toEqual(['Bo', 'Carl', 'Anna', 'Dina']);
  });

  it('pages through everybody once', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await member(name);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path: string = `/people?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = (await test.expectOk(own.member, 'GET', path)) as {
        items: { id: string }[];
        nextCursor: string | null;
      };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });
});

describe('management scope', () => {
  let inside: string;
  let outside: string;
  let manager: Person;

  beforeEach(async () => {
    inside = await department('Inside');
    outside = await department('Outside');
    manager = await test.createPerson(own.id, {
      ...{ name: 'Manager', role: 'administrator', permissions: ['users'] },
      managedDepartments: [inside],
    });
  });

  it('lets an administrator change people of the managed departments and those below, and nobody else', async () => {
    const below = await department('Below', inside);
    const [theirs, others] = [await member('Theirs'), await member('Others')];
    await place(theirs, below);
    await place(others, outside);
    const body = { position: 'Engineer' };
    expect((await test.call(manager, 'PATCH', `/people/${idOfPerson(theirs)}`, { body })).status).toBe(200);
    expect(codeOf(await test.call(manager, 'PATCH', `/people/${idOfPerson(others)}`, { body }))).toBe('outside_scope');
    expect(codeOf(await test.call(manager, 'DELETE', `/people/${idOfPerson(others)}`))).toBe('outside_scope');
  });

  it('does not let people be moved out of it, added or invited beside it', async () => {
    const theirs = await member('Theirs');
    await place(theirs, inside);
    const path = `/people/${idOfPerson(theirs)}`;
    expect(codeOf(await test.call(manager, 'PATCH', path, { body: { departmentId: outside } }))).toBe('outside_scope');
    const phone = '+4790000009';
    const person = { name: 'New', language: 'en', ...nowhere, departmentId: outside };
    const asked = { ...person, recipient: phone };
    expect(codeOf(await test.call(manager, 'POST', '/invitations', { body: asked }))).toBe('outside_scope');
    const added = { ...person, kind: 'standard', phone, email: null };
    expect(codeOf(await test.call(manager, 'POST', '/people', { body: added }))).toBe('outside_scope');
  });

  it('reaches no other administrator', async () => {
    const peer = await test.createPerson(own.id, { name: 'Peer', role: 'administrator', permissions: ['audit'] });
    await test.fleet.db
      .updateTable('memberships')
      .set({ departmentId: inside as `dep_${string}` })
      .where('accountId', '=', idOfPerson(peer))
      .execute();
    expect(codeOf(await test.call(manager, 'DELETE', `/people/${idOfPerson(peer)}`))).toBe('outside_scope');
  });
});

describe('roles', () => {
  const setRole = (person: Person, body: unknown, by = own.administrator) =>
    test.call(by, 'POST', `/people/${idOfPerson(person)}/role`, { body });

  it('are given by the default administrator alone, and hold from the next call on', async () => {
    const grant = { role: 'administrator', permissions: ['rooms'], managedDepartments: null };
    expect(codeOf(await setRole(own.member, grant, own.member))).toBe('forbidden');
    expect((await setRole(own.member, grant)).status).toBe(200);
    expect(await test.expectOk(own.member, 'GET', '/session')).toMatchObject({ permissions: ['rooms'] });
    await setRole(own.member, { role: 'member' });
    expect(await test.expectOk(own.member, 'GET', '/session')).toMatchObject({ role: 'member', permissions: [] });
  });

  it('do not take the default administrator’s away', async () => {
    expect(codeOf(await setRole(own.administrator, { role: 'member' }))).toBe('role_stays');
  });

  it('are not given to whom somebody else changed meanwhile', async () => {
    const path = `/people/${idOfPerson(own.member)}`;
    const tagNow = async () => String((await test.call(own.administrator, 'GET', path)).headers.etag);
    const before = await tagNow();
    await test.expectOk(own.administrator, 'PATCH', path, { position: 'Engineer' });
    const body = { role: 'administrator', permissions: ['users'], managedDepartments: null };
    const give = (tag: string) =>
      test.call(own.administrator, 'POST', `${path}/role`, { body, headers: { 'if-match': tag } });
    expect((await give(before)).status).toBe(412);
    expect((await give(await tagNow())).status).toBe(200);
  });

  it('name only departments that are there', async () => {
    const grant = { role: 'administrator', permissions: ['users'], managedDepartments: [newId('department')] };
    expect(codeOf(await setRole(own.member, grant))).toBe('not_found');
  });
});

describe('somebody who is removed', () => {
  it('is signed out everywhere and told why, and goes on as a personal user', async () => {
    const person = await createPersonalUser(test, 'Ola', '+4790000002');
    await test.fleet.db
      .transaction()
      .execute((tx) => test.fleet.services.people.join(tx, idOfPerson(person), own.id, nowhere));
    expect(await test.expectOk(person, 'GET', '/session')).toMatchObject({ organization: { name: 'Own' } });
    await test.expectOk(own.administrator, 'DELETE', `/people/${idOfPerson(person)}`);
    expect(codeOf(await test.call(person, 'GET', '/session'))).toBe('removed_from_organization');
    const again = await test.fleet.services.sessions.open(idOfPerson(person), {
      by: 'link',
      detail: null,
      userAgent: '',
    });
    expect(again.actor).toMatchObject({ role: 'personal', orgKind: 'personal' });
  });

  it('gives back the cloud rooms first, which would have nobody to hold meetings in them', async () => {
    const person = await test.createPerson(own.id, { name: 'Holder', role: 'member', kind: 'standard' });
    const roomId = await test.createRoom(own.administrator, 'Atlas');
    const id = idOfPerson(person);
    await test.expectOk(own.administrator, 'POST', `/rooms/${roomId}/assign`, { accountId: id });
    const refused = await test.call(own.administrator, 'DELETE', `/people/${id}`);
    expect(refused.body).toMatchObject({ code: 'person_holds_rooms', detail: expect.stringContaining('Atlas') });
    await test.expectOk(own.administrator, 'POST', `/rooms/${roomId}/assign`, { accountId: null });
    await test.expectOk(own.administrator, 'DELETE', `/people/${id}`);
  });

  it('loses a console account with it, since that is for the console only', async () => {
    await test.expectOk(own.administrator, 'DELETE', `/people/${idOfPerson(own.member)}`);
    const { login, password } = own.member;
    expect(codeOf(await test.call(null, 'POST', '/session', { body: { login, password } }))).toBe('credentials_wrong');
  });
});

describe('an added user', () => {
  const person = { kind: 'standard', name: 'Ola', phone: '+4790000003', email: null, language: 'en', ...nowhere };

  it('sets a password by a link that opens once, and is in', async () => {
    await test.expectOk(own.administrator, 'POST', '/people', person);
    const body = { token: await linkTo(test, person.phone, 'set-password'), password: 'a password of some length' };
    expect((await test.call(null, 'POST', '/session/set-password', { body })).body).toMatchObject({ role: 'member' });
    expect(codeOf(await test.call(null, 'POST', '/session/set-password', { body }))).toBe('password_link_invalid');
  });

  it('gets the link again on request, once a minute, and the one before leads nowhere', async () => {
    const { id } = (await test.expectOk(own.administrator, 'POST', '/people', person)) as { id: string };
    const first = await linkTo(test, person.phone, 'set-password');
    const send = () => test.call(own.administrator, 'POST', `/people/${id}/password-link`);
    expect(codeOf(await send())).toBe('links_to_person_limited');
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 60_000));
    await test.fleet.db.deleteFrom('notices').execute();
    expect((await send()).body).toMatchObject({ signIn: { hasPassword: false, linkExpiresAt: expect.any(String) } });
    const set = (token: string) =>
      test.call(null, 'POST', '/session/set-password', { body: { token, password: 'a password of some length' } });
    expect(codeOf(await set(first))).toBe('password_link_invalid');
    expect((await set(await linkTo(test, person.phone, 'set-password'))).status).toBe(200);
    expect(codeOf(await send())).toBe('password_is_set');
    expect(await test.expectOk(own.administrator, 'GET', `/people/${id}`)).toMatchObject({
      signIn: { hasPassword: true, linkExpiresAt: null },
    });
    // Whether somebody can sign in is for whoever manages them.
    expect(await test.expectOk(own.member, 'GET', `/people/${id}`)).toMatchObject({ signIn: null });
  });

  it('needs a phone number or an address for the link', async () => {
    const body = { ...person, phone: null };
    expect(codeOf(await test.call(own.administrator, 'POST', '/people', { body }))).toBe('recipient_missing');
    expect(await test.expectOk(own.administrator, 'GET', '/people')).toMatchObject({ total: 2 });
  });

  it('does not take a number that has an account', async () => {
    await createPersonalUser(test, 'Ola', person.phone);
    expect(codeOf(await test.call(own.administrator, 'POST', '/people', { body: person }))).toBe('phone_taken');
  });
});
