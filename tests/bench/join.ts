import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { claimTerminal, waitForPanel } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from '../harness/browser.ts';
import { nextRemoteFrameAt, pressJoinToFirstFrame } from '../harness/frames.ts';
import { type RigTerminal, startRig } from '../harness/rig.ts';
import { meetingOnPanel, panelCall, touch } from '../harness/room.ts';
import { type Bench, compare } from './measure.ts';

/** Quiet time between two joins, for the next spare to be made and the machine to calm down. */
const settleMs = 3_000;

/**
 * Press on the panel → first remote frame on the terminal's display (cold: media process forked on press; warm: spare
 * ready), press → first terminal frame decoded in the far Chromium, beside Chromium's own join to the same meeting
 * (camera already open on its preview, publish and subscribe). One far Chromium is in the meeting all the time; the
 * three ways of joining take turns, so that noise of the machine falls on all of them.
 */
export const joinBench: Bench = async ({ repeats, progress }) => {
  await using rig = await startRig({ isWhole: true });
  const api = await rig.api();
  const warm = await rig.startTerminal('warm');
  await claimTerminal(api, warm.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const cold = await rig.startTerminal('cold', ['--cold']);
  await claimTerminal(api, cold.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const meeting = await meetingOnPanel(rig, warm.panelUrl());
  await meetingOnPanel(rig, cold.panelUrl());

  await using farBrowser = await launchBrowser({ isWhole: true });
  const far = await farBrowser.newPage();
  await openPreview(far, meeting.joinUrl, 'Far');
  await far.getByRole('button', { name: /Join/ }).click();
  await using peerBrowser = await launchBrowser({ isWhole: true });

  const chromiumMs: number[] = [];
  const warmMs: number[] = [];
  const coldMs: number[] = [];
  const farMs: number[] = [];
  for (let run = 0; run < repeats; run++) {
    chromiumMs.push(await chromiumJoin(await peerBrowser.newPage(), meeting.joinUrl));
    await sleep(settleMs);
    const byWarm = await terminalJoin(warm, meeting.id, far);
    warmMs.push(byWarm.displayMs);
    farMs.push(byWarm.farMs);
    await sleep(settleMs);
    coldMs.push((await terminalJoin(cold, meeting.id, far)).displayMs);
    await sleep(settleMs);
    progress(
      `run ${run + 1}: Chromium ${fixed(chromiumMs)}, warm ${fixed(warmMs)}, far ${fixed(farMs)}, cold ${fixed(coldMs)} ms`,
    );
  }
  const peer = 'Chromium join';
  return [
    compare('coldPressToFirstFrame', 'ms', coldMs, peer, chromiumMs),
    compare('warmPressToFirstFrame', 'ms', warmMs, peer, chromiumMs),
    compare('pressToFarFrame', 'ms', farMs, peer, chromiumMs),
  ];
};

const fixed = (values: readonly number[]) => values.at(-1)?.toFixed(0);

async function openPreview(page: Page, joinUrl: string, name: string): Promise<void> {
  await page.goto(joinUrl);
  await page.getByRole('textbox', { name: /name/i }).fill(name);
  // The preview is live when its picture has a size: the camera is open before Join is pressed.
  await page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0));
}

async function chromiumJoin(page: Page, joinUrl: string): Promise<number> {
  await openPreview(page, joinUrl, 'Peer');
  await sleep(1000);
  const tookMs = await pressJoinToFirstFrame(page, 'Join');
  await page.getByRole('button', { name: /Leave/ }).click();
  await page.close();
  return tookMs;
}

async function terminalJoin(
  terminal: RigTerminal,
  meetingId: string,
  far: Page,
): Promise<{ displayMs: number; farMs: number }> {
  const panelUrl = terminal.panelUrl();
  const known = await waitForPanel(panelUrl, (shown) => shown.call.state === 'idle', {
    signal: AbortSignal.timeout(10_000),
  });
  const meeting = known.meetings.find((candidate) => candidate.meetingId === meetingId);
  if (!meeting) throw new Error('the panel lost the meeting');
  const farFrame = nextRemoteFrameAt(far);
  const pressedAtMs = performance.timeOrigin + performance.now();
  await touch(panelUrl, { kind: 'join', meetingId: meeting.meetingId });
  const shown = await waitForPanel(panelUrl, (state) => state.call.state === 'in' && state.call.firstFrameMs !== null, {
    signal: AbortSignal.timeout(20_000),
  });
  const farMs = (await farFrame) - pressedAtMs;
  if (shown.call.state !== 'in' || shown.call.firstFrameMs === null)
    throw new Error('unreachable: waitForPanel accepted it');
  const displayMs = shown.call.firstFrameMs;
  await touch(panelUrl, { kind: 'leave' });
  await panelCall(panelUrl, 'idle', 10_000);
  await far.waitForFunction(() => document.querySelectorAll('video[data-participant-id]').length === 0);
  return { displayMs, farMs };
}
