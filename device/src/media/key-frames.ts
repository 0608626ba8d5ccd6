import type { GstPad } from './gst.ts';

export type KeyFramesDeps = {
  /** Frames decoded so far on the line `mid`. */
  frames(mid: string): number;
  /** False while nothing is to be seen on the line: its camera is off, or nobody is subscribed to. */
  isExpected(mid: string): boolean;
  /** True for what somebody shares: a screen on which nothing moves sends about one picture a second. */
  isContent(mid: string): boolean;
  /** Asks the sender of the stream that comes out of `pad`. */
  ask(pad: GstPad): void;
};

const lookEveryMs = 40;
/** A stream that begins is in the middle of its pictures; one that runs may be late for a while before it is stuck. */
const beginsWithinMs = 60;
const stuckAfterMs = 300;
const contentStuckAfterMs = 2_500;
const askAgainMs = 100;
const askSlowlyMs = 4_000;

/**
 * Asks for a key frame when a stream brings no picture: at its beginning, and after a loss. Depayloaders and decoders could
 * ask too, but their requests do not get through Janus: see `requestKeyFrame`.
 */
export function createKeyFrameWatch({ frames, isExpected, isContent, ask }: KeyFramesDeps) {
  type Line = { pad: GstPad; frames: number; movedAtMs: number; askedAtMs: number; asked: number };
  const lines = new Map<string, Line>();
  let lookedAtMs = 0;

  function look(mid: string, line: Line, nowMs: number): void {
    const count = frames(mid);
    if (count !== line.frames || !isExpected(mid)) {
      Object.assign(line, { frames: count, movedAtMs: nowMs, asked: 0 });
      return;
    }
    const patienceMs = count === 0 ? beginsWithinMs : isContent(mid) ? contentStuckAfterMs : stuckAfterMs;
    const pauseMs = line.asked === 0 ? 0 : Math.min(askAgainMs * 2 ** (line.asked - 1), askSlowlyMs);
    if (nowMs - line.movedAtMs < patienceMs || nowMs - line.askedAtMs < pauseMs) return;
    line.asked += 1;
    line.askedAtMs = nowMs;
    ask(line.pad);
  }

  return {
    /** A stream came on the line `mid`, out of `pad`. */
    watch(mid: string, pad: GstPad, nowMs: number): void {
      lines.set(mid, { pad, frames: 0, movedAtMs: nowMs, askedAtMs: 0, asked: 0 });
    },
    tick(nowMs: number): void {
      if (nowMs - lookedAtMs < lookEveryMs) return;
      lookedAtMs = nowMs;
      for (const [mid, line] of lines) look(mid, line, nowMs);
    },
    clear: () => lines.clear(),
  };
}
