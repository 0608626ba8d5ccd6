import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../harness/browser.ts';
import { type Rig, startRig } from '../harness/rig.ts';
import { seriousViolations } from './pages/axe.ts';

let rig: Rig;
let folder: string;
beforeAll(async () => {
  rig = await startRig();
  folder = await mkdtemp(join(tmpdir(), 'anteroom-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rig[Symbol.asyncDispose]();
});

describe.each([
  ['wide and light', 1280, 'light', '+4790000041'],
  ['at phone width and dark', 390, 'dark', '+4790000042'],
] as const)('the console %s', (_title, width, scheme, phone) => {
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser({ viewport: { width, height: 860 } });
    page = await browser.newPage();
    const { httpUrl, demo } = rig.fleet.ready();
    await page.goto(`${httpUrl}/sign-in?scheme=${scheme}&lang=en`);
    await page.getByLabel('Phone or e-mail').fill(demo.login);
    await page.getByLabel('Password', { exact: true }).fill(demo.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
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

  it('says how the organization is closed', async () => {
    await open('/organization/closing');
    await page.getByText('A paid order still runs').waitFor();
    await checkPage();
  });
});
