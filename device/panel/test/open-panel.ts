import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findPanelBundle } from './bundle.ts';
import { type PanelServer, startPanelServer } from './panel-server.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type OpenOptions = {
  state: PanelState;
  path?: string;
  size?: [width: number, height: number];
  context?: BrowserContextOptions;
};

/** A panel in front of a test: its page, the server behind it, and every address that the page asked for. */
export type OpenPanel = AsyncDisposable & { page: Page; server: PanelServer; requests: string[]; faults: string[] };

/** One browser and one bundle for a test file; each test opens screens of its own. */
export async function startPanelTests(): Promise<
  AsyncDisposable & { open: (options: OpenOptions) => Promise<OpenPanel> }
> {
  const bundle = await findPanelBundle();
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: flags,
  });
  return {
    async open({ state, path = '/', size = [1280, 800], context: options = {} }) {
      const server = await startPanelServer({ dist: bundle.dist, first: state });
      const [width, height] = size;
      const context = await browser.newContext({ viewport: { width, height }, ...options });
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

const axeScript = resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js');

type Violation = { id: string; impact: string; nodes: { html: string }[] };

/** What axe-core finds serious on the screen that stands there now, told with the name of its state. */
export async function findSeriousViolations({ page }: OpenPanel, name: string): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  // Evaluated, not added as a script: the agent's policy forbids strangers' scripts in its pages.
  if (!isThere) await page.evaluate(await readFile(axeScript, 'utf8'));
  // Half faded in, every colour is too weak. An animation whose element goes never finishes; that is an end too.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().activeDuration !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ).then(() => undefined),
  );
  // axe puts itself on the window; its report is plain data of this shape.
  const violations: Violation[] = await page.evaluate(
    "axe.run({ resultTypes: ['violations'] }).then((report) => report.violations)",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
