import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousViolations } from '../../../harness/axe.ts';
import { openClientForEach } from './client-tests.ts';

/** On the way in: the door in the built client, over a stand-in for door and signalling. */
let page: Page;
const { begin, prepare, button, joinAs } = openClientForEach((opened) => {
  page = opened;
});

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

describe('without devices', () => {
  it.each([
    ['denied', 'NotAllowedError', /may not use your camera/],
    ['missing', 'NotFoundError', /No camera found/],
    ['busy', 'NotReadableError', /Another program uses your camera/],
  ])('joins all the same when they are %s, and is told what to do', async (_title, name, words) => {
    const server = begin();
    await prepare((errorName) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', errorName));
    }, name);
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
    await prepare(() => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (wanted) =>
        wanted?.video ? Promise.reject(new DOMException('', 'NotFoundError')) : open(wanted);
    });
    await page.goto(server.url);
    await page.getByText('microphone on, camera off', { exact: true }).waitFor();
    await joinAs('Chen Rui');
    await button('Mute').waitFor();
    expect(server.messages[0]).toMatchObject({ media: { isMicrophoneOn: true, isCameraOn: false } });
  });
});
