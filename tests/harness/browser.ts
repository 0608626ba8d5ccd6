import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const wholePath = '/usr/bin/chromium';
const shellPath = '/usr/bin/chromium-headless-shell';

/** Of Chromium's own test picture, where nobody measures: three pages that send it at 20 leave two cores nothing else. */
const testPictureFps = 5;
/** What Chromium itself has. */
export const fullPictureFps = 20;

/** Every browser of a test: no window, no sandbox (containers run as root), and nothing asked of the internet. */
export const browserArguments = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Chromium without its own windows, which take most of its time; whole where Debian's package of it is not there. */
export function browserPath(): string {
  return existsSync(shellPath) ? shellPath : wholePath;
}

/** A real Chromium with a profile of its own; its camera and microphone are the clip's, or Chromium's own test picture. */
export type TestBrowser = AsyncDisposable & { context: BrowserContext; newPage(): Promise<Page> };

export type TestBrowserOptions = {
  /** YUV4MPEG file that stands for the camera, and WAV file that stands for the microphone. */
  clip?: { video: string; audio: string };
  locale?: string;
  viewport?: { width: number; height: number };
  /** Of the test picture; `fullPictureFps` where frames have to come within a time. */
  pictureFps?: number;
  /** With all that people's own Chromium does: for measurements beside it. */
  isWhole?: boolean;
  /** Holds to the page's Content-Security-Policy, as people's browsers do. */
  keepsPolicy?: boolean;
};

export async function launchBrowser({
  clip,
  locale = 'en-GB',
  viewport = { width: 1280, height: 800 },
  pictureFps = testPictureFps,
  isWhole = false,
  keepsPolicy = false,
}: TestBrowserOptions = {}): Promise<TestBrowser> {
  const profileDir = await mkdtemp(join(tmpdir(), 'anteroom-chromium-'));
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: isWhole ? wholePath : browserPath(),
    headless: true,
    locale,
    viewport,
    // Tests read codes out of video frames with a script of their own.
    bypassCSP: !keepsPolicy,
    permissions: ['camera', 'microphone'],
    args: [
      ...browserArguments,
      '--autoplay-policy=no-user-gesture-required',
      `--use-fake-device-for-media-stream${isWhole ? '' : `=fps=${pictureFps}`}`,
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
