import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { liveRoutes } from '@anteroom/shared/api/live.ts';
import { type Meeting, meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { operatorRoutes, orderRoutes } from '@anteroom/shared/api/orders.ts';
import type { Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FleetApi } from '../../../../scripts/lib/demonstration.ts';
import { seriousViolations } from '../../../harness/axe.ts';
import { comeLightly, joinDeaf, joinLightly, type LightParticipant } from '../../../harness/light-participants.ts';
import { type Rig, startRig } from '../../../harness/rig.ts';
import { sharePage } from './page-tests.ts';

/** The control page of real meetings: a real fleet with Janus, and participants that send no media. */
let rig: Rig;
let api: FleetApi;
let page: Page;
let meeting: Meeting;

beforeAll(async () => {
  rig = await startRig({ fleetArgs: ['--trusted-proxy', '127.0.0.1'] });
  api = await rig.api();
});
afterAll(() => rig[Symbol.asyncDispose]());
sharePage((opened) => {
  page = opened;
});
const httpUrl = () => rig.fleet.ready().httpUrl;
/** Whoever signed in once is so in every test: a password takes long to compare, as it should. */
let session: Cookie[] = [];
beforeEach(async () => {
  if (session.length > 0) return await page.context().addCookies(session);
  const { login, password } = rig.fleet.ready().demo;
  await page.goto(`${httpUrl()}/sign-in?lang=en`);
  await page.getByLabel('Phone or e-mail').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  session = await page.context().cookies();
});

async function begin(fields: { waitingRoom?: 'everyone' } = {}): Promise<void> {
  const resource = { kind: 'concurrency' as const };
  const body = { subject: 'Design review', resource, durationMinutes: 60, timeZone: 'UTC', ...fields };
  meeting = await api.call(meetingRoutes.create, { body });
}
const come = (name: string, address = '198.51.100.1') => joinLightly(httpUrl(), meeting.number, { name, address });
const look = () => api.call(liveRoutes.get, { params: { meetingId: meeting.id } });
const open = async (search = '') => {
  await page.goto(`${httpUrl()}/meetings/${meeting.id}/control${search}`);
  await page.getByRole('heading', { name: 'In the meeting' }).waitFor();
};
const rowOf = (name: string) => page.getByRole('listitem').filter({ hasText: name });
async function choose(name: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `More actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
}
const entryOf = async ({ participantId }: LightParticipant) =>
  (await look()).roster.find((entry) => entry.participantId === participantId);

describe('the control page', () => {
  it('marks a raised hand and trouble with the network, and cuts no name for them', async () => {
    await begin();
    const name = 'Alexandra Konstantinou';
    const alexandra = await come(name);
    await page.setViewportSize({ width: 1280, height: 800 });
    await open();
    alexandra.send({ type: 'control', id: 1, action: { kind: 'raiseHand', isRaised: true } });
    alexandra.send({ type: 'network', trouble: 'bad' });
    await rowOf(name).getByText('Bad network').waitFor();
    await rowOf(name).getByText(/^Hand/).waitFor();
    const isCut = await rowOf(name)
      .locator('b')
      .evaluate((words) => words.scrollWidth > words.clientWidth);
    expect(isCut).toBe(false);
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('is found from the live meetings and from the meeting', async () => {
    await begin();
    const jonas = await come('Jonas Weber');
    await page.goto(`${httpUrl()}/meetings`);
    await page.getByRole('link', { name: 'Control Design review' }).first().click();
    await page.getByRole('heading', { name: 'In the meeting' }).waitFor();
    await page.goto(`${httpUrl()}/meetings/${meeting.id}`);
    await page.getByRole('button', { name: 'Control' }).click();
    await rowOf('Jonas Weber').waitFor();
    await page.getByText('1 is in.', { exact: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    jonas.terminate();
  });

  it('shows who comes, raises a hand and goes, by itself', async () => {
    await begin();
    await open();
    await page.getByText('Nobody is in the meeting.').waitFor();
    const [jonas, priya] = [await come('Jonas Weber'), await come('Priya Raman')];
    await rowOf('Priya Raman').waitFor();
    priya.send({ type: 'control', id: 1, action: { kind: 'raiseHand', isRaised: true } });
    await rowOf('Priya Raman').getByText('Hand up, no. 1').waitFor();
    jonas.send({ type: 'leave' });
    await rowOf('Jonas Weber').waitFor({ state: 'detached' });
    priya.terminate();
  });

  it('carries every action on one person into the meeting', async () => {
    await begin();
    const [jonas, priya] = [await come('Jonas Weber'), await come('Priya Raman')];
    await open();
    await page.getByRole('button', { name: 'Mute: Priya Raman' }).click();
    await rowOf('Priya Raman').getByText('Muted by host').waitFor();
    await page.getByRole('button', { name: 'Let unmute, and ask: Priya Raman' }).click();
    expect(await priya.next('ask')).toMatchObject({ what: 'microphone' });
    await page.getByText('Asked Priya Raman.').waitFor();
    await choose('Priya Raman', 'Stop camera');
    await rowOf('Priya Raman').getByText('Stopped by host').waitFor();
    await choose('Priya Raman', 'Allow camera');
    expect(await priya.next('ask')).toMatchObject({ what: 'camera' });
    await page.getByRole('button', { name: 'Show large to everybody: Priya Raman' }).click();
    await rowOf('Priya Raman').getByText('shown large').waitFor();
    priya.send({ type: 'control', id: 1, action: { kind: 'raiseHand', isRaised: true } });
    await rowOf('Priya Raman').getByText('Hand up').waitFor();
    await choose('Priya Raman', 'Lower hand');
    await rowOf('Priya Raman').getByText('Hand up').waitFor({ state: 'detached' });
    await choose('Priya Raman', 'Make co-host');
    await rowOf('Priya Raman').getByText('Co-host').waitFor();
    await choose('Priya Raman', 'Rename');
    await page.getByLabel('Name in this meeting').fill('Priya R.');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await rowOf('Priya R.').waitFor();
    await choose('Priya R.', 'Make host');
    await page.getByRole('button', { name: 'Make host', exact: true }).click();
    await expect.poll(async () => (await entryOf(priya))?.role).toBe('host');
    await choose('Jonas Weber', 'Remove');
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    expect(await jonas.next('bye')).toMatchObject({ reason: 'removed' });
    priya.terminate();
  });

  it('shows who was called as it changes, and takes off what nothing reaches yet', async () => {
    await begin();
    const jonas = await come('Jonas Weber');
    await open();
    await page.getByText('Nobody who was called is still outside.').waitFor();
    await page.getByLabel('Phone number').fill('22 12 34 56');
    await page.getByText('Type it with its country code').waitFor();
    await page.getByLabel('Phone number').fill('+47 22 12 34 56');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await rowOf('+4722123456').getByText('Not reachable yet').waitFor();
    expect((await look()).called).toMatchObject([{ name: '+4722123456', state: 'notReachableYet' }]);
    expect(await page.getByLabel('Phone number').inputValue()).toBe('');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take off the list: +4722123456' }).click();
    await rowOf('+4722123456').waitFor({ state: 'detached' });
    jonas.terminate();
  });

  it('carries what is for everybody into the meeting, and its end', async () => {
    await begin();
    const jonas = await come('Jonas Weber');
    await open();
    await page.getByRole('button', { name: 'Mute all…' }).click();
    await page.getByLabel('They may unmute themselves').uncheck();
    await page.getByRole('button', { name: 'Mute all', exact: true }).click();
    await page.getByText('only hosts open microphones').waitFor();
    await page.getByRole('button', { name: 'Unmute all' }).click();
    expect(await jonas.next('ask')).toMatchObject({ what: 'microphone' });
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByText('nobody else comes in').waitFor();
    await page.getByRole('button', { name: 'Only hosts' }).click();
    await page.getByText('hosts and co-hosts', { exact: true }).waitFor();
    expect(await look()).toMatchObject({ controls: { isLocked: true, canShare: false, isMutedOnEntry: false } });
    await page.getByRole('button', { name: 'Extend' }).click();
    await page.getByRole('menuitem', { name: 'Add 15 min' }).click();
    await expect
      .poll(async () => (await api.call(meetingRoutes.get, { params: { meetingId: meeting.id } })).endAt)
      .toBe(new Date(Date.parse(meeting.endAt) + 15 * 60_000).toISOString());
    await page.getByRole('button', { name: 'End for all…' }).click();
    await page.getByRole('button', { name: 'End for all', exact: true }).click();
    expect(await jonas.next('bye')).toMatchObject({ reason: 'meeting_ended' });
    await page.getByText('This meeting is over.').waitFor();
  });

  it('lets in who waits, also while nobody is in', async () => {
    await begin({ waitingRoom: 'everyone' });
    const waiting = await comeLightly(httpUrl(), meeting.number, { name: 'Tom Hargreave', address: '198.51.100.2' });
    await open();
    await page.getByLabel('Message to all who wait').fill('Two minutes');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await waiting.next('notice')).toMatchObject({ text: 'Two minutes' });
    await page.getByRole('button', { name: 'Admit Tom Hargreave' }).click();
    await waiting.next('joined');
    await page.getByText('Nobody waits.').waitFor();
    waiting.terminate();
  });
});

/** Seats for a crowd, ordered and paid for. */
async function orderSeats(quantity: number): Promise<void> {
  const endAt = new Date(Date.now() + 86_400_000).toISOString();
  const lines = [{ kind: 'concurrency' as const, quantity }];
  const { id: orderId } = await api.call(orderRoutes.create, { body: { plan: 'flagship', lines, endAt } });
  const operatorKey = (await readFile(join(rig.dataDir, 'fleet', 'keys', 'operator-key'), 'utf8')).trim();
  await api.call(operatorRoutes.markPaid, { params: { orderId }, body: { operatorKey } });
}

/** From top to bottom, a page at a time: what was drawn at most. */
async function scrollThrough(): Promise<number> {
  return await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    let most = 0;
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await frame();
      most = Math.max(most, document.querySelectorAll('.people-rows > li').length);
    }
    scrollTo(0, 0);
    return most;
  });
}

describe('with five hundred in the meeting', () => {
  it('draws few, finds anybody, scrolls, and is walked through by keys', async () => {
    await orderSeats(500);
    await begin();
    const people: { terminate(): void }[] = [];
    for (let i = 0; i < 500; i += 20) {
      const address = `198.51.100.${3 + i / 20}`;
      const some = Array.from({ length: 20 }, (_none, k) => ({ name: `Person ${i + k + 1}.`, address }));
      people.push(...(await Promise.all(some.map((visitor) => joinDeaf(httpUrl(), meeting.number, visitor)))));
    }
    await open();
    await page.getByText('500 are in.').waitFor();
    await rowOf('Person').first().waitFor();
    expect(await page.locator('.people-rows > li').count()).toBeLessThan(60);

    expect(await scrollThrough()).toBeLessThan(60);
    await page.getByLabel('Find somebody by name').fill('Person 433.');
    await expect.poll(() => page.locator('.people-rows > li').count()).toBe(1);
    await page.waitForURL((url) => url.searchParams.get('q') === 'Person 433.');
    await page.getByRole('button', { name: 'Mute: Person 433.' }).click();
    await rowOf('Person 433.').getByText('Muted by host').waitFor();
    await page.reload();
    await rowOf('Person 433.').getByText('Muted by host').waitFor();

    await open();
    await page
      .getByRole('button', { name: /^More actions for/ })
      .first()
      .focus();
    const row = page.locator('.people-rows > li:focus-within');
    for (let i = 0; i < 80; i++) await page.keyboard.press('ArrowDown');
    expect(await row.getAttribute('aria-posinset')).toBe('81');
    // All between two frames, so that no scroll is told meanwhile.
    await page.evaluate(() => {
      const key = { key: 'ArrowDown', bubbles: true, cancelable: true };
      for (let i = 0; i < 80; i++) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
    });
    expect(await row.getAttribute('aria-posinset')).toBe('161');
    expect(await row.getAttribute('aria-setsize')).toBe('500');
    for (const person of people) person.terminate();
  });
});
