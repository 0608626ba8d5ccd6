import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForPanel } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from '../harness/browser.ts';
import { type Clip, makeClip } from '../harness/clip.ts';
import { readCodeInVideo } from '../harness/codes.ts';
import { eventually } from '../harness/eventually.ts';
import { readCodeOnDisplay } from '../harness/flow.ts';
import { remoteVideo } from '../harness/frames.ts';
import { type Rig, type RigTerminal, startRig } from '../harness/rig.ts';
import { loudestToneInPage, toneShareInRecording } from '../harness/tones.ts';

/** The tone of the simulated profile's microphone. */
const roomToneHz = 440;
const farToneHz = 1000;

/** From an unclaimed terminal to a room that met somebody, step by step, by what people see and press. */
describe('from an unclaimed terminal to a meeting', () => {
  const stack = new AsyncDisposableStack();
  let rig: Rig;
  let terminal: RigTerminal;
  let clip: Clip;
  let panel: Page;
  let consolePage: Page;
  let client: Page;
  let joinUrl = '';

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'anteroom-clip-'));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    // The way that everything depends on, at the rate that people see.
    clip = await makeClip(folder, farToneHz, { isWhole: true });
    rig = stack.use(await startRig({ isWhole: true }));
    terminal = await rig.startTerminal('terminal');
    panel = await stack.use(await launchBrowser()).newPage();
    consolePage = await stack.use(await launchBrowser({ viewport: { width: 1440, height: 900 } })).newPage();
    client = await stack.use(await launchBrowser({ clip })).newPage();
  }, 120_000);

  afterAll(() => stack.disposeAsync(), 60_000);

  const onPanel = (accept: (state: PanelState) => boolean, withinMs = 20_000) =>
    waitForPanel(terminal.panelUrl(), accept, { signal: AbortSignal.timeout(withinMs) });

  let code = '';
  let keyPhrase = '';

  test('an unclaimed terminal shows a code and a key phrase', async () => {
    await panel.goto(terminal.panelUrl());
    const shown = await onPanel((state) => state.binding.state === 'pairing');
    if (shown.binding.state !== 'pairing') throw new Error('not pairing');
    ({ code, keyPhrase } = shown.binding);
    // Said letter by letter to a screen reader, as it is read out to an administrator.
    await panel.getByText(code.replace('-', '').split('').join(' ')).waitFor();
    await panel.getByText(keyPhrase).first().waitFor();
  }, 40_000);

  test('the one-time link signs in once', async () => {
    const { consoleUrl } = rig.fleet.ready();
    await consolePage.goto(consoleUrl);
    await consolePage.getByRole('link', { name: 'Terminals' }).first().waitFor();
    const other = await stack.use(await launchBrowser()).newPage();
    await other.goto(consoleUrl);
    await other.getByText('The link did not sign you in').waitFor();
    await other.close();
  }, 40_000);

  test('the administrator claims it and gives it a new space and a new cloud room', async () => {
    await consolePage.getByRole('link', { name: 'Terminals' }).first().click();
    await consolePage.getByRole('link', { name: 'Pair a terminal' }).first().click();
    await consolePage.getByLabel('Pairing code').fill(code.toLowerCase());
    await consolePage.getByRole('button', { name: 'Look up' }).click();
    await consolePage.getByText(keyPhrase).waitFor();

    await consolePage.getByLabel('Name of the terminal').fill('Juniper panel');
    await consolePage.getByRole('button', { name: 'New room' }).click();
    const newRoom = consolePage.getByRole('group', { name: 'New room' });
    await newRoom.getByLabel('Name').fill('Juniper');
    await newRoom.getByLabel('Site').fill('Shanghai');
    await newRoom.getByLabel('Floor').fill('3');
    await newRoom.getByRole('button', { name: 'Create room' }).click();
    await consolePage.getByRole('button', { name: 'New cloud room' }).click();
    const newCloudRoom = consolePage.getByRole('group', { name: 'New cloud room' });
    await newCloudRoom.getByLabel('Name').fill('Meridian');
    await newCloudRoom.getByRole('button', { name: 'Create cloud room' }).click();
    await newCloudRoom.waitFor({ state: 'detached' });
    await consolePage.getByRole('button', { name: 'Claim', exact: true }).click();
    await consolePage.getByText('Juniper panel is ready').waitFor({ timeout: 20_000 });
  }, 60_000);

  test('the terminal itself reported the binding, and shows its room', async () => {
    const page = await (await rig.api()).call(terminalRoutes.list, {});
    expect(page.items.find((found) => found.name === 'Juniper panel')).toMatchObject({
      stage: 'assigned',
      isOnline: true,
      space: { name: 'Juniper' },
      room: { name: 'Meridian' },
    });
    await panel.getByText('Juniper').first().waitFor();
  }, 30_000);

  test('a meeting is scheduled in the console and the panel shows it', async () => {
    await consolePage.getByRole('link', { name: 'Meetings' }).first().click();
    await consolePage.getByRole('link', { name: 'New meeting' }).first().click();
    // The list that it comes from stays until the page is there, and has a field for subjects too.
    await consolePage.getByRole('heading', { name: 'New meeting' }).waitFor();
    await consolePage.getByLabel('Subject').fill('Hinge review');
    await consolePage.getByLabel('Cloud room').first().click();
    await consolePage.getByRole('option', { name: /Meridian/ }).click();
    const start = new Date(Date.now() + 3 * 60_000);
    const two = (value: number) => String(value).padStart(2, '0');
    await consolePage
      .getByLabel('Date')
      .fill(`${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`);
    await consolePage.getByLabel('Time', { exact: true }).fill(`${two(start.getHours())}:${two(start.getMinutes())}`);
    await consolePage.getByRole('button', { name: 'Schedule meeting' }).click();
    await consolePage.getByRole('heading', { name: 'Hinge review' }).waitFor();
    await panel.getByText('Hinge review').first().waitFor();
    const shown = await onPanel((state) =>
      state.meetings.some((meeting) => meeting.subject === 'Hinge review' && meeting.canJoin),
    );
    joinUrl = `${rig.fleet.ready().httpUrl}/m/${shown.meetings[0]?.number}`;
    await consolePage
      .getByLabel('Link for guests')
      .and(consolePage.locator(`[value="${joinUrl}"]`))
      .waitFor();
  }, 60_000);

  test('Join is pressed on the panel page, and the panel reacts within 100 ms', async () => {
    const joinButton = panel.getByRole('button', { name: 'Join Hinge review' });
    await joinButton.waitFor();
    const reactedMs = await panel.evaluate(async () => {
      const button =
        document.querySelector<HTMLButtonElement>('button[aria-label^="Join"]') ??
        [...document.querySelectorAll('button')].find((b) => b.textContent?.includes('Join'));
      if (!button) throw new Error('no Join');
      const before = document.body.innerHTML;
      const pressedAtMs = performance.now();
      button.click();
      while (document.body.innerHTML === before) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - pressedAtMs;
    });
    expect(reactedMs).toBeLessThan(100);
    await panel.getByRole('button', { name: 'Leave' }).waitFor({ timeout: 20_000 });
  }, 40_000);

  /** The mark of speech on the room's tile in the soft client. */
  const roomSpeaking = () =>
    client
      .getByRole('list', { name: 'Participants' })
      .getByRole('listitem')
      .filter({ hasText: 'Juniper' })
      .getByRole('img', { name: 'speaking' });

  test('a second person joins from the soft client', async () => {
    await client.goto(joinUrl);
    await client.getByRole('textbox', { name: /name/i }).fill('Mara Okafor');
    await client.getByRole('button', { name: 'Join' }).click();
    await client.locator(remoteVideo).first().waitFor({ timeout: 20_000 });
    await panel.getByText('Mara Okafor').first().waitFor();
  }, 60_000);

  test('the far end reads the code that the room’s camera draws, and it runs', async () => {
    await expectRunning('the far end reads the room', () => readCodeInVideo(client, remoteVideo));
  }, 40_000);

  test('the far end hears the tone of the room’s microphone', async () => {
    const heard = await eventually(
      'the far end hears the room',
      15_000,
      () => loudestToneInPage(client, remoteVideo),
      (hz) => hz !== null && Math.abs(hz - roomToneHz) < 10,
    );
    expect(heard).toBeCloseTo(roomToneHz, -1);
  }, 40_000);

  test('the far end is told that the room speaks', async () => {
    await roomSpeaking().waitFor({ timeout: 15_000 });
  }, 40_000);

  test('the room’s composed picture shows the far end’s code, and it runs', async () => {
    await expectRunning('the room reads the far end', () => readCodeOnDisplay(terminal.panelUrl()));
  }, 40_000);

  test('the room’s speaker plays the far end’s tone, and not its own', async () => {
    const share = await eventually(
      'the room hears the far end',
      15_000,
      () => toneShareInRecording(terminal.speakerRecording, farToneHz),
      (found) => found > 0.8,
    );
    expect(share).toBeGreaterThan(0.8);
    expect(await toneShareInRecording(terminal.speakerRecording, roomToneHz)).toBeLessThan(0.05);
  }, 40_000);

  test('Mute on the panel makes the room silent at the far end, and Unmute brings it back', async () => {
    await panel.getByRole('button', { name: /Mute/ }).click();
    await eventually(
      'the far end hears nothing',
      10_000,
      () => loudestToneInPage(client, remoteVideo),
      (hz) => hz === null,
    );
    await roomSpeaking().waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: /Unmute/ }).click();
    await eventually(
      'the far end hears the room again',
      10_000,
      () => loudestToneInPage(client, remoteVideo),
      (hz) => hz !== null && Math.abs(hz - roomToneHz) < 10,
    );
  }, 60_000);

  test('Leave returns the panel to its schedule', async () => {
    await panel.getByRole('button', { name: 'Leave' }).click();
    // The room holds the meeting, so it is asked what becomes of it.
    await panel.getByRole('button', { name: 'The meeting goes on without this room. Leave' }).click();
    await panel.getByRole('button', { name: 'Join Hinge review' }).waitFor();
    await eventually(
      'the far end is alone',
      10_000,
      () => client.locator(remoteVideo).count(),
      (count) => count === 0,
    );
  }, 40_000);

  /** A frozen picture shows one code for ever. The far side's clip begins again every ten seconds, so codes only differ. */
  async function expectRunning(what: string, read: () => Promise<number | null>): Promise<void> {
    const seen = new Set<number>();
    const readOnce = async () => {
      const code = await read();
      if (code !== null) seen.add(code);
      return seen.size;
    };
    expect(await eventually(what, 20_000, readOnce, (count) => count >= 3)).toBeGreaterThanOrEqual(3);
  }
});
