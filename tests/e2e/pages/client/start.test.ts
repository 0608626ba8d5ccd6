import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openMeetingForEach } from './client-tests.ts';
import { planned } from './fixture-account.ts';

/** The client without a meeting, at /m/. */
const { page, server, button, join } = openMeetingForEach();
const startUrl = (query = '') => new URL(`/m/${query}`, server().url).href;
const list = (name: string) => page().getByRole('region', { name });

describe('somebody without an account', () => {
  it('types a number as it is written, and stands at its door', async () => {
    await page().goto(startUrl());
    await page().getByLabel('Meeting number or link').fill('418 205 736');
    await button('To the door').click();
    await page().getByRole('heading', { name: server().door.subject }).waitFor();
  });

  it('is told what a number is, and whose another link is', async () => {
    await page().goto(startUrl());
    const field = page().getByLabel('Meeting number or link');
    await field.fill('4182');
    await page().keyboard.press('Enter');
    await page().getByRole('alert').filter({ hasText: 'nine digits' }).waitFor();
    await field.fill('https://other.example.com/m/418205736');
    await page().keyboard.press('Enter');
    const other = page().getByRole('link', { name: 'Open other.example.com' });
    expect(await other.getAttribute('href')).toBe('https://other.example.com/m/418205736');
  });

  it('finds the meetings of this browser again, and can clear them', async () => {
    await page().goto(startUrl());
    await list('Recently, in this browser').getByText('will be listed here').waitFor();
    await join();
    await button('Leave').click();
    await page().getByRole('heading', { name: 'You left the meeting' }).waitFor();
    await page().goto(startUrl());
    await list('Recently, in this browser')
      .getByRole('link', { name: /^Rejoin Design review/ })
      .click();
    await page().getByRole('heading', { name: server().door.subject }).waitFor();
    await page().goto(startUrl());
    await button('Clear the list').click();
    await list('Recently, in this browser').getByText('will be listed here').waitFor();
    expect(await page().evaluate(() => localStorage.getItem('anteroom.recent-meetings'))).toBeNull();
  });
});

describe('whoever is signed in', () => {
  const signIn = () => {
    const meetings = [planned('Weekly door review', -3, { state: 'live', number: server().door.number })];
    server().account = { name: 'Kari Nordmann', personalNumber: '730114285', meetings };
  };

  it('sees their meetings of today, joins the one that is on, and has their personal number', async () => {
    signIn();
    await page().goto(startUrl());
    await page().getByText('Signed in as Kari Nordmann').waitFor();
    await list('Your personal meeting ID').getByText('730\u00a0114\u00a0285').waitFor();
    await page().context().grantPermissions(['clipboard-read', 'clipboard-write', 'camera', 'microphone']);
    await button('Copy link').click();
    await page().getByText('The link is copied.').waitFor();
    expect(await page().evaluate(() => navigator.clipboard.readText())).toBe(new URL('/m/730114285', startUrl()).href);
    await list('Your meetings today').getByRole('link', { name: 'Join Weekly door review' }).waitFor();
    await page().getByRole('button', { name: 'Join Weekly door review' }).click();
    await page().getByRole('heading', { name: server().door.subject }).waitFor();
  });

  it('is told what to do when there is none', async () => {
    signIn();
    server().account?.meetings.splice(0);
    await page().goto(startUrl());
    await list('Your meetings today').getByText('No meeting of yours today.').waitFor();
    const plan = list('Your meetings today').getByRole('link', { name: 'Plan a meeting' });
    expect(await plan.getAttribute('href')).toBe('/meetings/new');
  });

  it.each([
    [1280, 'light', 'en'],
    [390, 'dark', 'zh-CN'],
    [360, 'light', 'en'],
  ] as const)('has a page that serves everybody and fits %i px (%s, %s)', async (width, scheme, lang) => {
    signIn();
    await page().setViewportSize({ width, height: 800 });
    await page().goto(startUrl(`?scheme=${scheme}&lang=${lang}`));
    await page().getByText('Kari Nordmann').waitFor();
    expect(await seriousViolations(page())).toEqual([]);
    const overflowPx = () =>
      page().evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await overflowPx()).toBe(0);
  });
});
