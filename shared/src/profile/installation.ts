import { z } from 'zod';

/**
 * What hangs at one terminal, and what it is there for: a file that a field engineer writes once for a room, read from
 * `--installation FILE`. Data only; what the room does with it is in the terminal's device/src/room. A name that leads
 * nowhere inside the file is refused here, and so is what two parts of the room would set against each other; whether a device
 * has that input or output only its driver knows.
 */
export const installationSchemaName = 'anteroom/installation/1';

const deviceName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected small letters, digits and - between them');
const word = z.string().min(1).max(100);
const minutes = z
  .number()
  .min(0)
  .max(24 * 60);
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time as 22:00');
const preset = z.int().min(1).max(255);

export const installedDevice = z.strictObject({
  name: deviceName,
  /** What the device page calls it; without one, what its profile calls the model. */
  title: z.strictObject({ en: word, 'zh-CN': word }).optional(),
  /** The name of an accessory's profile. */
  accessory: z.string().min(1),
  /** `serial:/dev/serial/by-id/…`, `tcp:HOST:PORT`, `udp:HOST:PORT`. */
  at: z.string().min(1),
  user: z.string().min(1).optional(),
  /** A password stands in a file of its own, never in this one. */
  passwordFile: z.string().min(1).optional(),
});
export type InstalledDevice = z.infer<typeof installedDevice>;

/** A preset of the camera for each picture that the room shows; without one for it, that of `gallery`. */
export const presetsByLayout = z.strictObject({
  /** Outside of meetings. */
  idle: preset.optional(),
  gallery: preset.optional(),
  /** One other picture fills the display. */
  speaker: preset.optional(),
  content: preset.optional(),
});
export type PresetsByLayout = z.infer<typeof presetsByLayout>;

export const quietHours = z.strictObject({ from: localTime, to: localTime });
export type QuietHours = z.infer<typeof quietHours>;

export const behaviour = z.strictObject({
  displaysOnBeforeMinutes: minutes.default(5),
  displaysOffAfterIdleMinutes: minutes.default(10),
  wakesOnOccupancy: z.boolean().default(true),
  /** In the space's time zone; `to` before `from` is the next morning. */
  quietHours: z.array(quietHours).default([]),
});
export type Behaviour = z.infer<typeof behaviour>;

export const roomPlan = z.strictObject({
  displays: z.array(z.strictObject({ device: deviceName, input: word, contentInput: word.optional() })).default([]),
  camera: z.strictObject({ device: deviceName, presets: presetsByLayout.default({}) }).optional(),
  /** Channels of a sound processor that carry the room's microphones: open only while the far end hears them. */
  microphones: z.array(z.strictObject({ device: deviceName, channel: word })).default([]),
  muteLamp: z
    .array(z.strictObject({ device: deviceName, output: word, isLitWhile: z.enum(['closed', 'open']) }))
    .default([]),
  doorSign: z
    .strictObject({ device: deviceName, busy: word.optional(), free: word.optional(), soon: word.optional() })
    .refine(({ busy, free, soon }) => [busy, free, soon].some((lamp) => lamp !== undefined), {
      error: 'names no lamp of its device: name one for busy, free or soon',
    })
    .optional(),
  /** A presence sensor, or a contact that is closed while somebody is there. */
  occupancy: z.array(z.strictObject({ device: deviceName, contact: word.optional() })).default([]),
  /** A contact that is closed while the wall is; the camera's presets for either. */
  partition: z
    .strictObject({ device: deviceName, contact: word, open: presetsByLayout, closed: presetsByLayout })
    .optional(),
  behaviour: behaviour.prefault({}),
});
export type RoomPlan = z.infer<typeof roomPlan>;

export const installation = z
  .strictObject({
    schema: z.literal(installationSchemaName),
    devices: z.array(installedDevice).min(1).max(50),
    room: roomPlan.prefault({}),
  })
  .superRefine(({ devices, room }, context) => {
    const names = devices.map(({ name }) => name);
    for (const [index, name] of names.entries())
      if (names.indexOf(name) !== index)
        context.addIssue({ code: 'custom', path: ['devices', index, 'name'], message: `${name} is there twice` });
    for (const { device, path } of devicesMeant(room))
      if (!names.includes(device))
        context.addIssue({
          ...{ code: 'custom', path: ['room', ...path, 'device'] },
          message: `there is no device ${device}: the devices are ${names.join(', ')}`,
        });
    for (const { what, path, first } of setTwice(room))
      context.addIssue({ code: 'custom', path: ['room', ...path], message: `${what} is set by ${first} already` });
    if (room.partition && !room.camera)
      context.addIssue({ code: 'custom', path: ['room', 'partition'], message: 'its presets are of no camera' });
  });
export type Installation = z.infer<typeof installation>;

/** Each place of the room that names a device. */
function devicesMeant(room: RoomPlan): { device: string; path: (string | number)[] }[] {
  const lists = (['displays', 'microphones', 'muteLamp', 'occupancy'] as const).flatMap((key) =>
    room[key].map(({ device }, index) => ({ device, path: [key, index] })),
  );
  const single = (['camera', 'doorSign', 'partition'] as const).flatMap((key) => {
    const part = room[key];
    return part ? [{ device: part.device, path: [key] }] : [];
  });
  return [...lists, ...single];
}

type Setting = { what: string; path: (string | number)[] };

/** Each place that sets what one before it sets: the room would switch to and fro without an end. */
function setTwice({ displays, muteLamp, doorSign }: RoomPlan): (Setting & { first: string })[] {
  const signs = (['busy', 'free', 'soon'] as const).flatMap((key): Setting[] => {
    const output = doorSign?.[key];
    return doorSign && output !== undefined
      ? [{ what: `${output} of ${doorSign.device}`, path: ['doorSign', key] }]
      : [];
  });
  const settings: Setting[] = [
    ...displays.map(({ device }, index) => ({ what: device, path: ['displays', index, 'device'] })),
    ...muteLamp.map(({ device, output }, index) => ({
      ...{ what: `${output} of ${device}`, path: ['muteLamp', index, 'output'] },
    })),
    ...signs,
  ];
  return settings.flatMap((setting, index) => {
    const first = settings.slice(0, index).find(({ what }) => what === setting.what);
    return first ? [{ ...setting, first: ['room', ...first.path].join('.') }] : [];
  });
}
