import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The far side's camera and microphone as files: a running QR code, and a steady tone. */
export type Clip = { video: string; audio: string; toneHz: number };

/**
 * Writes ten seconds of a running code (debugqroverlay counts frames in JSON) and of a tone into `folder`.
 * Chromium plays both in a loop.
 */
export async function makeClip(folder: string, toneHz: number): Promise<Clip> {
  const video = join(folder, 'far.mjpeg');
  const audio = join(folder, 'far.wav');
  const gst = (pipeline: string) => run('gst-launch-1.0', ['-q', ...pipeline.split(' ')]);
  await gst(
    'videotestsrc num-buffers=300 pattern=solid-color foreground-color=0xff3a4a5a' +
      ' ! video/x-raw,width=640,height=360,framerate=30/1 ! debugqroverlay pixel-size=5 x=50 y=50 ' +
      `! videoconvert ! jpegenc quality=90 ! filesink location=${video}`,
  );
  await gst(
    `audiotestsrc num-buffers=480 samplesperbuffer=1000 freq=${toneHz} volume=0.3` +
      ` ! audio/x-raw,format=S16LE,rate=48000,channels=1 ! wavenc ! filesink location=${audio}`,
  );
  return { video, audio, toneHz };
}
