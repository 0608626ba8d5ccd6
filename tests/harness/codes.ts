import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import jpeg from 'jpeg-js';
import jsqrModule from 'jsqr';
import type { Page } from 'playwright-core';
import { z } from 'zod';

// jsqr is a CommonJS build whose default export Node hands over one level deeper than its types say.
const jsqr = (jsqrModule as unknown as { default: typeof jsqrModule.default }).default;

/** What debugqroverlay writes into its code; the buffer count runs. */
const debugContent = z.object({ BUFFERCOUNT: z.coerce.number() });

/** Looking for light codes on dark ground too would double the time that a picture without a code takes. */
const darkOnLight = { inversionAttempts: 'dontInvert' } as const;

/** What was read in a picture, and when the picture was taken, which reading takes tens of milliseconds after. */
export type Sight = { code: number | null; atMs: number };

/** The running number in a JPEG picture, or null when no code can be read in it. */
export function readCodeInJpeg(bytes: Uint8Array): number | null {
  const { data, width, height } = jpeg.decode(bytes, { useTArray: true });
  return toCount(jsqr(new Uint8ClampedArray(data), width, height, darkOnLight)?.data);
}

/** How much of a part of a JPEG picture is bright, and how much dark, from 0 to 1; borders in parts of the picture. */
export function shadesInJpeg(
  bytes: Uint8Array,
  part: { left: number; right: number; top: number; bottom: number },
): { bright: number; dark: number } {
  const { data, width, height } = jpeg.decode(bytes, { useTArray: true });
  const seen = { bright: 0, dark: 0, all: 0 };
  for (let y = Math.ceil(part.top * height); y < part.bottom * height; y++)
    for (let x = Math.ceil(part.left * width); x < part.right * width; x++) {
      const green = data[4 * (y * width + x) + 1] ?? 0;
      seen.all += 1;
      if (green > 200) seen.bright += 1;
      if (green < 100) seen.dark += 1;
    }
  return { bright: seen.bright / seen.all, dark: seen.dark / seen.all };
}

/** The running number in the picture that a `<video>` element shows now, or null. */
export async function readCodeInVideo(page: Page, selector: string): Promise<number | null> {
  return (await seeCodeInVideo(page, selector)).code;
}

/** The same, with the wall-clock milliseconds (`performance.timeOrigin` based) at which the picture was taken. */
export async function seeCodeInVideo(page: Page, selector: string): Promise<Sight> {
  const hasReader = await page.evaluate(() => 'jsQR' in window);
  if (!hasReader) {
    await page.addScriptTag({ content: await readFile(createRequire(import.meta.url).resolve('jsqr'), 'utf8') });
  }
  const { text, atMs } = await page.evaluate((wanted) => {
    const atMs = performance.timeOrigin + performance.now();
    const video = document.querySelector<HTMLVideoElement>(wanted);
    if (!video || video.videoWidth === 0) return { atMs };
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d canvas');
    context.drawImage(video, 0, 0);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    // The script tag above defines the global.
    const read = (
      window as unknown as { jsQR: (d: Uint8ClampedArray, w: number, h: number) => { data: string } | null }
    ).jsQR;
    return { text: read(picture.data, canvas.width, canvas.height)?.data, atMs };
  }, selector);
  return { code: toCount(text), atMs };
}

/** Both of our sources end their content with the running number: `SERIAL 8` of a terminal, JSON of debugqroverlay. */
function toCount(text: string | undefined): number | null {
  if (!text) return null;
  const bySerial = text.match(/ (\d+)$/)?.[1];
  return bySerial === undefined ? debugContent.parse(JSON.parse(text)).BUFFERCOUNT : Number(bySerial);
}
