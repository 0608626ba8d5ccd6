import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The far side's camera and microphone as files: a running QR code, and a steady tone. */
export type Clip = { video: string; audio: string; toneHz: number };

const seconds = 10;
/** What people's cameras and rooms have. */
const wholeFps = 30;
/** With three browsers and a terminal at 30, encoding, carrying and drawing leave nothing of two cores for the pages. */
export const calmFps = 10;

/**
 * Writes ten seconds of a running code (debugqroverlay counts frames in JSON) and of a tone into `folder`.
 * Chromium plays both in a loop. `isWhole` clips have the rate of people's cameras, for what is measured.
 */
export async function makeClip(folder: string, toneHz: number, { isWhole = false } = {}): Promise<Clip> {
  const fps = isWhole ? wholeFps : calmFps;
  // Chromium takes the rate from a file of this kind; Motion JPEG is always played at 30.
  const video = join(folder, 'far.y4m');
  const audio = join(folder, 'far.wav');
  const gst = (pipeline: string) => run('gst-launch-1.0', ['-q', ...pipeline.split(' ')]);
  await gst(
    `videotestsrc num-buffers=${seconds * fps} pattern=solid-color foreground-color=0xff3a4a5a` +
      ` ! video/x-raw,width=640,height=360,framerate=${fps}/1 ! debugqroverlay pixel-size=5 x=50 y=50` +
      ` ! videoconvert ! video/x-raw,format=I420 ! y4menc ! filesink location=${video}`,
  );
  await gst(
    `audiotestsrc num-buffers=${seconds * 48} samplesperbuffer=1000 freq=${toneHz} volume=0.3` +
      ` ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! wavenc ! filesink location=${audio}`,
  );
  return { video, audio, toneHz };
}
