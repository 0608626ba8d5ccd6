import { readFile } from 'node:fs/promises';
import { whiteboardRoutes } from '@anteroom/shared/api/whiteboards.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimTerminal, ensureMeeting, type FleetApi } from '../../../scripts/lib/demonstration.ts';
import { seriousViolations } from '../../harness/axe.ts';
import { launchBrowser, type TestBrowser } from '../../harness/browser.ts';
import { eventually } from '../../harness/eventually.ts';
import { joinFromPage } from '../../harness/live-meeting.ts';
import { type Rig, startRig } from '../../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../../harness/room.ts';

/** Two people in real Chromium draw with real Excalidraw on the board of a meeting that a real fleet holds. */
describe('a whiteboard in a meeting', () => {
  const stack = new AsyncDisposableStack();
  /** The fleet and the terminal: whoever else is asked is a stranger. */
  const known = new Set<string>();
  const asked: string[] = [];
  const complaints: string[] = [];
  let rig: Rig;
  let api: FleetApi;
  let meetingId: string;
  let ada: Page;
  let ben: Page;
  let viewer: TestBrowser;

  beforeAll(async () => {
    rig = stack.use(await startRig());
    known.add(rig.fleet.ready().httpUrl);
    const meeting = await ensureMeeting(await rig.demonstration(), new Date());
    api = await rig.api();
    meetingId = meeting.id;
    // Each in a browser of their own, which shares no storage with the other.
    const browsers = [await launchBrowser({ keepsPolicy: true }), await launchBrowser({ keepsPolicy: true })];
    for (const browser of browsers) stack.use(browser);
    const [one, other] = browsers as [TestBrowser, TestBrowser]; // two were made
    [ada, ben] = [await one.newPage(), await other.newPage()];
    viewer = other;
    for (const page of [ada, ben]) {
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text());
      });
    }
    await joinFromPage(ada, meeting.joinUrl, 'Ada');
    await joinFromPage(ben, meeting.joinUrl, 'Ben');
  });
  afterAll(() => stack.disposeAsync());

  const canvasOf = (page: Page) => page.locator('canvas.interactive');
  const kept = async () => (await api.call(whiteboardRoutes.elements, { params: { meetingId } })).items;

  /** One stroke of the pencil (key 7), as far below the top as `y` says. */
  async function drawStroke(page: Page, y: number): Promise<void> {
    const box = await canvasOf(page).boundingBox();
    if (!box) throw new Error('the board is not shown');
    await page.locator('.excalidraw').press('7');
    await page.mouse.move(box.x + 400, box.y + y);
    await page.mouse.down();
    for (let step = 1; step <= 20; step++) await page.mouse.move(box.x + 400 + step * 12, box.y + y + (step % 5) * 6);
    await page.mouse.up();
  }

  /** Whether the page shows ink on its canvas in a band around `y`. */
  const hasInk = (page: Page, y: number) =>
    page.locator('canvas.static').evaluate((canvas: HTMLCanvasElement, at) => {
      const scale = canvas.width / canvas.clientWidth;
      const context = canvas.getContext('2d');
      const band = context?.getImageData(390 * scale, (at - 15) * scale, 280 * scale, 70 * scale).data ?? [];
      let dark = 0;
      for (let pixel = 0; pixel < band.length; pixel += 4)
        if ((band[pixel] ?? 255) < 120 && (band[pixel + 3] ?? 0) > 0) dark += 1;
      return dark > 100;
    }, y);

  test('opened by one is there for everybody, and shows to each what the other draws', async () => {
    await ada.getByRole('button', { name: 'More' }).click();
    await ada.getByRole('button', { name: /^Open a whiteboard/ }).click();
    for (const page of [ada, ben]) await canvasOf(page).waitFor({ timeout: 30_000 });
    await drawStroke(ada, 120);
    await eventually('the stroke at Ben', 10_000, () => hasInk(ben, 120), Boolean);
    await drawStroke(ben, 220);
    await eventually('the stroke at Ada', 10_000, () => hasInk(ada, 220), Boolean);
    expect(await hasInk(ada, 320)).toBe(false);
    await eventually('both strokes kept', 10_000, kept, (elements) => elements.length === 2);
  });

  test('shows to each where the other points, as long as they do', async () => {
    const box = await canvasOf(ada).boundingBox();
    if (!box) throw new Error('the board is not shown');
    /** What Excalidraw draws above the board: nothing but the other’s cursor with its name, here. */
    const hasCursor = () =>
      canvasOf(ben).evaluate((canvas: HTMLCanvasElement) => {
        const scale = canvas.width / canvas.clientWidth;
        const around = canvas.getContext('2d')?.getImageData(700 * scale, 400 * scale, 100 * scale, 60 * scale).data;
        return around?.some((value, index) => index % 4 === 3 && value > 0) ?? false;
      });
    await ben.mouse.move(5, 5);
    expect(await hasCursor()).toBe(false);
    await ada.mouse.move(box.x + 715, box.y + 410);
    await eventually('Ada’s cursor at Ben', 5_000, hasCursor, Boolean);
    await ada.mouse.move(5, 5);
    await eventually('no cursor at Ben', 5_000, hasCursor, (isThere) => !isThere);
    expect(await kept()).toHaveLength(2);
  });

  test('is saved as a picture with what was drawn, under the name of the meeting', async () => {
    const downloading = ada.waitForEvent('download');
    await ada.getByRole('button', { name: 'Save as picture' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('Design review door hardware whiteboard.png');
    const bytes = await readFile(await download.path());
    const ink = await ada.evaluate(async (base64) => {
      const response = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([response], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d');
      context?.drawImage(picture, 0, 0);
      const pixels = context?.getImageData(0, 0, picture.width, picture.height).data ?? [];
      let dark = 0;
      for (let pixel = 0; pixel < pixels.length; pixel += 4) if ((pixels[pixel] ?? 255) < 120) dark += 1;
      return { width: picture.width, height: picture.height, dark };
    }, bytes.toString('base64'));
    expect(ink.dark).toBeGreaterThan(200);
    expect(ink.width).toBeGreaterThan(240);
    expect(ink.height).toBeGreaterThan(100);
  });

  test('fills the display of a room that is in the meeting', async () => {
    const terminal = await rig.startTerminal('terminal', ['--no-media']);
    await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
    const { id } = await meetingOnPanel(rig, terminal.panelUrl());
    await touch(terminal.panelUrl(), { kind: 'join', meetingId: id });
    await panelCall(terminal.panelUrl(), 'in', 20_000);
    known.add(new URL(terminal.panelUrl()).origin);
    const display = await viewer.newPage();
    display.on('request', (request) => asked.push(request.url()));
    await display.goto(new URL('/display', terminal.panelUrl()).href);
    await display.locator('canvas.static').waitFor({ timeout: 30_000 });
    const inkOf = () =>
      display.locator('canvas.static').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let dark = 0;
        for (let at = 0; at < pixels.length; at += 4)
          if ((pixels[at] ?? 255) < 120 && (pixels[at + 3] ?? 0) > 0) dark += 1;
        return dark;
      });
    const before = await eventually('both strokes on the display', 10_000, inkOf, (dark) => dark > 200);
    await drawStroke(ada, 320);
    await eventually('the new stroke on the display', 10_000, inkOf, (dark) => dark !== before && dark > 200);
    expect(await display.locator('.excalidraw .layer-ui__wrapper').isVisible()).toBe(false);
    await touch(terminal.panelUrl(), { kind: 'leave' });
  });

  test('can be used by whoever hears it or has no pointer', async () => {
    expect(await seriousViolations(ada)).toEqual([]);
    await ada.getByRole('button', { name: 'Close the whiteboard' }).press('Enter');
    for (const page of [ada, ben]) await canvasOf(page).waitFor({ state: 'detached' });
  });

  test('is there afterwards on the page of the meeting, to look at and to take away', async () => {
    await eventually('all three strokes kept', 10_000, kept, (elements) => elements.length === 3);
    const page = await viewer.newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(rig.fleet.ready().consoleUrl);
    await page.getByRole('navigation').first().waitFor();
    await page.goto(new URL(`/meetings/${meetingId}`, rig.fleet.ready().httpUrl).href);
    await page.getByText('3 things drawn').waitFor();
    await page.getByRole('link', { name: 'Open the whiteboard' }).click();
    await page.locator('canvas.static').waitFor();
    expect(await page.locator('.excalidraw .App-toolbar').count()).toBe(0);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as picture' }).click();
    expect((await downloading).suggestedFilename()).toBe('Design review door hardware whiteboard.png');
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('asks nobody but the fleet for anything, under its Content-Security-Policy', () => {
    const strangers = asked.filter((url) => /^https?:/.test(url) && !known.has(new URL(url).origin));
    expect(strangers).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
