import type { Page } from 'playwright-core';

/** Selector of the picture of a participant other than oneself in the soft client. */
export const remoteVideo = 'video[data-participant-id]';

/**
 * Presses the soft client's Join and waits for the first decoded remote frame, all in the page; milliseconds.
 * A frame counts when the element has it, which is before it is painted.
 */
export function pressJoinToFirstFrame(page: Page, joinName: string): Promise<number> {
  return page.evaluate(
    async ({ name, selector }) => {
      const button = [...document.querySelectorAll('button')].find((candidate) =>
        candidate.textContent?.includes(name),
      );
      if (!button) throw new Error(`no button ${name}`);
      const pressedAtMs = performance.now();
      button.click();
      await new Promise<void>((resolve, reject) => {
        const polling = setInterval(() => {
          const hasFrame = [...document.querySelectorAll<HTMLVideoElement>(selector)].some(
            (video) =>
              video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
              video.getVideoPlaybackQuality().totalVideoFrames > 0,
          );
          if (hasFrame || performance.now() - pressedAtMs > 20_000) {
            clearInterval(polling);
            if (hasFrame) resolve();
            else reject(new Error('no remote frame in 20 s'));
          }
        }, 2);
      });
      return performance.now() - pressedAtMs;
    },
    { name: joinName, selector: remoteVideo },
  );
}

/**
 * Starts to watch for the next remote picture; resolves to the wall-clock milliseconds (performance.timeOrigin based,
 * comparable between processes of one machine) of its first decoded frame. Call it while no remote picture is there.
 */
export function nextRemoteFrameAt(page: Page): Promise<number> {
  return page.evaluate(
    (selector) =>
      new Promise<number>((resolve, reject) => {
        const startedAtMs = performance.now();
        const polling = setInterval(() => {
          for (const video of document.querySelectorAll<HTMLVideoElement>(selector)) {
            if (
              video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA &&
              video.getVideoPlaybackQuality().totalVideoFrames > 0
            ) {
              clearInterval(polling);
              resolve(performance.timeOrigin + performance.now());
              return;
            }
          }
          if (performance.now() - startedAtMs > 20_000) {
            clearInterval(polling);
            reject(new Error('no remote frame in 20 s'));
          }
        }, 2);
      }),
    remoteVideo,
  );
}
