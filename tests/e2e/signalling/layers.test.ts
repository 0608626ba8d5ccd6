import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullPictureFps, launchBrowser, type TestBrowser } from '../../harness/browser.ts';
import { eventually } from '../../harness/eventually.ts';
import { type Attendee, attend, type SignallingRig, seesFrames, startSignallingRig } from './rig.ts';

/** Which videos come, and in which of the layers that a browser sends, follows what the receiver shows. */
describe('what a receiver shows, over a real Janus', () => {
  let rig: SignallingRig;
  let browser: TestBrowser;
  let ada: Attendee;
  let ben: Attendee;
  let eve: Attendee;

  beforeAll(async () => {
    rig = await startSignallingRig({ capacity: 4 });
    browser = await launchBrowser({ pictureFps: fullPictureFps });
    ada = await attend(rig, await browser.newPage(), { name: 'Ada', camera: { width: 1280, height: 720 } });
    eve = await attend(rig, await browser.newPage(), { name: 'Eve', isWatching: true });
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await rig?.[Symbol.asyncDispose]();
  });

  const show = (view: MeetingView) => eve.page.evaluate((shown) => window.rehearsal.setView(shown), view);
  const remotes = async () => {
    const state = await eve.page.evaluate(() => window.rehearsal.state());
    return state?.phase === 'joined' ? state.remotes : [];
  };
  /** Whose picture is forwarded; their voice is either way. */
  const pictures = async () => {
    const ids = await remotes();
    const heights = await Promise.all(
      ids.map((id) => eve.page.evaluate((participantId) => window.rehearsal.hasPicture(participantId), id)),
    );
    return ids.filter((_id, index) => heights[index]);
  };
  const linesOf = (sender: Attendee) => eve.page.evaluate((id) => window.rehearsal.linesOf(id), sender.participantId);
  const seesLines = (sender: Attendee, lines: (height: number) => boolean) =>
    eventually('the picture has its lines', 15_000, () => linesOf(sender), lines);
  const one = (sender: Attendee, heightPx: number): MeetingView => ({
    videos: [{ participantId: sender.participantId, heightPx }],
    mostVideos: 1,
  });

  test('a small tile gets the low layer, a large one the high, and goes on without a gap', async () => {
    await seesFrames(eve, ada, 10_000);
    await show(one(ada, 120));
    await seesLines(ada, (lines) => lines === 180);
    await seesFrames(eve, ada, 5_000);
    await show(one(ada, 700));
    await seesLines(ada, (lines) => lines === 720);
    await seesFrames(eve, ada, 5_000);
    await show(one(ada, 300));
    await seesLines(ada, (lines) => lines === 360);
  });

  test('a video that is sent in one size comes as it is, whatever its tile', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => {
      const { addTransceiver } = RTCPeerConnection.prototype;
      RTCPeerConnection.prototype.addTransceiver = function (kind, init) {
        return addTransceiver.call(this, kind, { direction: init?.direction ?? 'sendonly' });
      };
    });
    ben = await attend(rig, page, { name: 'Ben' });
    await show({ videos: [...one(ada, 120).videos, ...one(ben, 120).videos], mostVideos: 9 });
    await seesFrames(eve, ben, 10_000);
    await seesLines(ben, (lines) => lines === 360);
    await seesLines(ada, (lines) => lines === 180);
  });

  test('only what is shown comes, and what is shown next comes when it is', async () => {
    await show(one(ben, 300));
    await eventually('Ada is not sent any more', 5_000, pictures, (shown) => !shown.includes(ada.participantId));
    await show(one(ada, 300));
    await eventually('Ada is sent instead', 5_000, pictures, (shown) => shown.includes(ada.participantId));
    await seesFrames(eve, ada, 5_000);
  });

  test('is told anew when the connection was lost', async () => {
    await show(one(ada, 120));
    await seesLines(ada, (lines) => lines === 180);
    rig.breakSockets();
    await eventually(
      'Eve is back',
      10_000,
      () => eve.page.evaluate(() => window.rehearsal.state()),
      (state) => state?.phase === 'joined' && !state.isReconnecting,
    );
    await seesFrames(eve, ada, 10_000);
    await seesLines(ada, (lines) => lines === 180);
    expect((await pictures()).length).toBe(1);
  });
});
