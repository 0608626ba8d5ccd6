import { expect, it } from 'vitest';
import { openMeetingForEach } from './client-tests.ts';

/** The client as an app: its manifest, the shell without a network, and a new version. */
const { page, server, button, join, prepare } = openMeetingForEach();
const startUrl = () => new URL('/m/', server().url).href;
const whenKept = () =>
  page().evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys()).length;
  });

it('has a manifest that a browser can install', async () => {
  await page().goto(startUrl());
  const href = await page().locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await fetch(new URL(href ?? '', startUrl()))).json();
  expect(manifest).toMatchObject({ name: 'Anteroom', start_url: '/m/', scope: '/m/', display: 'standalone' });
  const icons: { src: string; sizes: string; purpose: string }[] = manifest.icons;
  expect(icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
  for (const { src, sizes } of icons) {
    const png = Buffer.from(await (await fetch(new URL(src, startUrl()))).arrayBuffer());
    // PNG, 11.2.2: width and height stand at the beginning of IHDR.
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
});

it('paints the bars of the browser in the scheme that was chosen, whatever the system has', async () => {
  await page().emulateMedia({ colorScheme: 'light' });
  await page().goto(`${startUrl()}?scheme=dark`);
  await page().getByRole('heading').first().waitFor();
  const colours = await page()
    .locator('meta[name="theme-color"]')
    .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('content')));
  expect(colours).toEqual(['#0c1116', '#0c1116']);
  expect(await page().evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(12, 17, 22)');
});

it('opens without a network and says so, and has kept nothing of the API', async () => {
  await page().goto(server().url);
  await button('Join').waitFor();
  expect(await whenKept()).toBe(1);
  await page().goto(startUrl());
  await page().context().setOffline(true);
  try {
    await page().reload();
    await page().getByRole('heading', { name: 'Go into a meeting' }).waitFor();
    await page().getByText('You are offline.').waitFor();
    await page().goto(server().url);
    await page().getByRole('heading', { name: 'The meeting service does not answer' }).waitFor();
    const kept = await page().evaluate(async () => {
      const caught = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return caught.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/m/');
    expect(kept.filter((path) => path !== '/m/' && !path.startsWith('/client/assets/'))).toEqual([]);
  } finally {
    await page().context().setOffline(false);
  }
  await button('Join').waitFor();
});

it('offers a new version, and never in a meeting', async () => {
  await page().goto(startUrl());
  await whenKept();
  await page().reload();
  const lookForNewVersion = () =>
    page().evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  const offer = page().getByText('A new version of this page is ready.');
  server().clientVersion += 1;
  await lookForNewVersion();
  await offer.waitFor();
  await join();
  expect(await offer.count()).toBe(0);
  await button('Leave').click();
  await offer.waitFor();
  await Promise.all([page().waitForEvent('load'), button('Load it').click()]);
  await page().getByRole('heading', { name: server().door.subject }).waitFor();
  await lookForNewVersion();
  expect(await offer.count()).toBe(0);
});

it('can be installed where the browser offers it', async () => {
  // Chromium's own offer comes when it likes.
  await prepare(() => {
    addEventListener('beforeinstallprompt', (event) => event.isTrusted && event.stopImmediatePropagation());
  });
  await page().goto(startUrl());
  expect(await button('Install as an app').count()).toBe(0);
  await page().evaluate(() => {
    const offer = new Event('beforeinstallprompt');
    Object.assign(offer, { prompt: () => Promise.resolve(document.body.setAttribute('data-prompted', '')) });
    dispatchEvent(offer);
  });
  await button('Install as an app').click();
  await expect.poll(() => page().locator('body[data-prompted]').count()).toBe(1);
  expect(await button('Install as an app').count()).toBe(0);
});
