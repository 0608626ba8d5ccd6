import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../harness/browser.ts';
import { type Rig, startRig } from '../harness/rig.ts';
import { type SmsGateway, startSmsGateway } from '../harness/sms-gateway.ts';

const password = 'a long sentence that is easy';

let gateway: SmsGateway;
let rig: Rig;
beforeAll(async () => {
  gateway = await startSmsGateway();
  // All of them register from one address, as people of one office do.
  rig = await startRig({ fleetArgs: [...gateway.fleetArgs, '--codes-per-hour', '60'] });
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

describe.each([
  ['at a desk', 1280, { owner: '+4790000051', host: '+4790000052' }],
  ['at phone width', 390, { owner: '+4790000061', host: '+4790000062' }],
] as const)('an organization begins, %s', (_title, width, phones) => {
  const name = `Harbour ${width}`;
  const browsers: TestBrowser[] = [];
  let owner: Page;
  let host: Page;
  let operator: Page;
  beforeAll(async () => {
    const launch = () => launchBrowser({ viewport: { width, height: 860 } });
    const [ownersBrowser, hostsBrowser] = [await launch(), await launch()];
    browsers.push(ownersBrowser, hostsBrowser);
    owner = await ownersBrowser.newPage();
    host = await hostsBrowser.newPage();
    // The operator proves who they are by a key, not by a session.
    operator = await ownersBrowser.newPage();
  });
  afterAll(() => Promise.all(browsers.map((browser) => browser[Symbol.asyncDispose]())));

  const open = async (page: Page, path: string) => {
    await page.goto(`${rig.fleet.ready().httpUrl}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Loading…').waitFor({ state: 'detached' });
    const overflowPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflowPx, path).toBe(0);
  };
  const choose = async (page: Page, label: string, option: string | RegExp) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option }).first().click();
  };
  const press = (page: Page, button: string) => page.getByRole('button', { name: button, exact: true }).click();
  const fill = (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);

  /** From the first step on; the page is open. */
  const register = async (page: Page, phone: string, person: string) => {
    await fill(page, 'Phone number', phone);
    await press(page, 'Send code');
    const [code] = await gateway.take(phone, /\d{6}/);
    await fill(page, 'Code', code);
    await press(page, 'Go on');
    await page.getByText('Step 3 of 4').waitFor();
    // Without the terms it goes no further, and nothing about the person is asked.
    await press(page, 'Go on');
    await page.getByText('Without the terms there is no account.').waitFor();
    await page.getByRole('checkbox', { name: /I accept the terms/ }).check();
    await press(page, 'Go on');
    await fill(page, 'Name', person);
    await fill(page, 'New password', password);
    await fill(page, 'Password again', `${password}?`);
    await press(page, 'Create account');
    await page.getByText('The two passwords differ.').waitFor();
    await fill(page, 'Password again', password);
    await press(page, 'Create account');
    await page.getByRole('heading', { name: `Welcome, ${person}` }).waitFor();
    await page.getByRole('link', { name: 'Open the client' }).waitFor();
  };

  it('somebody registers and creates the organization', async () => {
    await open(owner, '/register');
    await register(owner, phones.owner, 'Olivia Owner');
    await open(owner, '/organization/new');
    await fill(owner, 'Name of the organization', name);
    await fill(owner, 'Industry', 'Shipping');
    await choose(owner, 'Size', /^1/);
    await choose(owner, 'Country or region', 'Norway');
    await press(owner, 'Create organization');
    await owner.waitForURL('**/organization');
    await owner.getByRole('heading', { name: 'Invitations and new members' }).waitFor();
  });

  it('invites somebody, who registers by the link and joins', async () => {
    await open(owner, '/people/invitations/new');
    await fill(owner, 'Name', 'Henrik Host');
    await fill(owner, 'Phone number or e-mail address', phones.host);
    await press(owner, 'Send invitation');
    await owner.getByRole('heading', { name: 'Henrik Host is invited' }).waitFor();
    const [link] = await gateway.take(phones.host, /http\S+\/invitation\/\S+/);
    await host.goto(link);
    await host.getByRole('link', { name: 'Register' }).click();
    await register(host, phones.host, 'Henrik Host');
    await host.getByRole('link', { name: 'Go on', exact: true }).click();
    await press(host, `Join ${name}`);
    await host.getByRole('heading', { name: new RegExp(`belong to ${name}`) }).waitFor();
  });

  it('buys a cloud room, which is there once the operator has marked the order paid', async () => {
    await open(owner, '/resources/order');
    await choose(owner, 'Resource', 'Cloud rooms');
    await fill(owner, 'How many', '1');
    await press(owner, 'Place order');
    await owner.getByText('Waits for payment').waitFor();
    await payOrder();
    await owner.reload();
    await owner.getByText('Paid', { exact: true }).waitFor();
    await open(owner, '/cloud-rooms/new');
    await fill(owner, 'Name of the cloud room', 'Quay');
    await press(owner, 'Create cloud room');
    await owner.getByRole('link', { name: 'Quay' }).waitFor();
  });

  it('assigns the cloud room to the one who shall hold meetings in it', async () => {
    await owner.getByRole('link', { name: 'Quay' }).click();
    await press(owner, 'Assign');
    const dialog = owner.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Person' }).click();
    await owner.getByRole('option', { name: 'Henrik Host' }).click();
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await owner.getByText('Henrik Host is the cloud-room administrator').waitFor();
  });

  it('who plans a weekly series there, and moves one occurrence', async () => {
    await open(owner, '/people/contacts/new');
    await fill(owner, 'Name', 'Paula Pilot');
    await fill(owner, 'E-mail', `pilot${width}@example.org`);
    await press(owner, 'Add contact');
    await owner.getByText('Paula Pilot').waitFor();

    await open(host, '/meetings/new');
    await fill(host, 'Subject', 'Tide talk');
    await choose(host, 'Uses', 'A cloud room');
    await choose(host, 'Cloud room', /Quay/);
    await host.getByRole('radio', { name: 'Later' }).check();
    // Within the order that was placed, and past every notice of something near.
    const inFourWeeks = new Date(Date.now() + 28 * 86_400_000).toISOString().slice(0, 10);
    await fill(host, 'Date', inFourWeeks);
    await fill(host, 'Time', '09:00');
    await choose(host, 'Repeats', 'By the week');
    const invited = host.getByRole('combobox', { name: 'Add people, departments, contacts or terminals' });
    await invited.focus();
    await host.keyboard.type('Paula');
    await host.getByRole('option', { name: /Paula Pilot/ }).click();
    await host.getByRole('button', { name: 'Remove Paula Pilot' }).waitFor();
    await host.getByRole('checkbox', { name: 'by e-mail, with a calendar entry' }).check();
    await press(host, 'Schedule meeting');
    await host.getByRole('heading', { name: 'Tide talk', level: 1 }).waitFor();

    const series = host.getByRole('region', { name: 'The series' });
    await series.getByRole('link').first().click();
    await host.getByRole('link', { name: 'Change', exact: true }).click();
    await host.getByRole('radio', { name: 'only this occurrence' }).check();
    await fill(host, 'Time', '14:30');
    await press(host, 'Save');
    await host.getByRole('region', { name: 'The series' }).getByText('moved').waitFor();
  });

  it('and the outbox tells what went to whom', async () => {
    await open(owner, '/outbox');
    const outbox = owner.getByRole('list', { name: 'Outbox' });
    const mails = outbox.getByRole('listitem').filter({ hasText: `pilot${width}@example.org` });
    await mails.nth(1).waitFor();
    expect(await mails.count()).toBe(2);
    await mails.filter({ hasText: 'Tide talk' }).first().waitFor();
    await outbox.getByRole('listitem').filter({ hasText: phones.host }).first().waitFor();
  });

  const payOrder = async () => {
    await open(operator, '/operator');
    await fill(operator, 'Operator key', (await readFile(join(rig.dataDir, 'fleet/keys/operator-key'), 'utf8')).trim());
    await press(operator, 'Show orders');
    await operator.getByRole('row', { name }).getByRole('button').click();
    await fill(operator, 'Reference of the payment', 'Invoice 1');
    await press(operator, 'Mark paid');
    await operator.getByText(`${name} has what it ordered`).waitFor();
  };
});
