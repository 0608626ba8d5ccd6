import { useClock } from '@anteroom/ui/clock/clock.tsx';
import type { Pointing } from '@anteroom/ui/whiteboard/board-canvas.tsx';
import type { BoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { type RefObject, useEffect } from 'react';

/** Drawing looks like drawing, and a small machine has time for the meeting's pictures. */
const everyMs = 200;
/** Excalidraw draws some frames after it was told, and again when a font has come. */
const settlesAfterMs = 800;
const jpegQuality = 0.9;

/**
 * Gives the agent pictures of the board while it changes, and where others point. GStreamer, which composes the room's
 * displays, cannot draw a board.
 */
export function useBoardPictures(
  frame: RefObject<HTMLElement | null>,
  replica: BoardReplica | null,
  pointing: Pointing | null,
): void {
  const clock = useClock();
  useEffect(() => {
    if (!replica) return;
    const stopping = new AbortController();
    const { signal } = stopping;
    let changedAtMs = clock.monotonicMs();
    const change = () => {
      changedAtMs = clock.monotonicMs();
    };
    const stops = [replica.listen(change), pointing?.pointers.subscribe(change)];

    async function give(): Promise<void> {
      const jpeg = frame.current && (await paint(frame.current));
      if (!jpeg || signal.aborted) return;
      const headers = { 'content-type': 'image/jpeg' };
      // An agent that is being restarted takes none: this one counts as not painted yet.
      await fetch('/api/board.jpg', { method: 'PUT', headers, body: jpeg, signal }).catch(change);
    }

    async function run(): Promise<void> {
      while (!signal.aborted) {
        if (clock.monotonicMs() - changedAtMs < settlesAfterMs) await give();
        await clock.sleep(everyMs, { signal });
      }
    }
    run().catch((error: unknown) => {
      if (!signal.aborted) reportError(error);
    });
    return () => {
      stopping.abort();
      for (const stop of stops) stop?.();
    };
  }, [clock, frame, replica, pointing]);
}

/** What Excalidraw has on its canvases, the board and what lies over it; null before it has any. */
async function paint(frame: HTMLElement): Promise<Blob | null> {
  const layers = [...frame.querySelectorAll<HTMLCanvasElement>('canvas.excalidraw__canvas')];
  const [board] = layers;
  if (!board || board.width === 0 || board.height === 0) return null;
  const picture = new OffscreenCanvas(board.width, board.height);
  const pen = picture.getContext('2d');
  if (!pen) return null;
  for (const layer of layers) pen.drawImage(layer, 0, 0, picture.width, picture.height);
  return await picture.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
}
