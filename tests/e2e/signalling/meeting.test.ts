import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullPictureFps, launchBrowser, type TestBrowser } from '../../harness/browser.ts';
import { eventually } from '../../harness/eventually.ts';
import { type Attendee, attend, type SignallingRig, seesFrames, startSignallingRig } from './rig.ts';

describe('a meeting of real browsers over a real Janus', () => {
  let rig: SignallingRig;
  let browser: TestBrowser;
  let ada: Attendee;
  let ben: Attendee;

  beforeAll(async () => {
    rig = await startSignallingRig({ capacity: 3 });
    browser = await launchBrowser({ pictureFps: fullPictureFps });
  });

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await rig?.[Symbol.asyncDispose]();
  });

  const rosterSeenBy = async (attendee: Attendee) => {
    const state = await attendee.page.evaluate(() => window.rehearsal.state());
    return state?.phase === 'joined' ? state.roster : [];
  };

  test('two join and see each other', async () => {
    ada = await attend(rig, await browser.newPage(), { name: 'Ada' });
    ben = await attend(rig, await browser.newPage(), { name: 'Ben' });
    await Promise.all([seesFrames(ada, ben, 5_000), seesFrames(ben, ada, 5_000)]);
    const stats = await ben.page.evaluate(() => window.rehearsal.stats());
    expect(stats?.firstFrameAfterMs).toBeGreaterThan(stats?.joinedAfterMs ?? 0);
    expect((await rosterSeenBy(ada)).map((entry) => entry.name)).toEqual(['Ada', 'Ben']);
  });

  test('speaking and media states reach the others', async () => {
    const benIn = (roster: Awaited<ReturnType<typeof rosterSeenBy>>) => roster.find((entry) => entry.name === 'Ben');
    await ben.page.evaluate(() => window.rehearsal.speak(true));
    await eventually(
      'Ben speaks',
      3_000,
      () => rosterSeenBy(ada),
      (roster) => benIn(roster)?.isSpeaking === true,
    );
    await ben.page.evaluate(() => window.rehearsal.setMedia({ isMicrophoneOn: false, isCameraOn: true }));
    const muted = await eventually(
      'Ben mutes',
      2_000,
      () => rosterSeenBy(ada),
      (roster) => benIn(roster)?.media.isMicrophoneOn === false,
    );
    expect(benIn(muted)).toMatchObject({ isSpeaking: false });
    await ben.page.evaluate(() => window.rehearsal.setMedia({ isMicrophoneOn: true, isCameraOn: true }));
    await eventually(
      'Ben speaks again',
      3_000,
      () => rosterSeenBy(ada),
      (roster) => benIn(roster)?.isSpeaking === true,
    );
    await ben.page.evaluate(() => window.rehearsal.speak(false));
    await eventually(
      'Ben is silent',
      3_000,
      () => rosterSeenBy(ada),
      (roster) => benIn(roster)?.isSpeaking === false,
    );
  });

  test('each measures its network by what comes back from the media server', async () => {
    const network = await eventually(
      'Ada knows her network',
      10_000,
      () => ada.page.evaluate(() => window.rehearsal.network()),
      (state) => state?.quality === 'good' && state.figures?.sentLossPercent != null,
    );
    expect(network?.figures?.receivedLossPercent).toBeLessThan(3);
    expect(network?.figures?.roundTripMs).toBeLessThan(300);
    expect(network?.figures?.sentKbps).toBeGreaterThan(0);
    expect(network?.figures?.receivedKbps).toBeGreaterThan(0);
  });

  test('a late joiner sees everybody, shows up later, and the fourth waits for a seat and takes it', async () => {
    const cy = await attend(rig, await browser.newPage(), { name: 'Cy', isWatching: true });
    await Promise.all([seesFrames(cy, ada, 5_000), seesFrames(cy, ben, 5_000)]);
    await cy.page.evaluate(() => window.rehearsal.showUp());
    await Promise.all([seesFrames(ada, cy, 5_000), seesFrames(ben, cy, 5_000)]);
    const late = await browser.newPage();
    const entering = attend(rig, late, { name: 'Dee' });
    entering.catch(() => undefined); // Seen below.
    await late.waitForFunction(() => window.rehearsal?.state()?.phase === 'held');
    expect(await late.evaluate(() => window.rehearsal.state())).toMatchObject({ phase: 'held', reason: 'room_full' });
    await cy.page.evaluate(() => window.rehearsal.leave());
    const dee = await entering;
    await Promise.all([seesFrames(ada, dee, 5_000), seesFrames(dee, ada, 5_000)]);
    await late.evaluate(() => window.rehearsal.leave());
    await eventually(
      'Dee is gone',
      2_000,
      () => rosterSeenBy(ada),
      (roster) => roster.length === 2,
    );
    await late.close();
    expect(rig.admission.seated()).toHaveLength(2);
    await cy.page.close();
  });

  test('a client that lost its socket comes back to its place, and media goes on', async () => {
    rig.breakSockets();
    await eventually(
      'Ada is back',
      5_000,
      () => ada.page.evaluate(() => window.rehearsal.state()),
      (state) => state?.phase === 'joined' && !state.isReconnecting,
    );
    await Promise.all([seesFrames(ada, ben, 5_000), seesFrames(ben, ada, 5_000)]);
    expect(await ada.page.evaluate(() => window.rehearsal.phases())).toContain('reconnecting');
    const roster = await eventually(
      'both are connected',
      2_000,
      () => rosterSeenBy(ada),
      (entries) => entries.every((entry) => entry.isConnected),
    );
    expect(roster.map((entry) => entry.participantId).sort()).toEqual([ada.participantId, ben.participantId].sort());
    // Cy and Dee, who left before.
    expect(rig.admission.released()).toHaveLength(2);
  });

  test('after Janus was killed media flows both ways again within 3 s', async () => {
    const pid = rig.janus.pid();
    if (pid === null) throw new Error('janus is not running');
    process.kill(pid, 'SIGKILL');
    await Promise.all([seesFrames(ada, ben, 3_000), seesFrames(ben, ada, 3_000)]);
  });

  test('a terminal whose certificate is revoked is gone at once, with its media', async () => {
    const ticket = rig.admission.issueTicket('Room 1', 'thumb-1');
    const room = await attend(rig, await browser.newPage(), { name: 'Room 1', ticket, path: '/terminal' });
    await Promise.all([seesFrames(ada, room, 5_000), seesFrames(room, ada, 5_000)]);
    rig.service.disconnectTerminal('thumb-1');
    await eventually(
      'the terminal is told',
      1_000,
      () => room.page.evaluate(() => window.rehearsal.state()),
      (state) => state?.phase === 'ended' && state.reason === 'revoked',
    );
    await eventually(
      'nobody is shown it',
      1_000,
      () => ada.page.evaluate(() => window.rehearsal.shown()),
      (frames) => !(room.participantId in frames),
    );
    expect((await rosterSeenBy(ada)).map((entry) => entry.name)).toEqual(['Ada', 'Ben']);
    await room.page.close();
  });

  test('someone who leaves disappears, with picture and seat', async () => {
    await ben.page.evaluate(() => window.rehearsal.leave());
    await eventually(
      'Ben is gone',
      2_000,
      () => rosterSeenBy(ada),
      (roster) => roster.length === 1,
    );
    const shown = await eventually(
      'no picture is left',
      2_000,
      () => ada.page.evaluate(() => window.rehearsal.shown()),
      (frames) => Object.keys(frames).length === 0,
    );
    expect(shown).toEqual({});
    expect(rig.admission.seated()).toEqual([ada.participantId]);
  });
});
