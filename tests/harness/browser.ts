import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** A real Chromium with a profile of its own; its camera and microphone are the clip's, or Chromium's own test picture. */
export type TestBrowser = AsyncDisposable & { context: BrowserContext; newPage(): Promise<Page> };

export type TestBrowserOptions = {
  /** Motion JPEG file that stands for the camera, and WAV file that stands for the microphone. */
  clip?: { video: string; audio: string };
  locale?: string;
  viewport?: { width: number; height: number };
};

export async function launchBrowser({
  clip,
  locale = 'en-GB',
  viewport = { width: 1280, height: 800 },
}: TestBrowserOptions = {}): Promise<TestBrowser> {
  const profileDir = await mkdtemp(join(tmpdir(), 'anteroom-chromium-'));
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    locale,
    viewport,
    // Tests read codes out of video frames with a script of their own.
    bypassCSP: true,
    permissions: ['camera', 'microphone'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(clip
        ? [`--use-file-for-fake-video-capture=${clip.video}`, `--use-file-for-fake-audio-capture=${clip.audio}`]
        : []),
    ],
  });
  context.setDefaultTimeout(15_000);
  return {
    context,
    newPage: () => context.newPage(),
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
