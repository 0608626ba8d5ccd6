import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { GstElement, GstSample } from './gst.ts';

export type FirstFrameDeps = {
  /** Frames decoded so far on the line `mid`. */
  frames(mid: string): number;
  sink: GstElement;
  /** Running time of the stage in nanoseconds. */
  runningTime(): bigint;
  monotonicMs(): number;
  onFirstFrame(participantId: ParticipantId, atMs: number): void;
};

const lookEveryMs = 2;
/** After this a first frame is no matter of milliseconds any more. */
const lookSlowlyAfterMs = 3_000;
const lookSlowlyEveryMs = 50;

type Expected = {
  participantId: ParticipantId;
  baseline: number;
  sinceMs: number;
  /** Running time at which the first decoded frame was seen, and what the sink had drawn by then. */
  decoded: { at: bigint; drawnUntil: bigint } | null;
};

/**
 * Tells when a participant's first frame was drawn by the display sink. No code of ours stands on the data path: counters
 * are looked at. A decoded frame bears a time of at most the running time at which its count was seen, so it is inside the
 * first composed frame that was drawn later and ends after that time; the sink's last sample is what was drawn last.
 */
export function createFirstFrameWatch({ frames, sink, runningTime, monotonicMs, onFirstFrame }: FirstFrameDeps) {
  const expected = new Map<string, Expected>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function look(): void {
    timer = null;
    const drawnUntil = readDrawnUntil();
    for (const [mid, entry] of expected) {
      if (!entry.decoded) {
        if (frames(mid) > entry.baseline) entry.decoded = { at: runningTime(), drawnUntil };
      } else if (drawnUntil > entry.decoded.drawnUntil && drawnUntil > entry.decoded.at) {
        expected.delete(mid);
        onFirstFrame(entry.participantId, monotonicMs());
      }
    }
    schedule();
  }

  function readDrawnUntil(): bigint {
    // `last-sample` is a GstSample by GstBaseSink's documentation; null before the first frame.
    const sample = (sink as GstElement & { lastSample: GstSample | null }).lastSample;
    const buffer = sample?.getBuffer();
    return buffer ? buffer.pts + buffer.duration : 0n;
  }

  function schedule(): void {
    if (timer || expected.size === 0) return;
    const isRecent = [...expected.values()].some(({ sinceMs }) => monotonicMs() - sinceMs < lookSlowlyAfterMs);
    timer = setTimeout(look, isRecent ? lookEveryMs : lookSlowlyEveryMs);
  }

  return {
    expect(mid: string, participantId: ParticipantId): void {
      expected.set(mid, { participantId, baseline: frames(mid), sinceMs: monotonicMs(), decoded: null });
      schedule();
    },
    clear(): void {
      expected.clear();
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
