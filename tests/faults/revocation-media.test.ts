import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { claimTerminal } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from '../harness/browser.ts';
import { makeClip } from '../harness/clip.ts';
import { readCodeInJpeg } from '../harness/codes.ts';
import { eventually } from '../harness/eventually.ts';
import { expectFlowBothWays } from '../harness/flow.ts';
import { remoteVideo } from '../harness/frames.ts';
import { listJanusConnections } from '../harness/janus-admin.ts';
import { joinFromPage } from '../harness/live-meeting.ts';
import { startRig } from '../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../harness/room.ts';

/** Media that is still under way, in buffers of both ends. */
const afterglowMs = 1_000;
const watchedMs = 2_000;

/**
 * The terminal's agent stands still while it is revoked, and its media process goes on sending: what ends the media is
 * the fleet and not the terminal's good will.
 */
test('a revoked terminal that goes on sending is neither seen nor shown anything, and the meeting goes on', async () => {
  await using stack = new AsyncDisposableStack();
  const rig = stack.use(await startRig());
  const clip = await makeClip(rig.dataDir, 1000);
  const api = await rig.api();
  const terminal = await rig.startTerminal('doomed');
  const terminalId = await claimTerminal(api, terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const meeting = await meetingOnPanel(rig, terminal.panelUrl());
  await touch(terminal.panelUrl(), { kind: 'join', meetingId: meeting.id });
  await panelCall(terminal.panelUrl(), 'in', 20_000);
  const browser = stack.use(await launchBrowser({ clip }));
  const far = await browser.newPage();
  await joinFromPage(far, meeting.joinUrl, 'Far');
  await expectFlowBothWays(far, terminal.panelUrl(), 20_000);
  const [doomed] = Object.keys(await framesIn(far));
  if (!doomed) throw new Error('the far page shows nobody');
  // Without the clip: of two codes in one picture none can be read.
  const other = await stack.use(await launchBrowser()).newPage();
  await joinFromPage(other, meeting.joinUrl, 'Other');
  const isComplete = (seen: Record<string, number>) => Object.values(seen).filter((frames) => frames > 0).length === 2;
  const all = await eventually('both pictures', 20_000, () => framesIn(far), isComplete);
  const otherId = Object.keys(all).find((id) => id !== doomed) ?? '';
  const shown = () => newestCode(join(rig.dataDir, 'doomed', 'preview'));
  const shownBefore = await eventually('a code on the display', 10_000, shown, (code) => code !== null);

  const [agentPid, fleetPid] = [terminal.process.pid(), rig.fleet.pid()];
  if (agentPid === undefined || fleetPid === undefined) throw new Error('terminal and fleet run');
  process.kill(agentPid, 'SIGSTOP');
  stack.defer(() => void process.kill(agentPid, 'SIGCONT'));
  const sentBefore = (await framesIn(far))[doomed] ?? 0;
  await eventually(
    'frames without the agent',
    5_000,
    async () => {
      const code = await shown();
      return [((await framesIn(far))[doomed] ?? 0) > sentBefore + 5, code !== null && code !== shownBefore];
    },
    ([isSending, isShown]) => isSending === true && isShown === true,
  );
  const before = await listJanusConnections(fleetPid);
  const feedsOf = (held: typeof before) => held.flatMap(({ feed }) => feed ?? []);
  expect(before).toHaveLength(6);
  expect(feedsOf(before).filter((feed) => feed.startsWith(doomed))).toHaveLength(1);

  await api.call(terminalRoutes.revoke, { params: { terminalId } });
  await eventually(
    'its tile goes',
    1_000,
    () => framesIn(far),
    (seen) => !(doomed in seen),
  );
  await sleep(afterglowMs);
  const after = await listJanusConnections(fleetPid);
  expect(after).toHaveLength(4);
  expect(feedsOf(after).filter((feed) => feed.startsWith(doomed))).toEqual([]);
  const [seen, shownAfter] = [await framesIn(far), await shown()];
  await sleep(watchedMs);
  const [seenLater, shownLater] = [await framesIn(far), await shown()];
  // A picture that stands still gives way to the name.
  expect([shownAfter, null]).toContain(shownLater);
  expect(Object.keys(seenLater)).toEqual([otherId]);
  expect(seenLater[otherId]).toBeGreaterThan(seen[otherId] ?? Number.POSITIVE_INFINITY);
}, 120_000);

/** Decoded frames of every remote picture of the page, by participant. */
const framesIn = (page: Page): Promise<Record<string, number>> =>
  page.evaluate((selector) => {
    const videos = [...document.querySelectorAll<HTMLVideoElement>(selector)];
    return Object.fromEntries(
      videos.map((video) => [video.dataset.participantId ?? '', video.getVideoPlaybackQuality().totalVideoFrames]),
    );
  }, remoteVideo);

/** The code on the terminal's display, read from its files, as its agent does not answer; the newest may be half written. */
async function newestCode(previewFolder: string): Promise<number | null> {
  const pictures = (await readdir(previewFolder)).filter((name) => /^display-\d+\.jpg$/.test(name)).sort();
  const whole = pictures.at(-2);
  return whole === undefined ? null : readCodeInJpeg(await readFile(join(previewFolder, whole)));
}
