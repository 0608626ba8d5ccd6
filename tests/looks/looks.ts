import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { Page } from 'playwright-core';
import { createDeviceFixtures } from '../../device/panel/src/testing/device-fixtures.ts';
import { createFixtures, inChinese, midMorning } from '../../device/panel/src/testing/fixtures.ts';
import { claimTerminal, ensureMeeting } from '../../scripts/lib/demonstration.ts';
import { findPanelBundle } from '../e2e/pages/panel/bundle.ts';
import { startPanelServer } from '../e2e/pages/panel/panel-server.ts';
import { launchBrowser } from '../harness/browser.ts';
import { type FleetReady, startRig } from '../harness/rig.ts';
import { type Furnished, furnish, furnishLive } from './furnish.ts';

/** Each language and each scheme at each width. */
const looks = [
  { width: 1280, height: 800, scheme: 'light', lang: 'en' },
  { width: 390, height: 844, scheme: 'dark', lang: 'zh-CN' },
  { width: 1280, height: 800, scheme: 'dark', lang: 'zh-CN' },
  { width: 390, height: 844, scheme: 'light', lang: 'en' },
] as const;
type Look = (typeof looks)[number];

/** The device page, of devices in every condition: those of a healthy room would show little of it. */
const devicePages = { 'panel-devices': '/panel/devices', 'panel-device': '/panel/devices/display' };

/** Addresses of pages that are seen without an account, and after signing in. */
type Pages = { outside: Record<string, string>; inside: Record<string, string> };

function listPages(
  ready: FleetReady,
  ids: Furnished & { liveId: string } & { terminalId: string; number: string; panelUrl: string },
): Pages {
  const at = (path: string) => `${ready.httpUrl}${path}`;
  const { personId, departmentId, contactId, roomId, spaceId, seriesId, terminalId, liveId } = ids;
  return {
    outside: {
      panel: ids.panelUrl,
      'sign-in': at('/sign-in'),
      register: at('/register'),
      'reset-password': at('/reset-password'),
      operator: at('/operator'),
      client: at(`/m/${ids.number}`),
    },
    inside: {
      ...{
        overview: at('/'),
        terminals: at('/terminals'),
        terminal: at(`/terminals/${terminalId}`),
        claim: at('/claim'),
      },
      ...{ rooms: at('/spaces'), room: at(`/spaces/${spaceId}`), 'new-room': at('/spaces/new') },
      ...{ 'cloud-rooms': at('/cloud-rooms'), 'cloud-room': at(`/cloud-rooms/${roomId}`) },
      ...{ meetings: at('/meetings'), 'my-meetings': at('/my-meetings'), 'new-meeting': at('/meetings/new') },
      control: at(`/meetings/${liveId}/control`),
      ...{ series: at(`/meetings/${seriesId}`), 'edit-series': at(`/meetings/${seriesId}/edit`) },
      ...{ people: at('/people'), person: at(`/people/${personId}`), 'new-person': at('/people/new') },
      ...{
        invitations: at('/people/invitations'),
        invite: at('/people/invitations/new'),
        import: at('/people/import'),
      },
      ...{ departments: at('/people/departments'), department: at(`/people/departments/${departmentId}`) },
      'directory-terminals': at('/people/terminals'),
      ...{ contacts: at('/people/contacts'), contact: at(`/people/contacts/${contactId}`) },
      ...{ organization: at('/organization'), closing: at('/organization/closing') },
      ...{ resources: at('/resources'), order: at('/resources/order') },
      ...{ outbox: at('/outbox'), audit: at('/audit'), account: at('/account') },
    },
  };
}

/** Pictures of every page, and `index.html`, which shows the four of each side by side. */
export async function takeLooks(folder: string, progress: (text: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true });
  await using rig = await startRig();
  const api = await rig.api();
  const terminal = await rig.startTerminal('terminal');
  await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const { number } = await ensureMeeting(await rig.demonstration(), new Date());
  const ids = await furnish(api);
  const terminals = await api.call(terminalRoutes.list, {});
  const ready = rig.fleet.ready();
  const terminalId = terminals.items[0]?.id ?? '';
  const { liveId } = await furnishLive(api, ready.httpUrl);
  const pages = listPages(ready, { ...ids, liveId, terminalId, number, panelUrl: terminal.panelUrl() });
  for (const look of looks) {
    progress(`${look.width} px, ${look.scheme}, ${look.lang}`);
    await using browser = await launchBrowser({ viewport: look, locale: look.lang });
    const page = await browser.newPage();
    // Half faded in, nothing looks as it is meant.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await takePictures(page, look, pages.outside, folder);
    await takeDevicePictures(page, look, folder);
    await signIn(page, ready);
    await takePictures(page, look, pages.inside, folder);
  }
  const names = [...Object.keys(pages.outside), ...Object.keys(devicePages), ...Object.keys(pages.inside)];
  await writeFile(join(folder, 'index.html'), sheetOf(names));
}

const fileOf = (name: string, { width, scheme, lang }: Look) => `${name}-${width}-${scheme}-${lang}.png`;

async function takePictures(page: Page, look: Look, pages: Record<string, string>, folder: string): Promise<void> {
  for (const [name, url] of Object.entries(pages)) {
    await page.goto(`${url}?scheme=${look.scheme}&lang=${look.lang}`);
    await page.locator('h1, h2').first().waitFor();
    await page.getByText(look.lang === 'en' ? 'Loading…' : '加载中…').waitFor({ state: 'detached' });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, fileOf(name, look)), fullPage: true });
  }
}

async function takeDevicePictures(page: Page, look: Look, folder: string): Promise<void> {
  await using bundle = await findPanelBundle();
  const { free } = createFixtures(midMorning);
  const first = look.lang === 'en' ? free : inChinese(free);
  await using server = await startPanelServer({ dist: bundle.dist, first });
  server.showDevices({ ...createDeviceFixtures(midMorning), language: look.lang });
  const pages = Object.entries(devicePages).map(([name, path]) => [name, `${server.url}${path}`]);
  await takePictures(page, look, Object.fromEntries(pages), folder);
}

async function signIn(page: Page, { httpUrl, demo }: FleetReady): Promise<void> {
  await page.goto(`${httpUrl}/sign-in?lang=en`);
  await page.getByLabel('Phone or e-mail').fill(demo.login);
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

function sheetOf(names: readonly string[]): string {
  const row = (name: string) =>
    `<h2 id="${name}">${name}</h2>${looks.map((look) => `<img src="${fileOf(name, look)}" style="width:${look.width * 0.6}px">`).join('')}`;
  return `<!doctype html><meta charset="utf-8"><title>Looks</title>
<style>body{background:#888;font:14px sans-serif;white-space:nowrap}img{vertical-align:top;margin:4px}</style>
${names.map(row).join('\n')}\n`;
}
