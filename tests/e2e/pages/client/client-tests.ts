import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../../harness/browser.ts';
import type { Fixture } from './fixture.ts';
import { type FixtureHost, startFixtureHost } from './fixture-host.ts';

const viewport = { width: 1280, height: 800 };

/** What a test file has of the client, beside its page. */
type ClientTests = {
  /** A meeting that begins in so many minutes, instead of the one before it. */
  begin(startMinutes?: number): Fixture;
  /** Runs in the page before its own scripts, in this test alone. */
  prepare: Page['addInitScript'];
  button(name: string | RegExp, exact?: boolean): Locator;
  /** At the door: types a name, and goes in. */
  joinAs(name: string): Promise<void>;
  /** Something was done to the page that cannot be undone: no other test gets it. */
  useUp(): void;
};

/**
 * One browser, one address and one page for a test file: another page, or another address, takes twice as long as this
 * one at its own. Each test finds it blank, of the same size and with nothing kept, and has to leave it without an error.
 */
export function openClientForEach(onPage: (page: Page) => void): ClientTests {
  let browser: TestBrowser;
  let host: FixtureHost;
  let page: Page | null = null;
  let isUsedUp = false;
  const scripts: AsyncDisposable[] = [];
  const errors: string[] = [];

  async function openPage(): Promise<Page> {
    const opened = await browser.newPage();
    opened.on('pageerror', (error) => errors.push(error.message));
    return opened;
  }
  async function makeBlank(used: Page): Promise<void> {
    for (const script of scripts.splice(0)) await script[Symbol.asyncDispose]();
    await used.goto('about:blank');
    const devtools = await used.context().newCDPSession(used);
    const storageTypes = 'local_storage,cache_storage,service_workers';
    await devtools.send('Storage.clearDataForOrigin', { origin: host.origin, storageTypes });
    await devtools.detach();
    await used.setViewportSize(viewport);
    await used.emulateMedia({ colorScheme: null });
  }

  function shared(): Page {
    if (!page) throw new Error('the page is opened before the first test, not while the file is loaded');
    return page;
  }
  const button = (name: string | RegExp, exact = false) => shared().getByRole('button', { name, exact });

  beforeAll(async () => {
    browser = await launchBrowser({ viewport });
    host = await startFixtureHost();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await host[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    errors.length = 0;
    isUsedUp = false;
    page ??= await openPage();
    onPage(page);
  });
  afterEach(async () => {
    const used = shared();
    await makeBlank(used);
    if (isUsedUp) {
      await used.close();
      page = null;
    }
    expect(errors).toEqual([]);
  });
  return {
    begin: (startMinutes) => host.begin(startMinutes),
    async prepare(script, arg, options) {
      const added = await shared().addInitScript(script, arg, options);
      scripts.push(added);
      return added;
    },
    button,
    async joinAs(name) {
      await shared()
        .getByRole('textbox', { name: /^(Your name|您的姓名)/ })
        .fill(name);
      await button(/Join|加入/).click();
    },
    useUp: () => {
      isUsedUp = true;
    },
  };
}

/** The same with a meeting for each test, and what every test in it does. */
export function openMeetingForEach() {
  let page: Page;
  let fixture: Fixture;
  const { begin, ...tests } = openClientForEach((opened) => {
    page = opened;
  });
  beforeEach(() => {
    fixture = begin();
  });

  async function join(query = ''): Promise<void> {
    await page.goto(`${fixture.url}${query}`);
    await tests.joinAs('Chen Rui');
    await tests.button(/Leave|离开/).waitFor();
  }
  return {
    ...tests,
    page: () => page,
    server: () => fixture,
    dialog: (name: string | RegExp) => page.getByRole('dialog', { name }),
    join,
    async joinAsHost(query = ''): Promise<void> {
      fixture.own = { role: 'host' };
      await join(query);
    },
  };
}
