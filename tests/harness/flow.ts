import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { readCodeInJpeg, readCodeInVideo } from './codes.ts';
import { remoteVideo } from './frames.ts';

/** The running number in the terminal's composed picture, or null when there is no picture or no code in it. */
export async function readCodeOnDisplay(panelUrl: string): Promise<number | null> {
  const response = await fetch(new URL('/api/display.jpg', panelUrl)).catch(unreachable);
  if (!response?.ok) return null;
  return readCodeInJpeg(new Uint8Array(await response.arrayBuffer()));
}

/** A panel whose agent was killed refuses connections until it is back: that is an answer here. */
function unreachable(fault: unknown): null {
  if (fault instanceof TypeError) return null;
  throw fault;
}

/** What is still under way when something is killed arrives within this time. */
const afterglowMs = 400;

/**
 * Milliseconds since `sinceMs` (performance.now) until the far page sees the terminal's code run and the terminal's
 * display shows the far side's code run; at least the afterglow, which does not count as flowing again.
 */
export async function flowsBothWaysAfter(
  sinceMs: number,
  far: Page,
  panelUrl: string,
  withinMs: number,
): Promise<{ farMs: number; displayMs: number }> {
  await sleep(Math.max(0, sinceMs + afterglowMs - performance.now()));
  const [farMs, displayMs] = await Promise.all([
    runsAgain('the far side sees the terminal', sinceMs, withinMs, () => readCodeInVideo(far, remoteVideo)),
    runsAgain('the terminal shows the far side', sinceMs, withinMs, () => readCodeOnDisplay(panelUrl)),
  ]);
  return { farMs, displayMs };
}

async function runsAgain(
  what: string,
  sinceMs: number,
  withinMs: number,
  read: () => Promise<number | null>,
): Promise<number> {
  const seen: number[] = [];
  for (;;) {
    const code = await read();
    const tookMs = performance.now() - sinceMs;
    if (code !== null && seen.length > 0 && code !== seen.at(-1)) return tookMs;
    if (code !== null) seen.push(code);
    if (tookMs > withinMs)
      throw new Error(`${what}: not within ${withinMs} ms; codes read: ${seen.slice(-5).join(', ') || 'none'}`);
    await sleep(25);
  }
}
