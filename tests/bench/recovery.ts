import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { waitForPanel } from '../../scripts/lib/demonstration.ts';
import { launchBrowser } from '../harness/browser.ts';
import { pressJoinToFirstFrame, remoteVideo } from '../harness/frames.ts';
import { joinFromPage, type LiveMeeting, type Program, programs, startLiveMeeting } from '../harness/live-meeting.ts';
import { type Bench, compare, type Figure } from './measure.ts';

/** What issue 2 gives, in milliseconds; the broker and the fleet have no limit of their own. */
const limitMs: Partial<Record<Program, number>> = { mediaProcess: 1_500, janus: 3_000, agent: 4_000 };
/** Quiet time after each death: the next spare is made, links are up again. */
const settleMs = 6_000;
const patienceMs = 20_000;
const peer = 'Chromium reload and rejoin';

type Way = 'both' | 'far' | 'display';
const ways: Record<Way, string> = { both: '', far: 'Far', display: 'Display' };

/**
 * SIGKILL of each program during a meeting → the far Chromium shows a new code of the terminal (`far`) and the terminal's
 * display a new code of the far side (`display`). What a soft client needs for the same stands beside it: its page is
 * reloaded, its name typed and Join pressed by a script, without a person's time, until it decodes a remote frame.
 */
export const recoveryBench: Bench = async ({ repeats, progress }) => {
  await using meeting = await startLiveMeeting({ isWhole: true });
  await using browser = await launchBrowser({ isWhole: true });
  const reloadMs: number[] = [];
  const tookMs = new Map<string, number[]>();
  const add = (metric: string, ms: number) => tookMs.set(metric, [...(tookMs.get(metric) ?? []), ms]);

  for (let run = 0; run < repeats; run++) {
    reloadMs.push(await reloadAndRejoin(await browser.newPage(), meeting.joinUrl));
    await sleep(settleMs);
    const texts: string[] = [];
    for (const program of programs) {
      const { farMs, displayMs } = await meeting.kill(program, patienceMs);
      const took = { both: Math.max(farMs, displayMs), far: farMs, display: displayMs };
      for (const way of ['both', 'far', 'display'] as const) add(metricOf(program, way), took[way]);
      const isLate = took.both > (limitMs[program] ?? Number.POSITIVE_INFINITY);
      texts.push(`${program} ${farMs.toFixed(0)}/${displayMs.toFixed(0)}${isLate ? ' (over its limit)' : ''}`);
      await calm(meeting);
    }
    progress(`run ${run + 1}: far/display ${texts.join(', ')}; ${peer} ${reloadMs.at(-1)?.toFixed(0)} ms`);
  }
  return [...tookMs].map(([metric, values]): Figure => compare(metric, 'ms', values, peer, reloadMs));
};

const metricOf = (program: Program, way: Way) => `${program}Recovery${ways[way]}`;

async function calm(meeting: LiveMeeting): Promise<void> {
  await waitForPanel(meeting.terminal.panelUrl(), ({ call, link }) => call.state === 'in' && link.isOnline, {
    signal: AbortSignal.timeout(patienceMs),
  });
  await sleep(settleMs);
}

async function reloadAndRejoin(page: Page, joinUrl: string): Promise<number> {
  await joinFromPage(page, joinUrl, 'Peer');
  await page.locator(remoteVideo).first().waitFor();
  await sleep(1_000);
  const startedAtMs = performance.now();
  await page.reload();
  await page.getByRole('textbox', { name: /name/i }).fill('Peer');
  await pressJoinToFirstFrame(page, 'Join');
  const tookMs = performance.now() - startedAtMs;
  await page.getByRole('button', { name: /Leave/ }).click();
  await page.close();
  return tookMs;
}
