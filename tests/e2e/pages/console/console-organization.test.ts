import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { administrator, smallOrganization } from './fixture-data.ts';
import { addPendingOrders } from './fixture-operator.ts';
import { personal } from './fixture-organization.ts';
import { successor } from './fixture-people.ts';
import { sharePage } from './page-tests.ts';

/** What an organization is, and what its administrators decide about it, in the built console. */
let page: Page;
const serve = sharePage((opened) => {
  page = opened;
});

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

describe('an organization', () => {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const pick = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  it('is created by a personal user, who is told what is missing', async () => {
    await using server = await serve({ ...smallOrganization(), session: personal });
    await page.goto(`${server.url}/organization`);
    await page.getByRole('main').getByRole('link', { name: 'Create organization' }).click();
    await button('Create organization').click();
    await page.getByText('Choose a size.').waitFor();
    await page.getByText('Choose a country or region.').waitFor();
    await field('Name of the organization').fill('Nord Works');
    await pick('Size', '1-19 people');
    await pick('Country or region', 'Norway');
    await button('Create organization').click();
    await heading('Nord Works').waitFor();
    expect(server.state.organization).toMatchObject({ name: 'Nord Works', size: '1-19', country: 'NO' });
  });

  it('changes what it decides, and keeps the rest', async () => {
    await using server = await serve(smallOrganization());
    server.state.organization.settings.hasTrialMeeting = false;
    await page.goto(`${server.url}/organization`);
    const section = page.getByRole('region', { name: 'Invitations and new members' });
    await section.getByRole('textbox').fill('91');
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('1 to 90 days.').waitFor();
    await section.getByRole('textbox').fill('3');
    await section.getByRole('checkbox', { name: 'Members may invite' }).check();
    await section.getByRole('button', { name: 'Save' }).click();
    await section.getByText('Saved').waitFor();
    expect(server.state.organization.settings).toEqual({
      ...{ invitationDays: 3, membersMayInvite: true, invitationNeedsApproval: false, hasTrialMeeting: false },
      ordersNeedBillingIdentity: false,
    });
  });

  it('is saved part by part, and says when somebody else changed it meanwhile', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/organization`);
    const about = page.getByRole('region', { name: 'The organization', exact: true });
    const settings = page.getByRole('region', { name: 'Invitations and new members' });
    await field('Industry').fill('Doors');
    await about.getByRole('button', { name: 'Save' }).click();
    await about.getByText('Saved').waitFor();
    await settings.getByRole('checkbox', { name: 'Members may invite' }).check();
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.getByText('Saved').waitFor();
    server.state.organization.industry = 'Windows';
    await field('Name of the organization').fill('Halden Doors');
    await about.getByRole('button', { name: 'Save' }).click();
    await about.getByRole('alert').filter({ hasText: 'Somebody changed this in the meantime' }).waitFor();
    await button('Try again').click();
    await expect.poll(() => field('Industry').inputValue()).toBe('Windows');
    expect(server.state.organization.name).toBe('Halden Works');
  });

  it('is handed over only by the typed name and the code, and then no more', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/organization`);
    await button('Send me the code to hand over').click();
    await page.getByText('Choose somebody of the organization.').waitFor();
    await page.getByRole('combobox', { name: 'New default administrator' }).click();
    await page.getByRole('option', { name: /Ingrid Dahl/ }).click();
    await button('Send me the code to hand over').click();
    await page.getByText(/^A code is on its way to (\+|\S+@)/).waitFor();
    const act = button('Hand over');
    expect(await act.isDisabled()).toBe(true);
    await field('Type Ingrid Dahl to confirm').fill('Ingrid Dahl');
    await field('Code').fill('654321');
    await act.click();
    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
    await field('Code').fill('123456');
    await act.click();
    await button('Send me the code to hand over').waitFor({ state: 'detached' });
    expect(server.state.organization.defaultAdministrator?.id).toBe(successor.id);
  });

  it('is read by its members', async () => {
    const session = { ...personal, role: 'member' as const };
    await using server = await serve({ ...smallOrganization(), session });
    await page.goto(`${server.url}/organization`);
    await page.getByText('Door hardware').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it('keeps its default administrator, who is sent from a phone to the console on a computer', async () => {
    await using server = await serve(smallOrganization());
    const ask = button('Send me the code');
    await page.goto(`${server.url}/account`);
    await ask.click();
    await page.getByText(/^You are the default administrator of Halden Works\..* in the console first\.$/).waitFor();
    await page.setViewportSize({ width: 390, height: 860 });
    await ask.click();
    await page.getByText(/in the console on a computer; it cannot be done here\.$/).waitFor();
  });

  it('tells members whom to ask where a page is for administrators, and not where it is for everybody', async () => {
    const session = { ...administrator, role: 'member' as const };
    await using server = await serve({ ...smallOrganization(), session });
    const note = page.getByText('This page is for administrators of Halden Works.');
    await page.goto(`${server.url}/spaces`);
    await note.waitFor();
    for (const [path, title] of [
      ['/people', 'People'],
      ['/my-meetings', 'My meetings'],
    ] as const) {
      await page.goto(server.url + path);
      await heading(title).waitFor();
      expect(await note.count()).toBe(0);
    }
  });
});

describe('the directory', () => {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const row = (name: RegExp) => page.getByRole('row', { name });

  it('has departments, which are made, moved but not below themselves, and removed by their typed name', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people`);
    await page.getByRole('link', { name: 'Departments' }).click();
    // With the three of Europe below it.
    await row(/Sales 5 people/).waitFor();
    await page.getByRole('link', { name: 'New department' }).click();
    await field('Name of the department').fill('Sales');
    await button('Create department').click();
    await page.getByRole('alert').filter({ hasText: 'The name Sales is already in use' }).waitFor();
    await field('Name of the department').fill('Norway');
    await page.getByRole('combobox', { name: 'Stands under' }).click();
    await page.getByRole('option', { name: 'Sales › Europe' }).click();
    await button('Create department').click();
    await page.getByRole('link', { name: 'Europe' }).click();
    await page.getByRole('combobox', { name: 'Stands under' }).click();
    const options = await page.getByRole('option').allTextContents();
    expect(options).toEqual(['The organization itself', 'Sales', 'Design']);
    await page.getByRole('option', { name: 'Design' }).click();
    await button('Save').click();
    await row(/Design 3 people/).waitFor();
    await page.getByRole('link', { name: 'Europe' }).click();
    await button('Remove department').click();
    await page.getByText('3 people in it go to Design. 1 department below it goes to Design.').waitFor();
    await field('Type Europe to confirm').fill('Europe');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove department' }).click();
    await row(/Europe/).waitFor({ state: 'detached' });
    expect(server.state.departments.at(-1)?.parentId).toBe(server.state.departments[1]?.id);
  });

  it('shows the people of a department, and everybody again', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people/departments`);
    await page.getByRole('link', { name: '3 people' }).click();
    await page.getByText('In Europe and below').waitFor();
    expect(new URL(page.url()).searchParams.get('department')).toBe(server.state.departments[1]?.id);
    await page.getByRole('link', { name: 'Show everybody' }).click();
    await page.getByText('In Europe and below').waitFor({ state: 'detached' });
  });

  it('has terminals, found by name; only who works on them goes on to their page', async () => {
    const state = smallOrganization();
    await using server = await serve(state);
    await page.goto(`${server.url}/people`);
    await page.getByRole('navigation', { name: 'Directory' }).getByRole('link', { name: 'Terminals' }).click();
    await row(/Cedar.*Shanghai.*Online/).waitFor();
    await page.getByRole('searchbox', { name: 'Find a terminal by name' }).fill('cedar');
    await row(/Juniper/).waitFor({ state: 'detached' });
    await page.getByRole('table').getByRole('link', { name: 'Cedar' }).click();
    await heading('Cedar').waitFor();
    const session = { ...personal, role: 'member' as const };
    await using theirs = await serve({ ...state, session });
    await page.goto(`${theirs.url}/people/terminals`);
    await row(/Cedar/).waitFor();
    expect(await page.getByRole('table').getByRole('link').count()).toBe(0);
    state.terminals = [];
    await using empty = await serve({ ...state, session });
    await page.goto(`${empty.url}/people/terminals`);
    await page.getByText('Once an administrator has paired one, you invite it to meetings by its name.').waitFor();
    expect(await page.getByRole('link', { name: 'Pair a terminal' }).count()).toBe(0);
  });

  it('keeps the current one of its five parts in sight on a phone', async () => {
    await using server = await serve(smallOrganization());
    await page.setViewportSize({ width: 390, height: 860 });
    await page.goto(`${server.url}/people/invitations`);
    const tab = page.getByRole('navigation', { name: 'Directory' }).getByRole('link', { name: 'Invitations' });
    await tab.waitFor();
    const box = await tab.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 390)).toBeLessThanOrEqual(390);
  });

  it('has external contacts, which are added, changed, and removed by their typed name', async () => {
    await using server = await serve(smallOrganization());
    await page.goto(`${server.url}/people/contacts`);
    await page.getByRole('link', { name: 'New contact' }).click();
    await field('Name').fill('Ada Holm');
    await field('Phone').fill('12');
    await button('Add contact').click();
    await page.getByText('Write the number with its country code.').waitFor();
    await field('Phone').fill('+47 900 00 009');
    await button('Add contact').click();
    await page.getByRole('link', { name: 'Ada Holm' }).click();
    await field('Company').fill('Holm Glass');
    await button('Save').click();
    await row(/Ada Holm Holm Glass/).waitFor();
    await page.getByRole('link', { name: 'Mara Okafor' }).click();
    await button('Remove contact').click();
    await field('Type Mara Okafor to confirm').fill('Mara Okafor');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove contact' }).click();
    await row(/Mara Okafor/).waitFor({ state: 'detached' });
    expect(server.state.contacts.map(({ name }) => name)).toEqual(['Wu Jun', 'Ada Holm']);
    // A removal saves nothing besides.
    expect(server.calls.filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
  });
});

describe('the operator of the installation', () => {
  it('opens the page by the key alone, and marks an order paid', async () => {
    await using server = await serve({ ...smallOrganization(), session: null });
    addPendingOrders(server.state);
    await page.goto(`${server.url}/operator`);
    const key = page.getByLabel('Operator key', { exact: true });
    await key.fill('guessed');
    await button('Show orders').click();
    await page.getByRole('alert').filter({ hasText: 'This is not the key of the operator' }).waitFor();
    await key.fill('key-of-the-data-folder');
    await button('Show orders').click();
    await page.getByText('2 orders wait').waitFor();
    const [order] = server.state.pendingOrders;
    await button(`Mark order ${order?.reference} paid`).click();
    const dialog = page.getByRole('dialog', { name: `Was order ${order?.reference} paid?` });
    await dialog.getByText(/2 × cloud room for 50, Concurrency of 100/).waitFor();
    await dialog.getByRole('textbox', { name: 'Reference of the payment' }).fill('Invoice 7');
    await dialog.getByRole('button', { name: 'Mark paid' }).click();
    await page.getByText('1 order waits').waitFor();
    await page.getByText(`Halden Works has what it ordered with ${order?.reference}.`).waitFor();
    await button('Forget the key').click();
    expect(await key.inputValue()).toBe('');
  });
});

describe('navigation on a phone', () => {
  it('reaches every place by keyboard, shows where it is, and gets out of the way', async () => {
    await using server = await serve(smallOrganization());
    await page.setViewportSize({ width: 390, height: 860 });
    await page.goto(`${server.url}/spaces`);
    const more = button('More');
    const people = page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'People' });
    await more.focus();
    expect(await people.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await people.waitFor();
    await page.keyboard.press('Escape');
    await people.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    for (const _place of ['Cloud rooms', 'Resources', 'People']) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading('People').waitFor();
    await people.waitFor({ state: 'hidden' });
    expect(await more.getAttribute('aria-current')).toBe('true');
  });
});
