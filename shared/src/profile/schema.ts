import { z } from 'zod';
import { factSource, unknownFacts, unnamedFacts } from './sources.ts';

/**
 * A hardware profile: the facts of one terminal model, read from `hardware-profiles/<name>.yaml`. Facts only; how a
 * camera or a screen is driven is code. Unknown keys are refused: a misspelt fact must not be a silent default.
 */
export const hardwareProfileSchemaName = 'anteroom/hardware-profile/1';

const picture = {
  width: z.int().min(160).max(3840).multipleOf(2),
  height: z.int().min(90).max(2160).multipleOf(2),
  framesPerSecond: z.int().min(5).max(60),
};

/** Part of a device's own name, in any letter case. */
const deviceName = z.string().min(1).max(100);
/** The first device whose name has it is taken, else the first. */
const preferredName = deviceName.optional();

const frequencyHz = z.int().min(50).max(8000);
/** Amplitude, 1 being full scale. */
const level = z.number().gt(0).max(1);
const videoBitrateKbps = z.int().min(100).max(20_000);

export const profileCamera = z.discriminatedUnion('kind', [
  /** A drawn picture with a running machine-readable code: stands for a camera where there is none. */
  z.strictObject({ kind: z.literal('pattern'), ...picture }),
  z.strictObject({ kind: z.literal('usb'), preferredName, ...picture }),
]);

export const profileMicrophone = z.discriminatedUnion('kind', [
  /** A steady tone: stands for a microphone where there is none. */
  z.strictObject({ kind: z.literal('tone'), frequencyHz, level }),
  z.strictObject({
    kind: z.literal('usb'),
    preferredName,
    /** Takes the room's own loudspeaker out of what the microphone hears. False when the device does so itself. */
    isEchoCancelled: z.boolean(),
  }),
]);

/** A mute key that the machine reads; a microphone array that mutes itself needs none. `line` is its offset on the chip. */
export const profileMuteKey = z.strictObject({
  kind: z.literal('gpio'),
  chip: z.string().regex(/^gpiochip\d+$/),
  line: z.int().min(0).max(511),
  /** The line is low while the key is down. */
  isActiveLow: z.boolean(),
});
export type ProfileMuteKey = z.infer<typeof profileMuteKey>;

export const profileSpeaker = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('virtual') }),
  z.strictObject({ kind: z.literal('usb'), preferredName }),
]);

/** No screen: the composed picture is only kept as pictures in a folder, `previewsPerSecond` of them. */
const virtualDisplay = z.strictObject({
  kind: z.literal('virtual'),
  ...picture,
  previewsPerSecond: z.int().min(1).max(10),
});

export const profileDisplay = z.discriminatedUnion('kind', [
  virtualDisplay,
  /** `kms` draws on the screen without a window system. */
  z.strictObject({ kind: z.enum(['x11', 'wayland', 'kms']), ...picture }),
]);

/** A second display, for what is shared: people keep the first. On X11 it is a screen of its own, such as `:0.1`. */
export const profileContentDisplay = z.discriminatedUnion('kind', [
  virtualDisplay,
  z.strictObject({ kind: z.literal('x11'), xDisplay: z.string().regex(/^:\d+(\.\d+)?$/), ...picture }),
]);

/** What people plug a laptop into, HDMI or USB-C, as the machine sees it: a device that captures pictures and sound. */
export const profileContentInput = z.discriminatedUnion('kind', [
  /** A drawn picture with a running code, and a tone: stands for a laptop where there is none. */
  z.strictObject({ kind: z.literal('pattern'), ...picture, frequencyHz, level, videoBitrateKbps }),
  /** Plugged in means that a device with such a name is there; a camera or microphone of the room is never taken for it. */
  z.strictObject({
    kind: z.literal('capture'),
    name: deviceName,
    /** Of the device that captures the laptop's sound; without it a laptop is seen and not heard. */
    soundName: deviceName.optional(),
    ...picture,
    videoBitrateKbps,
  }),
]);
export type ProfileContentInput = z.infer<typeof profileContentInput>;

/** Encoders that a terminal model has; hard pictures need one in hardware. */
export const profileEncoder = z.strictObject({
  video: z.enum(['vp8-software', 'vp8-vaapi']),
  videoBitrateKbps,
  audioBitrateKbps: z.int().min(8).max(256),
});

/** What the machine says of itself; each list is of alternatives. A machine has one of the two. */
export const profileMatch = z.strictObject({
  /** SMBIOS, as in `/sys/class/dmi/id`: the whole of `sys_vendor` where it is named, and of the product's or the board's name. */
  dmi: z
    .array(
      z.union([
        z.strictObject({ vendor: z.string().min(1).optional(), product: z.string().min(1) }),
        z.strictObject({ vendor: z.string().min(1).optional(), board: z.string().min(1) }),
      ]),
    )
    .min(1)
    .optional(),
  /** What `/proc/device-tree/model` begins with, on boards that have no SMBIOS. */
  deviceTree: z.array(z.string().min(1)).min(1).optional(),
});
export type ProfileMatch = z.infer<typeof profileMatch>;

export const hardwareProfile = z.strictObject({
  schema: z.literal(hardwareProfileSchemaName),
  /** Equals the file's name without `.yaml`. */
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) }),
  camera: profileCamera,
  microphone: profileMicrophone,
  muteKey: profileMuteKey.optional(),
  speaker: profileSpeaker,
  display: profileDisplay,
  contentDisplay: profileContentDisplay.optional(),
  contentInput: profileContentInput.optional(),
  encoder: profileEncoder,
  /** Only of a profile that is about one model. */
  match: profileMatch.optional(),
  sources: z.array(factSource).min(1).optional(),
});
export type HardwareProfile = z.infer<typeof hardwareProfile>;

/** The profile in a parsed file called `fileName`; throws a ZodError that names each wrong fact. */
export function parseHardwareProfile(fileName: string, content: unknown): HardwareProfile {
  return hardwareProfile
    .refine((profile) => fileName === `${profile.name}.yaml`, {
      path: ['name'],
      error: `the profile's name must equal its file's name, ${fileName}`,
    })
    .parse(content);
}

/** Facts of one model that no source is named for, as paths. Sizes of pictures and bitrates are our own choices. */
export function modelFactsWithoutSource({ match, encoder: { video }, sources = [] }: HardwareProfile): string[] {
  return match === undefined ? [] : unnamedFacts({ match, encoder: { video } }, sources);
}

/** Paths that a source names and that are not in the profile. */
export function modelSourcesOfNothing({ sources = [], ...facts }: HardwareProfile): string[] {
  return unknownFacts(facts, sources);
}
