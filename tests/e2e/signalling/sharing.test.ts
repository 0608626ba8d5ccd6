import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullPictureFps, launchBrowser, type TestBrowser } from '../../harness/browser.ts';
import { eventually } from '../../harness/eventually.ts';
import { type Attendee, attend, type SignallingRig, seesFrames, startSignallingRig } from './rig.ts';

type Colour = 'red' | 'lime' | 'blue';
const channelOf: Record<Colour, 0 | 1 | 2> = { red: 0, lime: 1, blue: 2 };
const audible = 0.05;

describe('sharing over a real Janus', () => {
  let rig: SignallingRig;
  let browser: TestBrowser;
  let host: Attendee;
  let ben: Attendee;
  let mallory: Attendee & { participantId: ParticipantId };

  beforeAll(async () => {
    rig = await startSignallingRig({ capacity: 4 });
    browser = await launchBrowser({ pictureFps: fullPictureFps });
    host = await attend(rig, await browser.newPage(), {
      name: 'Hana',
      ticket: rig.admission.issueTicketAs('host', 'Hana').ticket,
    });
    ben = await attend(rig, await browser.newPage(), { name: 'Ben' });
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await rig?.[Symbol.asyncDispose]();
  });

  const stateOf = async ({ page }: Attendee) => {
    const state = await page.evaluate(() => window.rehearsal.state());
    if (state?.phase !== 'joined') throw new Error(`not in the meeting: ${state?.phase}`);
    return state;
  };
  const share = ({ page }: Attendee, colour: Colour, takesOver = false) =>
    page.evaluate(([what, over]) => window.rehearsal.share(what, over), [colour, takesOver] as const);
  const framesOfContent = async ({ page }: Attendee) =>
    (await page.evaluate(() => window.rehearsal.shown())).content ?? null;
  const does = async (action: ControlAction) => {
    expect(await host.page.evaluate((given) => window.rehearsal.control(given), action)).toBeNull();
  };

  /** The shared picture, and more and more of it, is shown in this colour. */
  async function seesContent(viewer: Attendee, colour: Colour): Promise<void> {
    const channel = channelOf[colour];
    await eventually(
      `a ${colour} screen is shown`,
      8_000,
      () => viewer.page.evaluate(() => window.rehearsal.contentColour()),
      (shown) => shown?.every((value, index) => (index === channel ? value > 180 : value < 90)) === true,
    );
    const before = (await framesOfContent(viewer)) ?? 0;
    await eventually(
      'it goes on',
      5_000,
      () => framesOfContent(viewer),
      (now) => now !== null && now > before + 3,
    );
  }

  async function seesNoContent(viewer: Attendee): Promise<void> {
    await eventually(
      'nothing is shared',
      3_000,
      () => framesOfContent(viewer),
      (frames) => frames === null,
    );
    expect((await stateOf(viewer)).talk.content).toBeNull();
  }

  test('everybody else sees a screen and hears its sound, beside the people', async () => {
    expect(await share(ben, 'red')).toBeNull();
    await seesContent(host, 'red');
    await eventually(
      'its sound is heard',
      5_000,
      () => host.page.evaluate(() => window.rehearsal.loudness('content')),
      (loudness) => loudness > audible,
    );
    await seesFrames(host, ben, 3_000);
    expect((await stateOf(host)).talk.content).toMatchObject({ kind: 'screen', participantId: ben.participantId });
    expect(await framesOfContent(ben)).toBeNull();
    expect((await stateOf(ben)).share.phase).toBe('on');
  });

  test('whoever comes later sees it too', async () => {
    const late = await attend(rig, await browser.newPage(), { name: 'Cy', isWatching: true });
    await seesContent(late, 'red');
    await late.page.evaluate(() => window.rehearsal.leave());
    await late.page.close();
  });

  test('it is taken over only by whoever says so, and the one before is told', async () => {
    expect(await share(host, 'lime')).toBe('somebody_shares');
    expect(await share(host, 'lime', true)).toBeNull();
    await seesContent(ben, 'lime');
    expect((await stateOf(ben)).share).toEqual({ phase: 'off', end: 'taken_over' });
    expect(await share(ben, 'red', true)).toBe('host_shares');
    await host.page.evaluate(() => window.rehearsal.stopSharing());
    await seesNoContent(ben);
  });

  test('a client that lost its socket goes on sharing, and one that takes its place without does not', async () => {
    expect(await share(ben, 'red')).toBeNull();
    await seesContent(host, 'red');
    const { talk } = await stateOf(host);
    rig.breakSockets();
    await eventually(
      'Ben is back',
      5_000,
      () => ben.page.evaluate(() => window.rehearsal.phases()),
      (phases) => phases.includes('reconnecting') && phases.at(-1) === 'joined',
    );
    await seesContent(host, 'red');
    expect((await stateOf(host)).talk.content).toEqual(talk.content);
    const { participantId, ticket } = ben;
    const again = await attend(rig, await browser.newPage(), { name: 'Ben', ticket });
    expect(again.participantId).toBe(participantId);
    await seesNoContent(host);
    ben = again;
  });

  test('it comes again after the media server was killed', async () => {
    expect(await share(ben, 'blue')).toBeNull();
    await seesContent(host, 'blue');
    const pid = rig.janus.pid();
    if (pid === null) throw new Error('janus is not running');
    process.kill(pid, 'SIGKILL');
    await eventually(
      'the pictures are gone',
      3_000,
      () => framesOfContent(host),
      (frames) => frames === null,
    );
    await seesContent(host, 'blue');
    expect((await stateOf(ben)).share.phase).toBe('on');
    await ben.page.evaluate(() => window.rehearsal.stopSharing());
    await seesNoContent(host);
  });

  test('a host ends it for a client that goes on sending', async () => {
    const page = await browser.newPage();
    await page.goto(rig.pageUrl);
    mallory = { page, ...rig.admission.issueTicketAs('guest', 'Mallory') };
    const entered = await page.evaluate(([url, ticket]) => window.rehearsal.hostile.enter(url, ticket), [
      `${rig.signalOrigin}/browser`,
      mallory.ticket,
    ] as const);
    expect(entered).toBe('joined');
    await mallory.page.evaluate(() => window.rehearsal.hostile.share('red', false));
    await seesContent(ben, 'red');
    await does({ kind: 'stopShare', participantId: mallory.participantId });
    await seesNoContent(ben);
    const told = await mallory.page.evaluate(() => window.rehearsal.hostile.told());
    expect(told).toContain('shareEnded');
  });

  test('what it sends without a grant reaches nobody', async () => {
    await does({ kind: 'allowSharing', isAllowed: false });
    const sentBefore = await mallory.page.evaluate(() => window.rehearsal.hostile.sent());
    await mallory.page.evaluate(() => window.rehearsal.hostile.share('blue', true));
    await eventually(
      'it is refused',
      3_000,
      () => mallory.page.evaluate(() => window.rehearsal.hostile.told()),
      (told) => told.includes('shareRefused'),
    );
    await host.page.waitForTimeout(1_000);
    for (const viewer of [host, ben]) await seesNoContent(viewer);
    expect(await mallory.page.evaluate(() => window.rehearsal.hostile.sent())).toBeGreaterThan(sentBefore);
    expect(await share(ben, 'red')).toBe('sharing_not_allowed');
    expect(await share(host, 'lime')).toBeNull();
    await seesContent(ben, 'lime');
  });
});
