import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../../harness/browser.ts';

/** One browser for a test file, and a page of its own for each test, which `onPage` is given. */
export function openPageForEach(onPage: (page: Page) => void): void {
  let browser: TestBrowser;
  let page: Page | undefined;
  beforeAll(async () => {
    browser = await launchBrowser({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(() => browser[Symbol.asyncDispose]());
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage();
    onPage(page);
  });
}
