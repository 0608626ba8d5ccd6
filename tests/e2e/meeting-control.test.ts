import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meetingRoutes } from '@anteroom/shared/api/meetings.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimTerminal, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from '../harness/browser.ts';
import { makeClip } from '../harness/clip.ts';
import { addColleague } from '../harness/colleague.ts';
import { eventually } from '../harness/eventually.ts';
import { readCodeOnDisplay } from '../harness/flow.ts';
import { remoteVideo } from '../harness/frames.ts';
import { joinFromPage } from '../harness/live-meeting.ts';
import { type Rig, type RigTerminal, startRig } from '../harness/rig.ts';
import { panelCall, touch } from '../harness/room.ts';
import { type SmsGateway, startSmsGateway } from '../harness/sms-gateway.ts';
import { loudestToneInPage, toneShareInRecording } from '../harness/tones.ts';
import { colourOf, openScreen, screenToneHz } from './signalling/screen.ts';

const channelOf = { red: 0, lime: 1, blue: 2 } as const;

/** The tone of the simulated profile's microphone. */
const roomToneHz = 440;
const guestToneHz = 1000;

/**
 * Two soft clients and a room in one meeting: the host does what hosts may do, and each effect is looked for where it has
 * to be: in what the others see, hear and are told. That none of it needs the clients' goodwill is shown by
 * signalling/control.test.ts with a client that has none.
 */
describe('a host, a guest and a room', () => {
  const stack = new AsyncDisposableStack();
  let rig: Rig;
  let terminal: RigTerminal;
  /** Sends Chromium's own test picture, and stays muted: what is heard is the guest's or the room's. */
  let host: Page;
  let guest: Page;
  let latecomer: Page;
  let gateway: SmsGateway;
  let joinUrl = '';
  let roomName = '';

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anteroom-clip-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const clip = await makeClip(folder, guestToneHz);
    gateway = stack.use(await startSmsGateway());
    rig = stack.use(await startRig({ fleetArgs: gateway.fleetArgs }));
    terminal = await rig.startTerminal('terminal');
    const demonstration = await rig.demonstration();
    await claimTerminal(demonstration.api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
    const rooms = await demonstration.api.call(roomRoutes.list, {});
    const meeting = await demonstration.host.call(meetingRoutes.create, {
      body: {
        ...{ subject: 'Control', resource: { kind: 'room', roomId: rooms.items[0]?.id ?? 'room_none' } },
        ...{ durationMinutes: 45, timeZone: 'UTC', waitingRoom: 'outsiders' },
      },
    });
    joinUrl = meeting.joinUrl;
    host = await stack.use(await launchBrowser()).newPage();
    guest = await stack.use(await launchBrowser({ clip })).newPage();
    latecomer = await stack.use(await launchBrowser()).newPage();
    await signInOnTheWay(host, rig, new URL(joinUrl).pathname);
    await panel((state) => state.meetings.some(({ meetingId, canJoin }) => meetingId === meeting.id && canJoin));
    await touch(terminal.panelUrl(), { kind: 'join', meetingId: meeting.id });
    await panelCall(terminal.panelUrl(), 'in', 20_000);
  }, 180_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  const panel = (accept: (state: PanelState) => boolean) =>
    waitForPanel(terminal.panelUrl(), accept, { signal: AbortSignal.timeout(20_000) });
  /** What the room is told of somebody. */
  const inRoom = async (
    name: string,
    accept: (entry: Extract<PanelState['call'], { state: 'in' }>['roster'][number]) => boolean,
  ) =>
    await panel(({ call }) => call.state === 'in' && call.roster.some((entry) => entry.name === name && accept(entry)));
  const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
  const people = () => host.getByRole('complementary', { name: 'People' });
  /** Whom the host called and is not in. */
  const called = () => people().getByRole('region', { name: /^Called/ });
  const act = async (name: string, choice: string | RegExp) => {
    await people()
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await dialog(host, name).getByRole('button', { name: choice, exact: true }).click();
  };
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).first();
  const sees = (page: Page, name: string) => page.locator(videoOf(name)).first().waitFor({ timeout: 20_000 });
  const seesNoMore = (page: Page, name: string) => page.locator(videoOf(name)).waitFor({ state: 'detached' });
  const tileOf = (page: Page, name: string) => page.locator('.tile').filter({ hasText: name });
  const askOf = (page: Page, words: string) => page.getByRole('dialog').filter({ hasText: words });
  const videoOf = (name: string) => `video[aria-label="${name}"]`;

  /** The sound of somebody as another page receives it. */
  const heardIn = (page: Page, name: string, accept: (hz: number | null) => boolean) =>
    eventually(`${name} as heard elsewhere`, 20_000, () => loudestToneInPage(page, videoOf(name)), accept);
  const isTone = (toneHz: number) => (hz: number | null) => hz !== null && Math.abs(hz - toneHz) < 10;
  const isSilence = (hz: number | null) => hz === null;
  /** The guest's sound from the room's speaker. */
  const heardInRoom = (accept: (share: number) => boolean) =>
    eventually(
      'the guest as heard in the room',
      20_000,
      () => toneShareInRecording(terminal.speakerRecording, guestToneHz),
      accept,
    );
  const seenInRoom = (accept: (code: number | null) => boolean) =>
    eventually('the guest as seen in the room', 20_000, () => readCodeOnDisplay(terminal.panelUrl()), accept);

  /** Jonas shares a picture in one colour, with a tone. */
  const share = async (colour: keyof typeof channelOf) => {
    await guest.evaluate(`navigator.mediaDevices.getDisplayMedia = async () => (${openScreen})('${colour}')`);
    await button(guest, 'Share').click();
  };
  /** What he shares, as the host's page shows it. */
  const sharedToHost = async () => {
    // As it is now: a locator would wait for what has just gone.
    const [video] = await host.locator('video[aria-label="Shared by Jonas"]').elementHandles();
    return video ? await video.evaluate(colourOf) : null;
  };
  const seesShare = async (colour: keyof typeof channelOf) => {
    await eventually(
      `the host sees ${colour}`,
      20_000,
      sharedToHost,
      (shown) => shown?.every((value, channel) => (channel === channelOf[colour] ? value > 180 : value < 90)) === true,
    );
    await sharedInRoom((share) => share > 0.1);
    await panel(({ call }) => call.state === 'in' && call.content?.kind === 'screen');
  };
  const seesNoShare = async () => {
    await eventually('the host sees nothing shared', 20_000, sharedToHost, (shown) => shown === null);
    await sharedInRoom((share) => share < 0.02);
    await panel(({ call }) => call.state === 'in' && call.content === null);
  };
  const sharedInRoom = (accept: (share: number) => boolean) =>
    eventually(
      'what is shared, as heard in the room',
      20_000,
      () => toneShareInRecording(terminal.speakerRecording, screenToneHz),
      accept,
    );

  test('the waiting room: the guest waits, reads the host’s words, and is admitted', async () => {
    await host.getByRole('button', { name: 'Join' }).click();
    await button(host, 'Mute').click();
    await joinFromPage(guest, joinUrl, 'Jonas');
    await host.getByText('Jonas waits to come in').waitFor();
    await host.getByRole('button', { name: 'See who' }).click();
    await host.getByLabel('Message to all who wait').fill('Two minutes, please.');
    await button(host, 'Send').click();
    await guest.getByText('Two minutes, please.').waitFor();
    expect(await guest.locator(remoteVideo).count()).toBe(0);
    await host
      .getByRole('button', { name: /^Admit/ })
      .first()
      .click();
    await guest.locator(remoteVideo).first().waitFor({ timeout: 20_000 });
    if ((await people().count()) === 0) await host.getByRole('button', { name: /^People/ }).click();
    const inMeeting = await inRoom('Jonas', ({ role }) => role === 'guest');
    if (inMeeting.call.state !== 'in') throw new Error('the room left');
    const { ownParticipantId, roster } = inMeeting.call;
    roomName = roster.find(({ participantId }) => participantId === ownParticipantId)?.name ?? '';
    await inRoom('Ingrid Sol', ({ role }) => role === 'host');
    await seenInRoom((code) => code !== null);
    await heardInRoom((share) => share > 0.8);
    await heardIn(guest, roomName, isTone(roomToneHz));
  }, 120_000);

  test('chat and reactions reach everybody else, on the panel too', async () => {
    await button(guest, /^Chat/).click();
    await guest.getByLabel('Message to everybody').fill('The hinge is 12 mm');
    await button(guest, 'Send').click();
    await button(guest, 'Close the chat').click();
    await host.getByRole('button', { name: /^Chat.* 1 new$/ }).click();
    await host.getByRole('log').getByText('The hinge is 12 mm').waitFor();
    await host.getByRole('button', { name: /^People/ }).click();
    await panel(({ call }) => call.state === 'in' && call.words?.text === 'The hinge is 12 mm');
    await button(guest, 'React').click();
    await dialog(guest, 'React').getByRole('button', { name: 'Applause' }).click();
    await tileOf(host, 'Jonas').getByRole('img', { name: 'Applause' }).waitFor();
    await panel(({ call }) => call.state === 'in' && call.reactions.some(({ reaction }) => reaction === 'applause'));
    await touch(terminal.panelUrl(), { kind: 'control', action: { kind: 'react', reaction: 'heart' } });
    await tileOf(guest, roomName).getByRole('img', { name: 'Love it' }).waitFor();
  }, 120_000);

  test('mute and unmute of one: silent at both receivers, and heard again once the guest agrees', async () => {
    await act('Jonas', 'Mute');
    await heardInRoom((share) => share < 0.05);
    await heardIn(host, 'Jonas', isSilence);
    await inRoom('Jonas', ({ media, isMutedByHost }) => isMutedByHost && !media.isMicrophoneOn);
    await act('Jonas', 'Let unmute, and ask');
    await askOf(guest, 'asks you to unmute').waitFor();
    expect(await toneShareInRecording(terminal.speakerRecording, guestToneHz)).toBeLessThan(0.05);
    await askOf(guest, 'asks you to unmute').getByRole('button', { name: 'Unmute' }).click();
    await heardInRoom((share) => share > 0.8);
  }, 120_000);

  test('mute all that lets them unmute: silent, until guest and room open again by themselves', async () => {
    // It held the meeting before its host came, and is a co-host since, whom this leaves as they are.
    await act(roomName, 'No longer co-host');
    await inRoom(roomName, ({ role }) => role === 'member');
    await button(host, 'Mute all').click();
    await dialog(host, 'Mute everybody?').getByRole('button', { name: 'Mute all' }).click();
    await heardIn(guest, roomName, isSilence);
    await heardInRoom((share) => share < 0.05);
    await guest.getByRole('button', { name: /Unmute$/ }).click();
    await heardInRoom((share) => share > 0.8);
    await touch(terminal.panelUrl(), { kind: 'setMicrophone', isOn: true });
    await heardIn(guest, roomName, isTone(roomToneHz));
  }, 120_000);

  test('mute all without unmuting themselves: room and guest are silent to each other, and cannot help it', async () => {
    await button(host, 'Mute all').click();
    await host.getByLabel('They may unmute themselves').uncheck();
    await dialog(host, 'Mute everybody?').getByRole('button', { name: 'Mute all' }).click();
    await heardIn(guest, roomName, isSilence);
    await heardInRoom((share) => share < 0.05);
    await guest.getByRole('button', { name: /Unmute$/ }).click();
    await guest.getByText('The host muted you and opens microphones').waitFor();
    await button(guest, 'Dismiss').click();
    await expect(touch(terminal.panelUrl(), { kind: 'setMicrophone', isOn: true })).rejects.toThrow('muted_by_host');
    await inRoom(roomName, ({ media }) => !media.isMicrophoneOn);
    expect(await loudestToneInPage(guest, videoOf(roomName))).toBeNull();
  }, 120_000);

  test('unmute all asks: the room is heard only when somebody there agrees', async () => {
    await button(host, 'Unmute all').click();
    await panel(({ call }) => call.state === 'in' && call.hostWish !== null);
    expect(await loudestToneInPage(guest, videoOf(roomName))).toBeNull();
    await touch(terminal.panelUrl(), { kind: 'acceptAsk' });
    await heardIn(guest, roomName, isTone(roomToneHz));
    await askOf(guest, 'asks you to unmute').getByRole('button', { name: 'Unmute' }).click();
    await heardInRoom((share) => share > 0.8);
  }, 120_000);

  test('a stopped camera is seen nowhere, and again once the guest starts it', async () => {
    await act('Jonas', 'Stop camera');
    await seenInRoom((code) => code === null);
    await host.locator(videoOf('Jonas')).waitFor({ state: 'detached' });
    await act('Jonas', 'Allow camera');
    await askOf(guest, 'start your camera').getByRole('button', { name: 'Start camera' }).click();
    await seenInRoom((code) => code !== null);
  }, 120_000);

  test('a share that a host stops is gone everywhere, and may begin again until sharing is forbidden', async () => {
    await share('lime');
    await seesShare('lime');
    await act('Jonas', 'Stop sharing');
    await guest.getByText('A host stopped your share.').waitFor();
    await seesNoShare();
    await share('red');
    await seesShare('red');
    await button(host, 'Only hosts share').click();
    await seesNoShare();
    await button(guest, 'Share').click();
    await guest.getByText('Only the host and co-hosts share in this meeting.').waitFor();
    await seesNoShare();
    await button(host, 'Let all share').click();
    await panel(({ call }) => call.state === 'in' && call.controls.canShare);
    await share('blue');
    await seesShare('blue');
    await button(guest, 'Stop sharing').click();
    await seesNoShare();
  }, 120_000);

  test('spotlight, rename, co-host and hand reach everybody', async () => {
    await act(roomName, 'Show large to everybody');
    const widthOf = async (name: string) =>
      (
        await guest
          .getByRole('list', { name: 'Participants' })
          .getByRole('listitem')
          .filter({ hasText: name })
          .boundingBox()
      )?.width ?? 0;
    await eventually(
      'the room is large to the guest',
      15_000,
      async () => [await widthOf(roomName), await widthOf('Ingrid Sol')] as const,
      ([large, small]) => small > 0 && large > 2 * small,
    );
    await act(roomName, 'End showing large');
    await button(guest, 'Raise hand').click();
    await inRoom('Jonas', ({ handRaisedAt }) => handRaisedAt !== null);
    await act('Jonas', 'Lower hand');
    await inRoom('Jonas', ({ handRaisedAt }) => handRaisedAt === null);
    await act('Jonas', 'Rename');
    await host.getByLabel('Name in this meeting').fill('Jonas Weber');
    await host.keyboard.press('Enter');
    await inRoom('Jonas Weber', () => true);
    await act(roomName, 'Make co-host');
    await inRoom(roomName, ({ role }) => role === 'cohost');
  }, 120_000);

  test('a colleague who is called rings, answers and comes in; is hung up, called again, and back', async () => {
    const mei = 'Mei Arden';
    await addColleague(latecomer, { name: mei, phone: '+4790000071' }, { rig, gateway });
    await latecomer.goto(new URL('/m/?lang=en', joinUrl).href);
    await latecomer.getByText(mei).first().waitFor();
    const answer = async () => {
      const comes = latecomer.waitForEvent('popup');
      await latecomer.getByRole('link', { name: 'Answer' }).click();
      const inside = await comes;
      await button(inside, 'Join').click();
      await heardIn(inside, roomName, isTone(roomToneHz));
      await inRoom(mei, ({ isConnected }) => isConnected);
      await sees(guest, mei);
      return inside;
    };
    await button(host, 'Add').click();
    await dialog(host, 'Add people').getByRole('searchbox').fill('Mei');
    await dialog(host, 'Add people').getByRole('checkbox', { name: mei }).check();
    await dialog(host, 'Add people').getByRole('button', { name: 'Call' }).click();
    await called().getByText('Ringing…').waitFor();
    const first = await answer();
    await act(mei, /^Hang up/);
    await first.getByRole('heading', { name: 'The host ended your call' }).waitFor();
    await seesNoMore(guest, mei);
    await panel(({ call }) => call.state === 'in' && call.roster.every(({ name }) => name !== mei));
    await called()
      .getByRole('button', { name: `Call again: ${mei}` })
      .click();
    const second = await answer();
    await button(second, 'Leave').click();
    await seesNoMore(guest, mei);
    // Whoever uses this browser next is nobody that the fleet knows.
    await latecomer.context().clearCookies();
  }, 120_000);

  test('a room that is hung up is out, and rings when it is called again', async () => {
    await act(roomName, /^Hang up/);
    await panel(({ call }) => call.state === 'idle');
    await seesNoMore(guest, roomName);
    await called()
      .getByRole('button', { name: /^Call again: / })
      .click();
    await panel(({ call }) => call.state === 'ringing' && call.callerName === 'Ingrid Sol');
    await touch(terminal.panelUrl(), { kind: 'answer' });
    await heardIn(guest, roomName, isTone(roomToneHz));
    await sees(guest, roomName);
    await seenInRoom((code) => code !== null);
  }, 120_000);

  test('a locked meeting refuses, an open one has the latecomer wait, and extending moves its end for all', async () => {
    await button(host, 'Lock').click();
    await joinFromPage(latecomer, joinUrl, 'Late');
    await latecomer
      .getByText(/locked/i)
      .first()
      .waitFor();
    expect(await latecomer.locator(remoteVideo).count()).toBe(0);
    await button(host, 'Unlock').click();
    const before = await panel(({ call }) => call.state === 'in');
    const endOf = ({ call }: PanelState) => (call.state === 'in' ? call.meeting.endAt : '');
    await host.getByRole('button', { name: /^Extend the meeting/ }).click();
    await button(host, '15 more minutes').click();
    await panel((state) => Date.parse(endOf(state)) === Date.parse(endOf(before)) + 15 * 60_000);
  }, 120_000);

  test('removal: the guest is out at every receiver, and hears and sees nothing more', async () => {
    await act('Jonas Weber', 'Remove from the meeting');
    await dialog(host, 'Remove Jonas Weber?').getByRole('button', { name: 'Remove', exact: true }).click();
    await guest.getByRole('heading', { name: 'The host removed you from the meeting' }).waitFor();
    expect(await guest.locator(remoteVideo).count()).toBe(0);
    await seenInRoom((code) => code === null);
    await heardInRoom((share) => share < 0.05);
    await panel(({ call }) => call.state === 'in' && call.roster.every(({ name }) => name !== 'Jonas Weber'));
    await host.locator(videoOf('Jonas Weber')).waitFor({ state: 'detached' });
  }, 120_000);

  test('handing over makes the room the host, which then ends the meeting for all', async () => {
    await act(roomName, 'Make host');
    await dialog(host, `Make ${roomName} the host?`).getByRole('button', { name: 'Make host' }).click();
    await inRoom(roomName, ({ role }) => role === 'host');
    await touch(terminal.panelUrl(), { kind: 'control', action: { kind: 'end' } });
    await host.getByRole('heading', { name: /ended/i }).waitFor();
    await panel(({ call }) => call.state !== 'in');
  }, 120_000);
});

/** Signs in to the console on the way to the client, which then knows who it is. */
async function signInOnTheWay(page: Page, rig: Rig, path: string): Promise<void> {
  const { httpUrl, demo } = rig.fleet.ready();
  await page.goto(`${httpUrl}/sign-in?next=${path}&lang=en`);
  await page.getByLabel('Phone or e-mail').fill(demo.hostLogin);
  await page.getByLabel('Password', { exact: true }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname === path);
}
