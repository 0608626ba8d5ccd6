import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startOpenIdProvider, type TestProvider } from '../../fleet/src/testing/openid-provider.ts';
import { ensureMeeting } from '../../scripts/lib/demonstration.ts';
import { seriousViolations } from '../harness/axe.ts';
import { launchBrowser, type TestBrowser } from '../harness/browser.ts';
import { type Rig, startRig } from '../harness/rig.ts';

let rig: Rig;
let provider: TestProvider;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-lifecycle-'));
  provider = await startOpenIdProvider();
  rig = await startRig({ fleetArgs: ['--identity-providers', await provider.writeConfig(folder)] });
  provider.register(`${rig.fleet.ready().httpUrl}/identity`);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rig[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const signIn = async (page: Page, login: string, password: string) => {
  await page.getByLabel('Phone or e-mail').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
};

describe.each([
  ['wide and light', 1280, 'light', '+4790000041'],
  ['at phone width and dark', 390, 'dark', '+4790000042'],
] as const)('the console %s', (_title, width, scheme, phone) => {
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser({ viewport: { width, height: 860 } });
    page = await browser.newPage();
    await page.goto(`${rig.fleet.ready().httpUrl}/sign-in?scheme=${scheme}&lang=en`);
    const { demo } = rig.fleet.ready();
    await signIn(page, demo.login, demo.password);
  });
  afterAll(() => browser[Symbol.asyncDispose]());

  const open = async (path: string) => {
    await page.goto(`${rig.fleet.ready().httpUrl}${path}?scheme=${scheme}&lang=en`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  /** Fits its width, and serves everybody. */
  const checkPage = async () => {
    expect(await seriousViolations(page)).toEqual([]);
    const overflowPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflowPx).toBe(0);
  };

  it('imports people from a file: a dry run names the bad row, the good one is added, the result is a file', async () => {
    const file = join(folder, `people-${width}.csv`);
    await writeFile(file, `Name,Phone,Department\nOla Nordmann,${phone},\nKari,12,Nowhere\n`);
    await open('/people/import');
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'CSV or XLSX file' }).click(),
    ]);
    await chooser.setFiles(file);
    const faults = page.getByRole('table', { name: 'Rows that cannot be added' });
    await faults.getByText('12 is no phone number that exists').waitFor();
    await faults.getByText('There is no one department Nowhere').waitFor();
    await checkPage();
    await page.getByRole('button', { name: 'Add 1 person' }).click();
    await page.getByText('1 person was added').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Result as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('people-result.csv');
  });

  // Once: it is about the way, and the pages are checked at every width elsewhere.
  if (width === 390)
    it('links an identity by the provider’s own page, orders and signs in with it, and unlinks it', async () => {
      const { demo, httpUrl } = rig.fleet.ready();
      const orders = page.getByRole('region', { name: 'Orders' });
      await open('/organization');
      await orders.getByRole('checkbox', { name: 'Orders need a linked billing identity' }).check();
      await orders.getByRole('button', { name: 'Save' }).click();
      await orders.getByText('Saved').waitFor();

      await open('/resources/order');
      await page.getByText('orders with a billing identity only').waitFor();
      await page.getByRole('link', { name: 'Link your billing identity' }).click();
      const identities = page.getByRole('region', { name: 'Linked identities' });
      await identities.getByRole('button', { name: 'Link…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Present password').fill(demo.password);
      await dialog.getByRole('button', { name: 'Go to Campus account' }).click();
      await page.getByRole('textbox', { name: 'Account' }).fill('ola');
      await page.getByRole('button', { name: 'Go on' }).click();
      await identities.getByText('ola@campus.test').waitFor();
      // The way back leads to the section, which is far down on a phone.
      await page.waitForFunction(() => window.scrollY > 0);

      await page.context().clearCookies({ name: 'anteroom_session' });
      await page.goto(`${httpUrl}/resources/order`);
      // The provider still knows this browser, and asks nothing.
      await page.getByRole('button', { name: 'Sign in with Campus account' }).click();
      await page.getByText('Billing identity: ola@campus.test').waitFor();
      expect(page.url()).toBe(`${httpUrl}/resources/order`);

      await open('/account');
      await identities.getByRole('button', { name: 'Unlink' }).click();
      await dialog.getByLabel('Present password').fill(demo.password);
      await dialog.getByRole('button', { name: 'Unlink' }).click();
      await identities.getByText('Not linked').waitFor();

      await page.context().clearCookies({ name: 'anteroom_session' });
      await page.goto(`${httpUrl}/sign-in`);
      await page.getByRole('button', { name: 'Sign in with Campus account' }).click();
      await page.getByRole('heading', { level: 1, name: 'Not linked to an account yet' }).waitFor();
      await page.getByRole('link', { name: 'Sign in another way' }).click();
      await signIn(page, demo.login, demo.password);
      await identities.waitFor();
    });

  it('says how the organization is closed', async () => {
    await open('/organization/closing');
    await page.getByText('A paid order still runs').waitFor();
    await checkPage();
  });
});

it('who signs in to go to a meeting goes on there, as the one who holds it', async () => {
  const { httpUrl, demo } = rig.fleet.ready();
  const { number } = await ensureMeeting(await rig.demonstration(), new Date());
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`${httpUrl}/sign-in?next=/m/${number}&lang=en`);
  await signIn(page, demo.hostLogin, demo.password);
  await page.waitForURL(`${httpUrl}/m/${number}`);
  await page.getByText('Ingrid Sol').first().waitFor();
});
