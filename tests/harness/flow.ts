import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type CodeReader, createCodeReader } from './code-reader.ts';
import { readCodeInJpeg, type Sight, seeCodeInVideo, shadesInJpeg } from './codes.ts';
import { remoteVideo } from './frames.ts';

/** The running number in the terminal's composed picture, or null when there is no picture or no code in it. */
export async function readCodeOnDisplay(panelUrl: string): Promise<number | null> {
  const picture = await fetchDisplay(panelUrl);
  return picture && readCodeInJpeg(picture);
}

/**
 * How much of a part of the terminal's composed picture is bright, and how much dark, from 0 to 1. The part's borders are
 * given in parts of the picture.
 */
export async function shadesOnDisplay(
  panelUrl: string,
  part: { left: number; right: number; top: number; bottom: number },
): Promise<{ bright: number; dark: number }> {
  const picture = await fetchDisplay(panelUrl);
  return picture ? shadesInJpeg(picture, part) : { bright: 0, dark: 0 };
}

async function fetchDisplay(panelUrl: string): Promise<Buffer | null> {
  const response = await fetch(new URL('/api/display.jpg', panelUrl)).catch(unreachable);
  return response?.ok ? Buffer.from(await response.arrayBuffer()) : null;
}

/** A panel whose agent was killed refuses connections until it is back: that is an answer here. */
function unreachable(fault: unknown): null {
  if (fault instanceof TypeError) return null;
  throw fault;
}

/**
 * What was under way when something was killed arrives within this time: at the far side what its jitter buffer holds, on
 * the display also what the preview, drawn four times a second, has not shown yet.
 */
const afterglowMs = { far: 250, display: 400 };
const lookEveryMs = 25;
/** The terminal's code changes twice a second: one that is followed later than this stood still again. */
const followsWithinMs = 1_500;

/** Waits until each side shows the other's code, and that it runs. */
export async function expectFlowBothWays(far: Page, panelUrl: string, withinMs: number): Promise<void> {
  await flowsBothWaysAfter(() => undefined, far, panelUrl, withinMs);
}

/**
 * Milliseconds from `kill` until the far page shows a new code of the terminal, and until the terminal's display shows a
 * new code of the far side. A picture that freezes again at once does not count: another code has to follow. What counts
 * is when a picture was taken; only pictures that changed are read, because whatever is recovering needs the processor.
 */
export async function flowsBothWaysAfter(
  kill: () => unknown,
  far: Page,
  panelUrl: string,
  withinMs: number,
): Promise<{ farMs: number; displayMs: number }> {
  await using reader = createCodeReader();
  const seeFar = farWatch(far);
  const seeDisplay = displayWatch(panelUrl, reader);
  const before = await Promise.all([seeFar(), seeDisplay()]);
  const sinceMs = nowMs();
  kill();
  const [farMs, displayMs] = await Promise.all([
    runsAgain('the far side sees the terminal', seeFar, {
      before: before[0],
      glowMs: afterglowMs.far,
      sinceMs,
      withinMs,
    }),
    runsAgain('the terminal shows the far side', seeDisplay, {
      ...{ before: before[1], glowMs: afterglowMs.display, sinceMs, withinMs },
    }),
  ]);
  return { farMs, displayMs };
}

/** On one scale with what pages say. */
const nowMs = () => performance.timeOrigin + performance.now();

type Watch = () => Promise<Sight>;
type Span = { before: Sight; glowMs: number; sinceMs: number; withinMs: number };

async function runsAgain(what: string, see: Watch, { before, glowMs, sinceMs, withinMs }: Span): Promise<number> {
  const old = new Set([before.code]);
  let fresh: { code: number; tookMs: number } | null = null;
  const seen: (number | null)[] = [];
  for (;;) {
    const { code, atMs } = await see();
    seen.push(code);
    const tookMs = atMs - sinceMs;
    if (tookMs < glowMs) old.add(code);
    else if (code !== null && fresh && code !== fresh.code) {
      if (tookMs - fresh.tookMs <= followsWithinMs) return fresh.tookMs;
      fresh = { code, tookMs };
    } else if (code !== null && !old.has(code)) fresh ??= { code, tookMs };
    if (tookMs > withinMs) {
      const last = seen.slice(-20).map(String).join(', ');
      throw new Error(`${what}: not within ${withinMs} ms; codes of the last of ${seen.length} looks: ${last}`);
    }
    await sleep(lookEveryMs);
  }
}

function farWatch(page: Page): Watch {
  let last: { frames: number; code: number | null } | null = null;
  return async () => {
    const frames = await page.evaluate(
      (selector) => document.querySelector<HTMLVideoElement>(selector)?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
      remoteVideo,
    );
    if (last?.frames === frames) return { code: last.code, atMs: nowMs() };
    const sight = await seeCodeInVideo(page, remoteVideo);
    last = { frames, code: sight.code };
    return sight;
  };
}

function displayWatch(panelUrl: string, reader: CodeReader): Watch {
  let last: { picture: Buffer; code: number | null } | null = null;
  return async () => {
    const picture = await fetchDisplay(panelUrl);
    const atMs = nowMs();
    if (!picture) return { code: null, atMs };
    if (!last?.picture.equals(picture)) last = { picture, code: await reader.read(picture) };
    return { code: last.code, atMs };
  };
}
