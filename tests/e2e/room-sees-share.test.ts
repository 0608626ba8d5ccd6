import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForPanel } from '../../scripts/lib/demonstration.ts';
import { eventually } from '../harness/eventually.ts';
import { expectFlowBothWays, readCodeOnDisplay } from '../harness/flow.ts';
import { type LiveMeeting, startLiveMeeting } from '../harness/live-meeting.ts';
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
});
