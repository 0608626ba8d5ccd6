import type { HardwareProfile } from '@anteroom/shared/profile/schema.ts';
import {
  profileCamera,
  profileContentDisplay,
  profileContentInput,
  profileDisplay,
  profileEncoder,
  profileMicrophone,
  profileSpeaker,
} from '@anteroom/shared/profile/schema.ts';
import { z } from 'zod';

/**
 * What one media process is to build: the profile's facts with the operator's options laid over them. Pure; devices are
 * looked up by the media process itself, when it opens them.
 */
const file = z.strictObject({ kind: z.literal('file'), path: z.string().min(1) });

export const mediaSetup = z.strictObject({
  camera: z.discriminatedUnion('kind', [
    ...profileCamera.options,
    file.extend({ width: z.int(), height: z.int(), framesPerSecond: z.int() }),
  ]),
  microphone: z.discriminatedUnion('kind', [...profileMicrophone.options, file]),
  speaker: z.discriminatedUnion('kind', profileSpeaker.options),
  display: z.discriminatedUnion('kind', profileDisplay.options),
  contentDisplay: profileContentDisplay.nullable(),
  contentInput: profileContentInput.nullable(),
  /** While this file exists, a laptop is plugged into a simulated content input. */
  laptopFile: z.string().min(1),
  encoder: profileEncoder,
  /** X display such as `:1`; null leaves the choice to the environment. */
  xDisplay: z.string().nullable(),
  /** Folder for the pictures of a virtual display; it must exist. */
  previewFolder: z.string().min(1),
  /** What the speaker plays is also written here: raw PCM, S16LE, 48 kHz, one channel. */
  speakerRecording: z.string().nullable(),
  /** Drawn into the code of a pattern camera, so that the far end can tell whose picture it sees. */
  sourceName: z.string().max(16),
  /** Addresses to gather ICE candidates on; empty means every interface but loopback. */
  iceAddresses: z.array(z.string()),
});
export type MediaSetup = z.infer<typeof mediaSetup>;

export type MediaOptions = {
  /** A clip that stands for camera and microphone, played again and again. */
  cameraFile: string | null;
  /** `x11` or `x11::1` puts the composed picture into a window on that X display, whatever the profile says. */
  xDisplay: { display: string | null } | null;
  speakerRecording: string | null;
  previewFolder: string;
  laptopFile: string;
  sourceName: string;
  iceAddresses: readonly string[];
};

/** True when the camera or microphone is a piece of hardware, which stays closed until somebody presses Join. */
export function isDevice(source: { kind: string }): boolean {
  return source.kind === 'usb';
}

export function resolveSetup(profile: HardwareProfile, options: MediaOptions): MediaSetup {
  const { width, height, framesPerSecond } = profile.camera;
  const { display } = profile;
  return {
    camera: options.cameraFile
      ? { kind: 'file', path: options.cameraFile, width, height, framesPerSecond }
      : profile.camera,
    microphone: options.cameraFile ? { kind: 'file', path: options.cameraFile } : profile.microphone,
    speaker: profile.speaker,
    display: options.xDisplay
      ? { kind: 'x11', width: display.width, height: display.height, framesPerSecond: display.framesPerSecond }
      : display,
    contentDisplay: profile.contentDisplay ?? null,
    contentInput: profile.contentInput ?? null,
    laptopFile: options.laptopFile,
    encoder: profile.encoder,
    xDisplay: options.xDisplay?.display ?? null,
    previewFolder: options.previewFolder,
    speakerRecording: options.speakerRecording,
    sourceName: options.sourceName,
    iceAddresses: [...options.iceAddresses],
  };
}
