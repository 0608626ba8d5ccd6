import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForPanel } from '../../scripts/lib/demonstration.ts';
import { readCodeInVideo } from '../harness/codes.ts';
import { eventually } from '../harness/eventually.ts';
import { expectFlowBothWays, readCodeOnDisplay, shadesOnDisplay } from '../harness/flow.ts';
import { type LiveMeeting, startLiveMeeting } from '../harness/live-meeting.ts';
import { panelCall, touch } from '../harness/room.ts';
import { toneShareInRecording } from '../harness/tones.ts';

/** The tone of the far side's clip. */
const clipToneHz = 1000;
const patienceMs = 30_000;

/**
 * A soft client shares while its camera and microphone are closed: the code that the room's display shows, and the tone
 * from the room's speaker, can only be what is shared.
 */
describe('what somebody shares, in a room', () => {
  let meeting: LiveMeeting;

  beforeAll(async () => {
    meeting = await startLiveMeeting();
    // Chromium has no picture of a screen here: the clip, which its camera plays, stands for one.
    await meeting.far.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = () =>
        navigator.mediaDevices.getUserMedia({ video: true, audio: { echoCancellation: false } });
    });
  }, 120_000);
  afterAll(() => meeting?.[Symbol.asyncDispose](), 120_000);

  const press = (name: string) => meeting.far.getByRole('button', { name, exact: true }).first().click();
  const codeOnDisplay = (accept: (code: number | null) => boolean) =>
    eventually('the display', patienceMs, () => readCodeOnDisplay(meeting.terminal.panelUrl()), accept);
  const toneInRoom = (accept: (share: number) => boolean) =>
    eventually(
      'the speaker',
      patienceMs,
      () => toneShareInRecording(meeting.terminal.speakerRecording, clipToneHz),
      accept,
    );
  const contentOnPanel = async (isShared: boolean) => {
    const { call } = await waitForPanel(
      meeting.terminal.panelUrl(),
      ({ call: now }) => now.state === 'in' && (now.content !== null) === isShared,
      { signal: AbortSignal.timeout(patienceMs) },
    );
    return call.state === 'in' ? call : null;
  };

  test('with camera and microphone closed the room sees and hears nothing of it', async () => {
    await press('Stop camera');
    await press('Mute');
    await codeOnDisplay((code) => code === null);
    await toneInRoom((share) => share < 0.05);
  }, 90_000);

  test('what it shares is seen and heard in the room, and its screens are told whose it is', async () => {
    await press('Share');
    await expectFlowBothWays(meeting.far, meeting.terminal.panelUrl(), patienceMs);
    await toneInRoom((share) => share > 0.5);
    const call = await contentOnPanel(true);
    const sharer = call?.roster.find(({ participantId }) => participantId === call.content?.participantId);
    expect(sharer?.name).toBe('Far');
  }, 90_000);

  test('it comes again after the media process was killed', async () => {
    await meeting.kill('mediaProcess', patienceMs);
  }, 90_000);

  test('it comes again after Janus was killed', async () => {
    await meeting.kill('janus', patienceMs);
  }, 90_000);

  test('when it ends, its place on the display and its sound are gone', async () => {
    await press('Stop sharing');
    await codeOnDisplay((code) => code === null);
    await toneInRoom((share) => share < 0.05);
    await contentOnPanel(false);
  }, 90_000);

  test('a whiteboard is on the room’s display with the people beside it, as the display’s page paints it', async () => {
    const display = await meeting.far.context().newPage();
    await display.goto(new URL('/display', meeting.terminal.panelUrl()).href);
    await press('More');
    await meeting.far.getByRole('button', { name: /^Open a whiteboard/ }).click();
    const board = () => shadesOnDisplay(meeting.terminal.panelUrl(), { left: 0.1, right: 0.7, top: 0.2, bottom: 0.8 });
    const { dark: before } = await eventually('a white board', patienceMs, board, ({ bright }) => bright > 0.9);
    const box = await meeting.far.locator('canvas.interactive').boundingBox();
    if (!box) throw new Error('the board is not shown');
    await meeting.far.locator('.excalidraw').press('7');
    await meeting.far.mouse.move(box.x + 300, box.y + 200);
    await meeting.far.mouse.down();
    for (let step = 1; step <= 8; step++)
      await meeting.far.mouse.move(box.x + 300 + step * 40, box.y + 200 + (step % 2) * 150);
    await meeting.far.mouse.up();
    await eventually('the stroke on it', patienceMs, board, ({ dark }) => dark > before + 0.002);
    await display.close();
    await meeting.far.getByRole('button', { name: 'Close the whiteboard' }).press('Enter');
    await eventually('no board', patienceMs, board, ({ bright }) => bright < 0.1);
  }, 90_000);

  describe('the laptop on the room’s table', () => {
    const laptop = () => join(meeting.rig.dataDir, 'terminal', 'laptop');
    const contentVideo = '.content-tile video';
    const panelUrl = () => meeting.terminal.panelUrl();
    const onPanel = (accept: (state: PanelState) => boolean) =>
      waitForPanel(panelUrl(), accept, { signal: AbortSignal.timeout(patienceMs) });
    const untilShare = (phase: 'on' | 'off') =>
      onPanel(({ call }) => call.state === 'in' && call.ownShare.phase === phase);
    const isPluggedIn = (isWanted: boolean) => onPanel(({ input }) => input?.isPluggedIn === isWanted);
    const contentCode = () => readCodeInVideo(meeting.far, contentVideo);
    /** The far side shows a code of the laptop, and then another. */
    const farSeesItRun = async () => {
      const first = await eventually('the far side', patienceMs, contentCode, (code) => code !== null);
      await eventually('the far side', patienceMs, contentCode, (code) => code !== null && code !== first);
    };
    const farSeesNothing = () => meeting.far.locator(contentVideo).waitFor({ state: 'detached', timeout: patienceMs });

    test('once plugged in it is shared by one touch: the meeting sees it, and the room’s own display', async () => {
      await writeFile(laptop(), '');
      await isPluggedIn(true);
      await touch(panelUrl(), { kind: 'share', takesOver: false });
      await untilShare('on');
      await farSeesItRun();
      await codeOnDisplay((code) => code !== null);
    }, 90_000);

    test('it comes again after the media process was killed, and after Janus was', async () => {
      await meeting.kill('mediaProcess', patienceMs);
      await farSeesItRun();
      await meeting.kill('janus', patienceMs);
      await farSeesItRun();
      await untilShare('on');
    }, 120_000);

    test('it is stopped by one touch, and takes the place of what somebody shares only when it says so', async () => {
      await touch(panelUrl(), { kind: 'stopSharing' });
      await untilShare('off');
      await farSeesNothing();
      await press('Share');
      await meeting.far.getByText('Everybody sees', { exact: false }).waitFor();
      await contentOnPanel(true);
      await expect(touch(panelUrl(), { kind: 'share', takesOver: false })).rejects.toThrow('Somebody else is sharing');
      await touch(panelUrl(), { kind: 'share', takesOver: true });
      await untilShare('on');
      await meeting.far.getByText('Somebody else is sharing now.').waitFor();
      await farSeesItRun();
    }, 90_000);

    test('pulling the cable out ends it for everybody', async () => {
      await rm(laptop());
      const { call } = await untilShare('off');
      expect(call.state === 'in' && call.ownShare).toEqual({ phase: 'off', end: 'unplugged' });
      await farSeesNothing();
      await codeOnDisplay((code) => code === null);
    }, 90_000);

    test('after the meeting the room’s display shows what is plugged in, and nothing when it is pulled out', async () => {
      await writeFile(laptop(), '');
      await isPluggedIn(true);
      await touch(panelUrl(), { kind: 'leave' });
      await panelCall(panelUrl(), 'idle', patienceMs);
      await codeOnDisplay((code) => code !== null);
      await rm(laptop());
      await onPanel(({ hasDisplayPreview }) => !hasDisplayPreview);
    }, 90_000);
  });
});
