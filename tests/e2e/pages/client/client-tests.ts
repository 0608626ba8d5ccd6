import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../../harness/browser.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

/** One browser for a test file, and for each test a page of its own, which has to stay without an error. */
export function openClientForEach(onPage: (page: Page) => void): void {
  let browser: TestBrowser;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser({ viewport: { width: 1280, height: 800 } });
  });
  afterAll(() => browser[Symbol.asyncDispose]());
  beforeEach(async () => {
    errors.length = 0;
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    onPage(page);
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });
}

/** The same with a stand-in for the fleet for each test, and what every test in a meeting does. */
export function openMeetingForEach() {
  let page: Page;
  let server: FixtureServer;
  openClientForEach((opened) => {
    page = opened;
  });
  beforeEach(async () => {
    server = await startFixtureServer();
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const button = (name: string | RegExp, exact = false) => page.getByRole('button', { name, exact });
  async function join(query = ''): Promise<void> {
    await page.goto(`${server.url}${query}`);
    await page.getByRole('textbox').fill('Chen Rui');
    await button(/Join|加入/).click();
    await button(/Leave|离开/).waitFor();
  }
  return {
    page: () => page,
    server: () => server,
    button,
    dialog: (name: string | RegExp) => page.getByRole('dialog', { name }),
    join,
    async joinAsHost(query = ''): Promise<void> {
      server.own = { role: 'host' };
      await join(query);
    },
  };
}
