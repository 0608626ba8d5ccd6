import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { launchBrowser, type TestBrowser } from '../../../harness/browser.ts';
import { smallOrganization } from './fixture-data.ts';
import { letterToken } from './fixture-organization.ts';
import { type FixtureServer, startFixtureServer } from './fixture-server.ts';

const state = smallOrganization();
const pages: [string, string][] = [
  ['overview', '/'],
  ['terminals', '/terminals'],
  ['terminal', `/terminals/${state.terminals[0]?.id}`],
  ['silent terminal', `/terminals/${state.terminals[3]?.id}`],
  ['revoking', `/terminals/${state.terminals[0]?.id}?do=revoke`],
  ['pairing', '/claim?code=ACDE3467'],
  ['rooms', '/spaces'],
  ['room', `/spaces/${state.spaces[0]?.id}`],
  ['cloud rooms', '/cloud-rooms'],
  ['cloud room', `/cloud-rooms/${state.rooms[0]?.id}`],
  ['people', '/people'],
  ['person', `/people/${state.people[1]?.id}`],
  ['adding a user', '/people/new'],
  ['invitations', '/people/invitations'],
  ['inviting', '/people/invitations/new'],
  ['departments', '/people/departments'],
  ['department', `/people/departments/${state.departments[1]?.id}`],
  ['terminals in the directory', '/people/terminals'],
  ['contacts', '/people/contacts'],
  ['contact', `/people/contacts/${state.contacts[0]?.id}`],
  ['meetings', '/meetings'],
  ['meeting', `/meetings/${state.meetings[0]?.id}`],
  ['new meeting', '/meetings/new'],
  ['organization', '/organization'],
  ['order', '/resources/order'],
  ['account', '/account'],
  ['sign-in', '/sign-in'],
  ['operator', '/operator'],
  ['invitation', `/invitation/${letterToken('waiting')}`],
  ['expired invitation', `/invitation/${letterToken('expired')}`],
  ['setting a password', '/set-password/fresh'],
];

describe.each([
  ['wide and light, in English', 1440, 'light', 'en'],
  ['at phone width and dark, in Chinese', 390, 'dark', 'zh-CN'],
] as const)('the console %s', (_title, width, scheme, lang) => {
  let browser: TestBrowser;
  let server: FixtureServer;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser({ viewport: { width, height: 860 } });
    server = await startFixtureServer(state);
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it.each(pages)('%s: serves everybody and fits its width', async (_name, path) => {
    await page.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}scheme=${scheme}&lang=${lang}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(lang === 'en' ? 'Loading…' : '加载中…').waitFor({ state: 'detached' });
    expect(await seriousViolations(page)).toEqual([]);
    const overflowPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflowPx).toBe(0);
  });
});
