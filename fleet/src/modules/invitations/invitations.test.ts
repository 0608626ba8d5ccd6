import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPersonalUser, linkTo } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;
let invited: Person;

const phone = '+4790000001';
const letter = {
  ...{ name: 'Ola', phone, language: 'en', position: 'Engineer', sortNumber: 3, remark: '' },
  departmentId: null,
};

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
  invited = await createPersonalUser(test, 'Ola', phone);
});
afterEach(() => test[Symbol.asyncDispose]());

async function invite(by = own.administrator): Promise<{ id: string; token: string }> {
  const { id } = (await test.expectOk(by, 'POST', '/invitations', letter)) as { id: string };
  return { id, token: await linkTo(test, phone, 'invitation') };
}
const accept = (token: string, by = invited) => test.call(by, 'POST', `/letters/${token}/accept`);
const settings = (changed: object) => test.expectOk(own.administrator, 'PATCH', '/organization', { settings: changed });

describe('an invitation', () => {
  it('lets its person join, where the invitation says', async () => {
    const { token } = await invite();
    expect((await test.call(null, 'GET', `/letters/${token}`)).body).toMatchObject({
      organizationName: 'Own',
      state: 'waiting',
    });
    expect((await accept(token)).body).toMatchObject({ state: 'joined' });
    expect(await test.expectOk(own.administrator, 'GET', `/people/${invited.actor.accountId}`)).toMatchObject({
      position: 'Engineer',
      role: 'member',
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
    test.clock.jumpTo(new Date(test.clock.now().getTime() + 2 * 86_400_000));
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
