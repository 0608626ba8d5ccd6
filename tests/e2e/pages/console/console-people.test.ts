import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { smallOrganization } from './fixture-data.ts';
import { letterToken, personal } from './fixture-organization.ts';
import { successor } from './fixture-people.ts';
import { sharePage } from './page-tests.ts';

/** How people come into an organization, where they stand in it, and how they leave, in the built console. */
let page: Page;
const serve = sharePage((opened) => {
  page = opened;
});

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('an invitation', () => {
  const path = `/invitation/${letterToken('waiting')}`;

  it('leads by the sign-in and back, also from the registration', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await page.goto(server.url + path);
    await heading('Join Halden Works?').waitFor();
    await page.getByText(/Zhao Min invites Ola Nord/).waitFor();
    await page.getByRole('link', { name: 'Register first' }).click();
    await page.getByRole('link', { name: 'I have an account' }).click();
    await page.getByRole('textbox', { name: 'Phone or e-mail' }).fill('admin@halden.test');
    await page.getByLabel('Password', { exact: true }).fill('correct horse');
    await button('Sign in').click();
    await heading('Join Halden Works?').waitFor();
    expect(page.url()).toBe(server.url + path);
  });

  it('lets its person join', async () => {
    await using server = await serve({ ...smallOrganization(), session: personal });
    await page.goto(server.url + path);
    await button('Join Halden Works').click();
    await heading('You belong to Halden Works').waitFor();
    expect(server.state.session?.role).toBe('member');
  });

  it('says that it was sent to another number, and lets the account be changed', async () => {
    const account = { ...personal.account, name: 'Kim' };
    await using server = await serve({ ...smallOrganization(), session: { ...personal, account } });
    await page.goto(server.url + path);
    await button('Join Halden Works').click();
    await page.getByRole('alert').filter({ hasText: 'Sign in with the account of that number' }).waitFor();
    await button('Use another account').click();
    await page.getByRole('link', { name: 'Register first' }).waitFor();
  });

  it('says to a member of an organization what to do first', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(server.url + path);
    await page.getByText(/Ask an administrator of Halden Works to remove you/).waitFor();
    expect(await button('Join Halden Works').count()).toBe(0);
  });

  it('is turned down without an account', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await page.goto(server.url + path);
    await button('I do not want to join').click();
    await button('Turn down').click();
    await heading('You turned down the invitation to Halden Works').waitFor();
    expect(server.calls).toContain(`POST /api/v1/letters/${letterToken('waiting')}/refuse`);
  });

  it.each([
    [letterToken('expired'), 'This invitation to Halden Works has expired'],
    [letterToken('withdrawn'), 'This invitation to Halden Works was withdrawn'],
    [letterToken('declined'), 'Halden Works declined the request to join'],
    [letterToken('accepted'), 'You asked to join Halden Works'],
    [letterToken('unknown'), 'This invitation leads nowhere'],
    ['short', 'This link is not whole'],
  ])('says what became of %s', async (token, words) => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await page.goto(`${server.url}/invitation/${token}`);
    await heading(words).waitFor();
  });
});

describe('the link to set a password', () => {
  const fill = async (password: string, again: string) => {
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('Password again', { exact: true }).fill(again);
    await button('Set password and sign in').click();
  };

  it('sets it and signs in', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await page.goto(`${server.url}/set-password/fresh`);
    await fill('correct horse', 'correct house');
    await page.getByText('The two passwords differ.').waitFor();
    await fill('correct horse', 'correct horse');
    await heading(/rooms can join/).waitFor();
  });

  it('that was used says so, and leads to a code', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    await page.goto(`${server.url}/set-password/used`);
    await fill('correct horse', 'correct horse');
    await page.getByRole('alert').filter({ hasText: 'This link was used or has expired' }).waitFor();
    await page.getByRole('link', { name: 'Set a password with a code' }).click();
    await heading('Set a new password').waitFor();
  });
});

describe('people', () => {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });

  it('open from the directory, and get a place and a role', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people`);
    await page.getByRole('link', { name: 'Kim Berg' }).click();
    await heading('Kim Berg').waitFor();
    await button('Send the link again').click();
    await page.getByRole('alert').filter({ hasText: 'Send the next in 1 min' }).waitFor();
    const place = page.getByRole('region', { name: 'Place in the organization' });
    await place.getByRole('textbox', { name: 'Position' }).fill('Engineer');
    await place.getByRole('button', { name: 'Save' }).click();
    await place.getByText('Saved').waitFor();
    const role = page.getByRole('region', { name: 'Role' });
    await role.getByRole('radio', { name: 'Administrator' }).check();
    await role.getByRole('button', { name: 'Save' }).click();
    await role.getByText('Give at least one permission.').waitFor();
    await role.getByRole('checkbox', { name: 'Users' }).check();
    const kim = server.state.people.find(({ name }) => name === 'Kim Berg');
    Object.assign(kim ?? {}, { remark: 'Changed elsewhere' });
    await role.getByRole('button', { name: 'Save' }).click();
    await role.getByRole('alert').filter({ hasText: 'changed' }).waitFor();
    await button('Try again').click();
    await page.getByText('Changed elsewhere').waitFor();
    await role.getByRole('radio', { name: 'Administrator' }).check();
    await role.getByRole('checkbox', { name: 'Users' }).check();
    await role.getByRole('radio', { name: /Named departments/ }).check();
    // The list opens when asked, and is out of the way of the button below it once something is picked, or at Escape.
    const departments = role.getByRole('combobox', { name: 'Departments' });
    await departments.focus();
    expect(await page.getByRole('listbox').count()).toBe(0);
    await departments.click();
    await page.getByRole('option', { name: 'Design', exact: true }).click();
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await role.getByRole('button', { name: 'Save' }).click();
    await role.getByText('Saved').waitFor();
    const design = server.state.departments.find(({ name }) => name === 'Design');
    expect(kim).toMatchObject({ position: 'Engineer', role: 'administrator', permissions: ['users'] });
    expect(kim?.managedDepartments).toEqual([design?.id]);
  });

  it('who organize meetings are removed by the typed name, with an heir', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people/${successor.id}`);
    await button('Remove from the organization…').click();
    await page.getByText('Hinge tolerances').waitFor();
    await field('Type Ingrid Dahl to confirm').fill('Ingrid Dahl');
    await button('Remove').click();
    await page.getByText('Choose what becomes of them.').waitFor();
    await page.getByRole('radio', { name: 'Transfer them to somebody else' }).check();
    await button('Remove').click();
    await page.getByText('Choose who takes the meetings over.').waitFor();
    await page.getByRole('combobox', { name: 'New organizer' }).click();
    await page.getByRole('option', { name: /Kim Berg/ }).click();
    await button('Remove').click();
    await heading('People').waitFor();
    expect(server.state.people.map(({ name }) => name)).toEqual(['Kim Berg', 'Zhao Min']);
  });

  it('are read by whoever may not change them, with who may', async () => {
    const session = { ...personal, role: 'member' as const };
    const state = smallOrganization();
    for (const person of state.people) Object.assign(person, { mayManage: false, signIn: null });
    await using server = await serve({ ...state, session });
    await page.goto(`${server.url}/people/${successor.id}`);
    await page.getByText('Administrators with the permission “users” change this.').waitFor();
    await page.getByText('The default administrator gives roles.').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it('are added, and the page says where the link went', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people/new`);
    await field('Name').fill('Tuva Lie');
    await button('Add user').click();
    await page.getByText(/or an e-mail address below/).waitFor();
    await field('E-mail').fill('tuva@halden.test');
    await button('Add user').click();
    await page.getByText(/A link to set one went by e-mail to tuva@halden.test/).waitFor();
  });

  it('are invited, let in, and their invitations withdrawn', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people/invitations/new`);
    await field('Name').fill('Siv Aas');
    await field('Phone number or e-mail address').fill('+47 900 00 020');
    await button('Send invitation').click();
    await page.getByText(/The invitation went by SMS to \+4790000020/).waitFor();
    await page.getByRole('link', { name: 'Invitations' }).click();
    await button('Let in: Rune Vik').click();
    await button('Let in: Rune Vik').waitFor({ state: 'detached' });
    await button('Withdraw: Siv Aas').click();
    await button('Withdraw').click();
    await button('Withdraw: Siv Aas').waitFor({ state: 'detached' });
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: 'Turned down' }).click();
    await page.getByRole('row', { name: /Chen Yu/ }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=refused');
    expect(server.state.invitations.map(({ state }) => state)).toEqual([
      ...['withdrawn', 'waiting', 'joined', 'expired', 'refused'],
    ]);
  });
});
