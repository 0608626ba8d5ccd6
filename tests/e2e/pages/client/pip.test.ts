import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { other } from './fixture.ts';

/** Whoever speaks, above all other windows, in the built client over a stand-in for the fleet. */
const { page, server, button, dialog, join, joinAsHost, prepare } = openMeetingForEach();
const line = () => dialog('More').getByRole('button', { name: /^Picture in picture/ });

async function joinWithOthers(go = join): Promise<void> {
  const off = { media: { isMicrophoneOn: true, isCameraOn: false } };
  server().others.push(other('Mika Sato', off), other('Jonas Weber', off));
  await go();
  // A browser opens such a window only for somebody who has touched the page.
  await page().getByRole('heading', { level: 1 }).click();
}

/** The small window, which is a page of its own to whoever drives the browser. */
async function openByKey(): Promise<Page> {
  const opened = page().context().waitForEvent('page');
  await page().keyboard.press('i');
  return opened;
}

describe('a window of its own', () => {
  it('shows whoever speaks, mutes, and serves everybody', async () => {
    await joinWithOthers();
    const small = await openByKey();
    // Until somebody speaks it is anybody.
    for (const entry of server().others) entry.isSpeaking = entry.name === 'Mika Sato';
    server().sayRoster();
    await small.getByText('Mika Sato').waitFor();
    for (const entry of server().others) entry.isSpeaking = entry.name === 'Jonas Weber';
    server().sayRoster();
    await small.getByText('Jonas Weber').waitFor();
    expect(await seriousViolations(small)).toEqual([]);
    expect(await seriousViolations(page())).toEqual([]);
    // Their picture is forwarded wherever they stand on the stage.
    const jonas = server().others.find(({ name }) => name === 'Jonas Weber')?.participantId;
    await expect
      .poll(() => server().messages.findLast(({ type }) => type === 'view'))
      .toMatchObject({ view: { videos: expect.arrayContaining([expect.objectContaining({ participantId: jonas })]) } });
    await small.getByRole('button', { name: 'Mute' }).click();
    await button(/Unmute$/).waitFor();
    await small.getByRole('button', { name: 'Unmute' }).waitFor();
    const closed = small.waitForEvent('close');
    await page().keyboard.press('i');
    await closed;
  });

  it('closes with the meeting, and leaves it', async () => {
    await joinWithOthers();
    const small = await openByKey();
    const closed = small.waitForEvent('close');
    await small.getByRole('button', { name: 'Leave' }).click();
    await closed;
    await expect.poll(() => server().messages.at(-1)).toEqual({ type: 'leave' });
  });

  it('asks a host on the page how to leave, and stays open when they stay', async () => {
    await joinWithOthers(joinAsHost);
    const small = await openByKey();
    await small.getByRole('button', { name: 'Leave' }).click();
    const ways = dialog('Leave the meeting');
    await ways.getByRole('button', { name: /^End for all/ }).waitFor();
    expect(await small.getByRole('dialog').count()).toBe(0);
    await page().keyboard.press('Escape');
    await ways.waitFor({ state: 'detached' });
    expect(server().messages.map(({ type }) => type)).not.toContain('leave');
    await small.getByRole('button', { name: 'Leave' }).click();
    await ways.waitFor();
    // The question is the page's: it stays when the small window goes.
    await small.close();
    await ways.getByRole('button', { name: /goes on without you/ }).click();
    await expect.poll(() => server().messages.at(-1)).toEqual({ type: 'leave' });
  });
});

it('is the video alone where a browser has no such window', async () => {
  await prepare(() => {
    Reflect.deleteProperty(window, 'documentPictureInPicture');
    HTMLVideoElement.prototype.requestPictureInPicture = function request() {
      Reflect.set(window, 'pictured', this.className);
      return Promise.reject(new DOMException('not now', 'NotAllowedError'));
    };
  });
  await joinWithOthers();
  await button('More').click();
  await line().getByText('Nobody else’s camera is on').waitFor();
  expect(await line().getAttribute('aria-disabled')).toBe('true');
  await page().keyboard.press('Escape');
  for (const entry of server().others) entry.media = { isMicrophoneOn: true, isCameraOn: true };
  server().sayRoster();
  await button('More').click();
  await line().getByText('Whoever speaks').waitFor();
  await line().click();
  await page().locator('.pip-source').dispatchEvent('loadedmetadata');
  await expect.poll(() => page().evaluate(() => Reflect.get(window, 'pictured'))).toBe('pip-source');
  await button('More').click();
  await line().getByText('The browser did not open it').waitFor();
});

it('says so where a browser has neither', async () => {
  await prepare(() => {
    Reflect.deleteProperty(window, 'documentPictureInPicture');
    Object.defineProperty(Document.prototype, 'pictureInPictureEnabled', { value: false });
  });
  await joinWithOthers();
  await page().keyboard.press('i');
  await button('More').click();
  await line().getByText('This browser has no small window').waitFor();
  expect(await line().getAttribute('aria-disabled')).toBe('true');
});
