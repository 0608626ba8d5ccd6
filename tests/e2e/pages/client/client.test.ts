import { brotliCompressSync } from 'node:zlib';
import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { Page, Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openClientForEach } from './client-tests.ts';
import { other } from './fixture.ts';

/** The built soft client over a stand-in for door and signalling; media and the real fleet are met by the other tests. */
let page: Page;
const { begin, forThisTest } = openClientForEach((opened) => {
  page = opened;
});

const button = (name: string | RegExp) => page.getByRole('button', { name });
const tile = (name: string) =>
  page.getByRole('list', { name: 'Participants' }).getByRole('listitem').filter({ hasText: name });

async function joinAs(name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await button('Join').click();
}

describe('before the door', () => {
  it('tells the meeting, shows the own camera and remembers the name', async () => {
    const server = begin(4);
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'Design review: door hardware' }).waitFor();
    await page.getByText(/Lin Yuehan hosts · Cedar, Shanghai/).waitFor();
    await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    await joinAs('Chen Rui');
    await button('Leave').waitFor();
    expect(server.entered).toEqual([{ name: 'Chen Rui' }]);
    await page.reload();
    await expect.poll(() => page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Chen Rui');
  });

  it('asks for a name first', async () => {
    const server = begin();
    await page.goto(server.url);
    await button('Join').click();
    await page.getByRole('alert').filter({ hasText: 'Type your name' }).waitFor();
    expect(server.entered).toEqual([]);
  });

  it('asks for the password, and says when it is wrong', async () => {
    const server = begin();
    server.door.needsPassword = true;
    server.password = 'hinge';
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await page.getByText('This meeting asks for a password.').waitFor();
    await page.getByLabel('Meeting password').fill('latch');
    await button('Join').click();
    await page.getByRole('alert').filter({ hasText: 'The meeting password is wrong' }).waitFor();
    await page.getByLabel('Meeting password').fill('hinge');
    await button('Join').click();
    await button('Leave').waitFor();
  });

  it('stays closed until ten minutes before, and when the meeting is over', async () => {
    const early = begin(40);
    await page.goto(early.url);
    await page.getByText(/The door opens at/).waitFor();
    expect(await button('Join').count()).toBe(0);
    await page.getByText('it opens by itself').waitFor();
    const over = begin();
    over.door.state = 'over';
    await page.goto(over.url);
    await page.getByText('This meeting is over').waitFor();
    expect(await button('Join').count()).toBe(0);
  });

  it('says that nobody goes in before the host, while it is closed and when it is open', async () => {
    const early = begin(40);
    early.door.waitsForHost = true;
    await page.goto(early.url);
    await page.getByText(/opens by itself\. You go in once a host is there/).waitFor();
    const soon = begin(5);
    soon.door.waitsForHost = true;
    await page.goto(soon.url);
    await button('Join').waitFor();
    await page.getByText('You go in once a host is there.').waitFor();
  });

  it('says that a link leads nowhere', async () => {
    const server = begin();
    await page.goto(server.url.replace(/\d{9}$/, '999999999'));
    await page.getByRole('heading', { name: 'This link leads to no meeting' }).waitFor();
  });

  it('says why the meeting refuses', async () => {
    const server = begin();
    server.refusal = 'organization_only';
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await page.getByRole('alert').filter({ hasText: 'people of the host’s organization' }).waitFor();
    await button('Join').waitFor();
  });

  it('waits where a seat is missing, says so, and can be left', async () => {
    const server = begin();
    server.refusal = 'room_full';
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await page.getByRole('status').filter({ hasText: 'No seat is free' }).waitFor();
    await button('Cancel').click();
    await button('Join').waitFor();
  });

  it('waits while the media server restarts, and lets go when asked', async () => {
    const server = begin();
    server.refusal = 'media_unavailable';
    await page.goto(server.url);
    await joinAs('Chen Rui');
    await page.getByText('This page tries again by itself.').waitFor();
    await button('Cancel').click();
    await button('Join').waitFor();
  });
});

describe('whoever is held', () => {
  it('reads why and who can end it, and is in by themselves', async () => {
    const server = begin();
    server.hold = 'waiting_room';
    await page.goto(server.url);
    await joinAs('Chen Rui');
    const words = page.getByRole('status');
    await words.filter({ hasText: 'You are in the waiting room.' }).waitFor();
    expect(await words.textContent()).toContain('The host can end this.');
    server.say({ type: 'held', reason: 'meeting_full' });
    await words.filter({ hasText: 'as many participants as its plan allows' }).waitFor();
    server.letIn();
    await button('Leave').waitFor();
    expect(server.messages.filter(({ type }) => type === 'join')).toMatchObject([{ canWait: true }]);
  });
});

describe('whoever is signed in', () => {
  it('goes in with their account and types neither name nor password', async () => {
    const server = begin();
    server.door.visitor = { name: 'Kari Nordmann' };
    await page.goto(server.url);
    await page.getByText('You go in as Kari Nordmann').waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    await button('Join').click();
    await button('Leave').waitFor();
    expect(server.entered).toEqual([{ name: 'Kari Nordmann' }]);
  });

  it.each([
    ['account_deleted', 'Your account has been deleted.'],
    ['removed_from_organization', /^You have been removed from the organization\./],
  ] as const)('is told why they are signed in no more, in the meeting too: %s', async (reason, words) => {
    const server = begin();
    server.door.visitor = { name: 'Kari Nordmann' };
    await page.goto(server.url);
    await button('Join').click();
    await button('Leave').waitFor();
    server.endSession(reason);
    const notice = page.getByRole('alert').filter({ hasText: words });
    await notice.waitFor();
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  const callInto = (number: string, subject: string): OwnRing => ({
    ...{ meetingId: newId('meeting'), number, subject, callerName: 'Lin Yuehan', isOwnCall: false },
    ...{ state: 'ringing', calledAt: new Date().toISOString(), settledAt: null, canJoin: true },
    ringUntil: new Date(Date.now() + 40_000).toISOString(),
  });
  const calls = () => page.getByRole('region', { name: 'Calls' });

  it('is called no more into the meeting that they went into', async () => {
    const server = begin();
    server.door.visitor = { name: 'Kari Nordmann' };
    server.rings = [callInto(server.door.number, server.door.subject)];
    await page.goto(server.url);
    await calls().getByText(server.door.subject).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Join' }).click();
    await button('Leave').waitFor();
    expect(await calls().getByText(server.door.subject).count()).toBe(0);
  });

  it('answers a call into the meeting at whose door they stand by going in, and declines another', async () => {
    const server = begin();
    const { door } = server;
    door.visitor = { name: 'Kari Nordmann' };
    server.rings = [callInto('501662398', 'Stand-up'), callInto(door.number, door.subject)];
    await page.goto(server.url);
    await calls().getByText('Stand-up').waitFor();
    expect(await calls().getByRole('link', { name: 'Answer' }).getAttribute('href')).toBe('/m/501662398');
    expect(await seriousViolations(page)).toEqual([]);
    await calls().getByRole('button', { name: 'Decline' }).first().click();
    await calls().getByText('Stand-up').waitFor({ state: 'detached' });
    await expect.poll(() => server.rings[0]?.state).toBe('declined');
    await calls().getByRole('button', { name: 'Answer' }).click();
    await button('Leave').waitFor();
  });
});

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

describe('without devices', () => {
  it.each([
    ['denied', 'NotAllowedError', /may not use your camera/],
    ['missing', 'NotFoundError', /No camera found/],
    ['busy', 'NotReadableError', /Another program uses your camera/],
  ])('joins all the same when they are %s, and is told what to do', async (_title, name, words) => {
    const server = begin();
    forThisTest(
      await page.addInitScript((errorName) => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', errorName));
      }, name),
    );
    await page.goto(server.url);
    await page.getByText(words).waitFor();
    await page.getByText('microphone off, camera off', { exact: true }).waitFor();
    await joinAs('Chen Rui');
    await button('Unmute').waitFor();
    expect(server.messages[0]).toMatchObject({
      type: 'join',
      media: { isMicrophoneOn: false, isCameraOn: false },
    });
    expect(server.messages[0]).not.toHaveProperty('offer');
  });

  it('keeps the microphone when only the camera fails', async () => {
    const server = begin();
    forThisTest(
      await page.addInitScript(() => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = (wanted) =>
          wanted?.video ? Promise.reject(new DOMException('', 'NotFoundError')) : open(wanted);
      }),
    );
    await page.goto(server.url);
    await page.getByText('microphone on, camera off', { exact: true }).waitFor();
    await joinAs('Chen Rui');
    await button('Mute').waitFor();
    expect(server.messages[0]).toMatchObject({ media: { isMicrophoneOn: true, isCameraOn: false } });
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

/** As the fleet sends it: fonts and pictures are compressed in themselves. */
async function compressedSizeOf(url: string): Promise<number> {
  const body = Buffer.from(await (await fetch(url)).arrayBuffer());
  return /\.(woff2|png)$/.test(new URL(url).pathname) ? body.length : brotliCompressSync(body).length;
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
    const sizes = await Promise.all([...urls].map(compressedSizeOf));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThan(250_000);
  });
});
