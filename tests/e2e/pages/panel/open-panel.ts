import type { PanelDevices } from '@anteroom/shared/panel/devices.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { browserArguments, browserPath } from '../../../harness/browser.ts';
import { findPanelBundle } from './bundle.ts';
import { type PanelServer, startPanelServer } from './panel-server.ts';

export type OpenOptions = {
  state: PanelState;
  devices?: PanelDevices;
  path?: string;
  size?: [width: number, height: number];
  context?: BrowserContextOptions;
  /** Runs in the page before its own scripts, whenever it is loaded. */
  script?: () => void;
};

/** A panel in front of a test: its page, the server behind it, and every address that the page asked for. */
export type OpenPanel = AsyncDisposable & { page: Page; server: PanelServer; requests: string[]; faults: string[] };

/** One browser and one bundle for a test file; each test opens screens of its own. */
export async function startPanelTests(): Promise<
  AsyncDisposable & { open: (options: OpenOptions) => Promise<OpenPanel> }
> {
  const bundle = await findPanelBundle();
  const browser = await chromium.launch({ executablePath: browserPath(), args: browserArguments });
  return {
    async open({ state, devices, path = '/', size = [1280, 800], context: options = {}, script }) {
      const server = await startPanelServer({ dist: bundle.dist, first: state });
      if (devices) server.showDevices(devices);
      const [width, height] = size;
      const context = await browser.newContext({ viewport: { width, height }, ...options });
      if (script) await context.addInitScript(script);
      const page = await context.newPage();
      const requests: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        // Chromium words a breach of the policy in several ways; all name a directive.
        if (/Content Security Policy|-src'/u.test(message.text())) faults.push(message.text());
      });
      await page.goto(`${server.url}${path}`);
      await page.locator('.screen').waitFor();
      return {
        page,
        server,
        requests,
        faults,
        async [Symbol.asyncDispose]() {
          await context.close();
          await server[Symbol.asyncDispose]();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await bundle[Symbol.asyncDispose]();
    },
  };
}

/** What a test file has of the panel that all its tests share, from its first test on. */
export type SharedPanel = Pick<OpenPanel, 'page' | 'server'> & {
  /** Opens a panel beside it, for a test that needs one of its own. */
  open: (options: OpenOptions) => Promise<OpenPanel>;
};

/** One panel for all tests of the file that calls this while it is loaded: a page costs more than all that is asked of it. */
export function sharePanel(options: OpenOptions): SharedPanel {
  let panels: Awaited<ReturnType<typeof startPanelTests>> | null = null;
  let panel: OpenPanel | null = null;
  beforeAll(async () => {
    panels = await startPanelTests();
    panel = await panels.open(options);
  }, 120_000);
  afterAll(async () => {
    await panel?.[Symbol.asyncDispose]();
    await panels?.[Symbol.asyncDispose]();
  });
  function begun<T>(what: T | null): T {
    if (what === null) throw new Error('a shared panel is opened before the first test, not while the file is loaded');
    return what;
  }
  return {
    get page() {
      return begun(panel).page;
    },
    get server() {
      return begun(panel).server;
    },
    open: (own) => begun(panels).open(own),
  };
}
