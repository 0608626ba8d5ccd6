import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../../harness/browser.ts';
import type { FixtureState } from './fixture-data.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

const viewport = { width: 1440, height: 900 };

/**
 * One browser and one page for a test file, which `onPage` is given; each test finds it blank, of the same size and with
 * nothing kept. What comes back serves the console to it, for every test at the same address (a second one beside it has
 * its own): another page, and another address, would have the bundle compiled again, which takes longer than most tests.
 */
export function sharePage(onPage: (page: Page) => void): (state: FixtureState) => Promise<FixtureServer> {
  let browser: TestBrowser;
  let page: Page;
  let port = 0;
  let served = 0;
  beforeAll(async () => {
    browser = await launchBrowser({ viewport });
    page = await browser.newPage();
    onPage(page);
  });
  afterAll(() => browser[Symbol.asyncDispose]());
  beforeEach(async () => {
    if (page.url().startsWith('http'))
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
    await page.goto('about:blank');
    await page.context().clearCookies();
    await page.setViewportSize(viewport);
  });
  return async (state) => {
    const server = await startFixtureServer(state, { port: served === 0 ? port : 0 });
    if (served === 0) port = Number(new URL(server.url).port);
    served += 1;
    return {
      ...server,
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        served -= 1;
      },
    };
  };
}
