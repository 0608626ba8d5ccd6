import { describe, expect, test } from 'vitest';
import {
  cameraDescription,
  microphoneDescription,
  plateDescription,
  quote,
  stageDescription,
  videoTileDescription,
  voiceDescription,
} from './graph.ts';
import { resolveSetup } from './setup.ts';
import { readNamedProfile } from './test/profile-file.ts';

const options = {
  cameraFile: null,
  xDisplay: null,
  speakerRecording: null,
  previewFolder: '/run/anteroom/display',
  laptopFile: '/run/anteroom/laptop',
  sourceName: 'ROOM',
  iceAddresses: [],
};
const profile = await readNamedProfile('simulated');
const simulated = resolveSetup(profile, options);
const usb = resolveSetup(await readNamedProfile('generic-usb'), options);

describe('pipeline descriptions', () => {
  test('a clip stands for camera and microphone', () => {
    const setup = resolveSetup(profile, { ...options, cameraFile: '/tmp/a clip.webm' });
    expect(cameraDescription(setup, null)).toContain('intervideosrc');
    expect(microphoneDescription(setup, null)).toContain('interaudiosrc');
  });

  test('a USB camera that is not plugged in has no description, a microphone gives silence', () => {
    expect(cameraDescription(usb, null)).toBeNull();
    expect(microphoneDescription(usb, null)).toContain('wave=silence');
  });

  test('echo is cancelled on a USB microphone only', () => {
    expect(microphoneDescription(usb, 'pulsesrc device="x"')).toContain('webrtcdsp');
    expect(stageDescription(usb, 'fakesink', { mixMs: 30, upstreamMs: 60 })).toContain('webrtcechoprobe');
    expect(stageDescription(simulated, 'fakesink', { mixMs: 30, upstreamMs: 60 })).not.toContain('webrtcechoprobe');
  });

  test('a second display is drawn on the screen that the profile names', () => {
    const size = { width: 1920, height: 1080, framesPerSecond: 30 };
    const setup = { ...simulated, contentDisplay: { kind: 'x11' as const, xDisplay: ':0.1', ...size } };
    const latency = { mixMs: 30, upstreamMs: 60 };
    expect(stageDescription(setup, 'fakesink', latency)).toContain('ximagesink name=content sync=false display=":0.1"');
    expect(stageDescription(simulated, 'fakesink', latency)).not.toContain('name=content');
  });

  test('a name cannot become markup or another element', () => {
    const description = plateDescription('"! fakesink <b>&', { width: 640, height: 360 }, 36);
    expect(description).toContain('text="\\"! fakesink &lt;b&gt;&amp;"');
  });

  test('backslashes and quotes stay inside a quoted text', () => {
    expect(quote('a\\"b')).toBe('"a\\\\\\"b"');
  });

  test.each(['VP8', 'VP9', 'H264'])('%s can be shown', (encoding) => {
    expect(videoTileDescription(encoding)).toContain('name=decoded');
  });

  test('a name on the brightest video keeps a contrast of 4.5 to its shade', () => {
    const shading = Number(/shading-value=(\d+)/.exec(videoTileDescription('VP8') ?? '')?.[1]);
    // The overlay takes the shading off the luma; full luma is 255, black of video range 16 (BT.601).
    const grey = (1.164 * (255 - shading - 16)) / 255;
    const shade = ((grey + 0.055) / 1.055) ** 2.4;
    const ivory = 0.87;
    expect((ivory + 0.05) / (shade + 0.05)).toBeGreaterThan(4.5);
  });

  test('what cannot be decoded is refused', () => {
    expect(videoTileDescription('AV1')).toBeNull();
    expect(voiceDescription('PCMU')).toBeNull();
  });
});
