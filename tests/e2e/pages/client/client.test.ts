import { brotliCompressSync } from 'node:zlib';
import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openClientForEach } from './client-tests.ts';
import { other } from './fixture.ts';

/** The built soft client over a stand-in for door and signalling; media and the real fleet are met by the other tests. */
let page: Page;
const { begin, button, joinAs } = openClientForEach((opened) => {
  page = opened;
});

const tile = (name: string) =>
  page.getByRole('list', { name: 'Participants' }).getByRole('listitem').filter({ hasText: name });

describe('a trial meeting', () => {
  it('plays its guide, step by step', async () => {
    const server = begin();
    server.door.isTrial = true;
    await page.goto(server.url);
    await joinAs('Chen Rui');
    const guide = page.getByRole('region', { name: 'One-minute guide' });
    await guide.getByText('1 of 4').waitFor();
    for (let step = 2; step <= 4; step++) {
      await guide.getByRole('button', { name: 'Next' }).click();
      await guide.getByText(`${step} of 4`).waitFor();
    }
    expect(await seriousViolations(page)).toEqual([]);
    await guide.getByRole('button', { name: 'Done' }).click();
    await guide.waitFor({ state: 'detached' });
  });
});

describe('in the meeting', () => {
  it('shows who is here, who is muted and who speaks, as they come and go', async () => {
    const server = begin();
    server.others.push(other('Cedar', { kind: 'terminal', isSpeaking: true }));
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await tile('Cedar').getByRole('img', { name: 'speaking' }).waitFor();
    server.others.push(other('Jonas Weber', { media: { isMicrophoneOn: false, isCameraOn: false } }));
    server.sayRoster();
    await tile('Jonas Weber').getByText('muted').waitFor();
    await button('People 3').click();
    const people = page.getByRole('complementary', { name: 'People' });
    expect(await people.getByRole('listitem').allTextContents()).toHaveLength(3);
    server.others.length = 0;
    server.sayRoster();
    await page.getByText('Nobody else is in yet').waitFor();
  });

  it('sends what is on, and lets the camera go when it is off', async () => {
    const server = begin();
    await page.goto(server.url);
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await joinAs('Chen Rui');
    await button('Mute').click();
    await button('Unmute').waitFor();
    await button('Stop camera').click();
    await button('Start camera').waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await expect
      .poll(() => server.messages.filter((message) => message.type === 'media').at(-1))
      .toEqual({ type: 'media', media: { isMicrophoneOn: false, isCameraOn: false } });
    await button('Start camera').click();
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  });

  it('warns five minutes before the end', async () => {
    const early = begin(-39);
    await page.goto(early.url);
    await joinAs('Chen Rui');
    await page.getByText(/^[56] min left$/).waitFor();
    const late = begin(-41);
    await page.goto(late.url);
    await joinAs('Chen Rui');
    await page.getByText(/^Ends in [34] min$/).waitFor();
  });

  it('says that the connection was lost, and comes back', async () => {
    const server = begin();
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await button('Leave').waitFor();
    const joins = () => server.messages.filter((message) => message.type === 'join').length;
    server.dropSocket();
    await expect.poll(joins).toBeGreaterThan(1);
    await page.getByText('The connection was lost').waitFor({ state: 'detached' });
    await button('Leave').waitFor();
  });

  it('leaves, lets the devices go, and goes in again', async () => {
    const server = begin();
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await button('Leave').click();
    await page.getByRole('heading', { name: 'You left the meeting' }).waitFor();
    await expect.poll(() => server.messages.at(-1)).toEqual({ type: 'leave' });
    await button('Rejoin').click();
    await button('Leave').waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
  });

  it('says that the host ended it, and offers no way back', async () => {
    const server = begin();
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await button('Leave').waitFor();
    server.say({ type: 'bye', reason: 'meeting_ended' });
    await page.getByRole('heading', { name: 'The host ended the meeting' }).waitFor();
    expect(await button('Rejoin').count()).toBe(0);
  });

  it('marks one’s own picture apart from those of others', async () => {
    const server = begin();
    await page.goto(server.url);
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await joinAs('Chen Rui');
    await button('Leave').waitFor();
    expect(await page.locator('video').count()).toBe(1);
    expect(await page.locator('video[data-participant-id]').count()).toBe(0);
  });
});

/** As the fleet sends it: what the build compressed, fonts and pictures as they are, and the rest compressed on the way. */
async function sentBytesOf(url: string): Promise<number> {
  const { pathname } = new URL(url);
  const isBuilt = /\.(js|css)$/.test(pathname);
  const response = await fetch(isBuilt ? `${url}.br` : url);
  expect(response.status, url).toBe(200);
  const body = Buffer.from(await response.arrayBuffer());
  return isBuilt || /\.(woff2|png)$/.test(pathname) ? body.length : brotliCompressSync(body).length;
}

describe.each([
  ['wide and light, in English', 1280, 'light', 'en', 'Join'],
  ['at phone width and dark, in Chinese', 390, 'dark', 'zh-CN', '加入'],
] as const)('the client %s', (_title, width, scheme, lang, join) => {
  it('serves everybody and fits its width, before, in and after the meeting', async () => {
    const server = begin(4);
    server.others.push(other('Cedar', { kind: 'terminal' }), other('Jonas Weber', { isSpeaking: true }));
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${server.url}?scheme=${scheme}&lang=${lang}`);
    const check = async () => {
      expect(await seriousViolations(page)).toEqual([]);
      const overflowPx = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflowPx).toBe(0);
    };
    await page.getByRole('textbox').fill('Chen Rui');
    await check();
    await button(join).click();
    await page.getByRole('button', { name: lang === 'en' ? 'Mute' : '静音' }).click();
    await page.getByRole('button', { name: lang === 'en' ? 'People' : '与会者' }).click();
    await check();
    await page.getByRole('button', { name: lang === 'en' ? 'Close the list' : '关闭列表' }).click();
    await page.getByRole('button', { name: lang === 'en' ? 'Leave' : '离开' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await check();
  });

  it('needs at most 250 kB compressed before the meeting', async () => {
    const server = begin(4);
    const urls = new Set<string>();
    const note = (request: Request) => urls.add(request.url());
    page.on('request', note);
    await page.goto(`${server.url}?lang=${lang}`);
    await button(join).waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.waitForLoadState('networkidle');
    page.off('request', note);
    const sizes = await Promise.all([...urls].map(sentBytesOf));
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
  });
});
