import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPersonalUser, linkTo } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
let invited: Person;

const phone = '+4790000001';
const letter = {
  ...{ name: 'Ola', recipient: phone, language: 'en', position: 'Engineer', sortNumber: 3, remark: '' },
  departmentId: null,
};

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
  invited = await createPersonalUser(test, 'Ola', phone);
});
afterEach(() => test[Symbol.asyncDispose]());

async function invite(by = own.administrator, recipient = phone): Promise<{ id: string; token: string }> {
  const { id } = (await test.expectOk(by, 'POST', '/invitations', { ...letter, recipient })) as { id: string };
  return { id, token: await linkTo(test, recipient, 'invitation') };
}
const accept = (token: string, by = invited) => test.call(by, 'POST', `/letters/${token}/accept`);
const settings = (changed: object) => test.expectOk(own.administrator, 'PATCH', '/organization', { settings: changed });

describe('an invitation', () => {
  it('lets its person join, where the invitation says', async () => {
    const department = await test.expectOk(own.administrator, 'POST', '/departments', {
      name: 'Doors',
      parentId: null,
    });
    const { id: departmentId } = department as { id: string };
    await test.expectOk(own.administrator, 'POST', '/invitations', { ...letter, departmentId, remark: 'On site' });
    const token = await linkTo(test, phone, 'invitation');
    expect((await test.call(null, 'GET', `/letters/${token}`)).body).toMatchObject({
      ...{ organizationName: 'Own', state: 'waiting', sentBy: 'sms' },
    });
    expect((await accept(token)).body).toMatchObject({ state: 'joined' });
    expect(await test.expectOk(own.administrator, 'GET', `/people/${invited.actor.accountId}`)).toMatchObject({
      ...{ department: { id: departmentId }, position: 'Engineer', sortNumber: 3, remark: 'On site', role: 'member' },
    });
  });

  it('is for the phone that it was sent to, whoever has the link', async () => {
    const { token } = await invite();
    const stranger = await createPersonalUser(test, 'Stranger', '+4790000002');
    expect(codeOf(await accept(token, stranger))).toBe('invitation_for_other');
  });

  it('ends after the days that the organization set', async () => {
    await settings({ invitationDays: 2 });
    const { token } = await invite();
    const state = async () => ((await test.call(null, 'GET', `/letters/${token}`)).body as { state: string }).state;
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 2 * 86_400_000 - 1));
    expect(await state()).toBe('waiting');
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 1));
    expect(await state()).toBe('expired');
    expect(codeOf(await accept(token))).toBe('invitation_answered');
  });

  it('that was withdrawn lets nobody in', async () => {
    const { id, token } = await invite();
    await test.expectOk(own.administrator, 'POST', `/invitations/${id}/withdraw`);
    expect(codeOf(await accept(token))).toBe('invitation_answered');
  });

  it('lets in once', async () => {
    const { token } = await invite();
    expect((await accept(token)).status).toBe(200);
    expect(codeOf(await accept(token))).toBe('forbidden');
  });

  it('is known by its whole token only', async () => {
    const { token } = await invite();
    const other = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect(codeOf(await test.call(null, 'GET', `/letters/${other}`))).toBe('invitation_unknown');
    const stored = JSON.stringify(await test.fleet.db.selectFrom('invitations').selectAll().execute());
    expect(stored).not.toContain(token);
  });
});

describe('with approval', () => {
  beforeEach(() => settings({ invitationNeedsApproval: true }));

  it('waits for an administrator, who lets in', async () => {
    const { id, token } = await invite();
    expect((await accept(token)).body).toMatchObject({ state: 'accepted' });
    expect(await test.expectOk(invited, 'GET', '/session')).toMatchObject({ role: 'personal' });
    await test.expectOk(own.administrator, 'POST', `/invitations/${id}/approve`);
    expect(await test.expectOk(invited, 'GET', '/session')).toMatchObject({ organization: { name: 'Own' } });
  });

  it('waits for an administrator, who declines', async () => {
    const { id, token } = await invite();
    await accept(token);
    await test.expectOk(own.administrator, 'POST', `/invitations/${id}/decline`);
    expect(await test.expectOk(invited, 'GET', '/session')).toMatchObject({ role: 'personal' });
    expect(codeOf(await test.call(own.administrator, 'POST', `/invitations/${id}/approve`))).toBe(
      'invitation_answered',
    );
  });

  it('does not move somebody who joined another organization meanwhile', async () => {
    const { id, token } = await invite();
    await accept(token);
    const about = { name: 'Founded', industry: '', size: '1-19', country: 'NO', timeZone: 'UTC' };
    await test.expectOk(invited, 'POST', '/organization', about);
    expect(codeOf(await test.call(own.administrator, 'POST', `/invitations/${id}/approve`))).toBe(
      'invitation_answered',
    );
  });
});

describe('members', () => {
  it('name no department of another organization', async () => {
    const other = await test.createOrganization('Other');
    const made = await test.expectOk(other.administrator, 'POST', '/departments', { name: 'Theirs', parentId: null });
    await settings({ membersMayInvite: true });
    const body = { ...letter, departmentId: (made as { id: string }).id };
    expect(codeOf(await test.call(own.member, 'POST', '/invitations', { body }))).toBe('not_found');
  });

  it('invite when the organization lets them', async () => {
    expect(codeOf(await test.call(own.member, 'POST', '/invitations', { body: letter }))).toBe('invitations_closed');
    await settings({ membersMayInvite: true });
    const { token } = await invite(own.member);
    expect((await accept(token)).status).toBe(200);
  });
});

describe('an invitation by e-mail', () => {
  it('goes to the mailbox, and lets in only whose address that is', async () => {
    const recipient = 'ola@guests.test';
    await test.expectOk(own.administrator, 'POST', '/invitations', { ...letter, recipient: 'Ola@Guests.test' });
    const token = await linkTo(test, recipient, 'invitation');
    expect((await test.call(null, 'GET', `/letters/${token}`)).body).toMatchObject({ sentBy: 'email' });
    const notice = test.fleet.db.selectFrom('notices').select('channel').where('recipient', '=', recipient);
    expect(await notice.execute()).toEqual([{ channel: 'email' }]);
    expect(codeOf(await accept(token))).toBe('invitation_for_other');
    const account = test.fleet.db.updateTable('accounts').where('id', '=', invited.actor.accountId);
    await account.set({ email: recipient }).execute();
    expect((await accept(token)).body).toMatchObject({ state: 'joined' });
  });
});

describe('its person', () => {
  const refuse = (token: string, by: Person | null = null) => test.call(by, 'POST', `/letters/${token}/refuse`);

  it('says no without an account, and then nobody comes in by it', async () => {
    const { id, token } = await invite();
    expect((await refuse(token)).body).toMatchObject({ state: 'refused' });
    expect(codeOf(await accept(token))).toBe('invitation_answered');
    expect(codeOf(await test.call(own.administrator, 'POST', `/invitations/${id}/send`))).toBe('invitation_answered');
    expect(await test.expectOk(own.administrator, 'GET', '/invitations?state=refused')).toMatchObject({ total: 1 });
  });

  it('says no once, and not after saying yes', async () => {
    const { token } = await invite();
    await accept(token);
    expect(codeOf(await refuse(token, invited))).toBe('invitation_answered');
    expect(codeOf(await refuse('A'.repeat(43)))).toBe('invitation_unknown');
  });
});

describe('an invitation that is sent again', () => {
  const later = (ms: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + ms));

  it('has another link, and the one before leads nowhere', async () => {
    await settings({ invitationDays: 1 });
    const { id, token } = await invite();
    later(86_400_000);
    expect(await test.expectOk(own.administrator, 'GET', '/invitations?state=expired')).toMatchObject({ total: 1 });
    await test.fleet.db.deleteFrom('notices').execute();
    expect(await test.expectOk(own.administrator, 'POST', `/invitations/${id}/send`)).toMatchObject({
      ...{ state: 'waiting', sentAt: test.clock.now().toISOString() },
      expiresAt: new Date(test.clock.now().getTime() + 86_400_000).toISOString(),
    });
    expect(codeOf(await test.call(null, 'GET', `/letters/${token}`))).toBe('invitation_unknown');
    const next = await linkTo(test, phone, 'invitation');
    expect((await accept(next)).body).toMatchObject({ state: 'joined' });
  });

  it('goes to one person once a minute and five times a day, whichever organization sends', async () => {
    const { id } = await invite();
    const send = () => test.call(own.administrator, 'POST', `/invitations/${id}/send`);
    expect((await send()).body).toMatchObject({ code: 'links_to_person_limited', values: { minutes: 1 } });
    const other = await test.createOrganization('Other');
    const elsewhere = () => test.call(other.administrator, 'POST', '/invitations', { body: letter });
    expect(codeOf(await elsewhere())).toBe('links_to_person_limited');
    for (let sent = 1; sent < 5; sent += 1) {
      later(60_000);
      expect((await send()).status).toBe(200);
    }
    later(60_000);
    expect(codeOf(await send())).toBe('links_to_person_limited');
    expect(codeOf(await elsewhere())).toBe('links_to_person_limited');
    later(86_400_000);
    expect((await send()).status).toBe(200);
  });

  it('is one of 300 links that an organization sends in a day', async () => {
    const sentAt = test.clock.now().toISOString();
    const sent = Array.from({ length: 300 }, (_, each) => ({
      orgId: own.id,
      recipient: `${each}@guests.test`,
      sentAt,
    }));
    await test.fleet.db.insertInto('linkMessages').values(sent).execute();
    const refused = await test.call(own.administrator, 'POST', '/invitations', { body: letter });
    expect(refused.body).toMatchObject({ code: 'links_of_organization_limited', values: { perDay: 300 } });
    const other = await test.createOrganization('Other');
    expect((await test.call(other.administrator, 'POST', '/invitations', { body: letter })).status).toBe(201);
  });
});

describe('the list of invitations', () => {
  it('finds them by name, recipient and state', async () => {
    const { id } = await invite();
    await test.expectOk(own.administrator, 'POST', `/invitations/${id}/withdraw`);
    // The newest stands first, told by its instant.
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 1));
    const other = { ...letter, name: 'Kim', recipient: 'kim@guests.test' };
    await test.expectOk(own.administrator, 'POST', '/invitations', other);
    const find = async (query: string) => {
      const { items } = (await test.expectOk(own.administrator, 'GET', `/invitations?${query}`)) as {
        items: { name: string }[]; // By its contract.
      };
      return items.map(({ name }) => name);
    };
    expect(await find('')).toEqual(['Kim', 'Ola']);
    expect(await find('search=KIM%40')).toEqual(['Kim']);
    expect(await find('search=0001')).toEqual(['Ola']);
    expect(await find('state=withdrawn')).toEqual(['Ola']);
    expect(await find('state=waiting')).toEqual(['Kim']);
    expect(await find('state=accepted')).toEqual([]);
  });

  it('invites nobody who belongs to the organization already', async () => {
    const { token } = await invite();
    await accept(token);
    expect(codeOf(await test.call(own.administrator, 'POST', '/invitations', { body: letter }))).toBe('member_already');
  });
});
