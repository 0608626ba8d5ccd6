import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Without a new picture for so long, the one that is shown is no longer true. */
const staleAfterMs = 2500;

type PolledPictureProps = {
  /** A JPEG that changes, from the agent. */
  src: string;
  everyMs: number;
  label: string;
  className: string;
  /** In place of a picture that has not come or no longer comes. */
  fallback: ReactNode;
};

/**
 * A picture fetched again and again. Each one is decoded before it is drawn over the one before, so nothing flickers;
 * the next is asked for only when the last has come, so a slow machine shows fewer and never queues.
 */
export function PolledPicture({ src, everyMs, label, className, fallback }: PolledPictureProps) {
  const clock = useClock();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isFresh, setIsFresh] = useState(false);

  useEffect(() => {
    const stopping = new AbortController();
    const { signal } = stopping;
    let drawnMs = Number.NEGATIVE_INFINITY;

    async function drawNext() {
      const response = await fetch(src, { signal, cache: 'no-store' });
      if (response.status !== 200) return;
      const picture = await createImageBitmap(await response.blob());
      const target = canvas.current;
      if (target && !signal.aborted) {
        if (target.width !== picture.width) target.width = picture.width;
        if (target.height !== picture.height) target.height = picture.height;
        target.getContext('2d')?.drawImage(picture, 0, 0);
        drawnMs = clock.monotonicMs();
      }
      picture.close();
    }

    async function run() {
      while (!signal.aborted) {
        const startedMs = clock.monotonicMs();
        try {
          if (!document.hidden) await drawNext();
        } catch (error) {
          // No picture this time; staying without one is what `fallback` says. Anything but the network is a fault.
          if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
        }
        setIsFresh(clock.monotonicMs() - drawnMs < staleAfterMs);
        await clock.sleep(Math.max(20, everyMs - (clock.monotonicMs() - startedMs)), { signal });
      }
    }

    run().catch((error: unknown) => {
      if (!signal.aborted) reportError(error);
    });
    return () => stopping.abort();
  }, [src, everyMs, clock]);

  return (
    <div className={className} data-fresh={isFresh ? '' : undefined}>
      <canvas ref={canvas} width={16} height={9} role="img" aria-label={label} hidden={!isFresh} />
      {!isFresh && fallback}
    </div>
  );
}
