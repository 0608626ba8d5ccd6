import { z } from 'zod';
import { factSource, unknownFacts, unnamedFacts } from './sources.ts';

/**
 * An accessory profile: the facts of one model of camera, display, sound processor, relay board or sensor that stands
 * beside a terminal, read from `hardware-profiles/accessories/<name>.yaml`. Facts only, each with the document that it was taken from. `facts` are
 * the protocol's own: the driver's schema has the last word on them.
 */
export const accessoryProfileSchemaName = 'anteroom/accessory-profile/1';

export const deviceKind = z.enum(['camera', 'display', 'audioProcessor', 'switcher', 'roomIo', 'presenceSensor']);
export type DeviceKind = z.infer<typeof deviceKind>;

const port = z.int().min(1).max(65_535);
const hex4 = z.string().regex(/^[0-9a-f]{4}$/, 'expected four hexadecimal digits in small letters');

/** A line that the model has. `port` is the one that it listens on unless somebody set another. */
export const accessoryLine = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('serial'),
    baudRate: z.int().min(300).max(921_600),
    dataBits: z.union([z.literal(7), z.literal(8)]),
    parity: z.enum(['none', 'even', 'odd']),
    stopBits: z.union([z.literal(1), z.literal(2)]),
    hasFlowControl: z.boolean(),
  }),
  /**
   * `noticePort`: the UDP port of whoever drives it to which it sends, beside the connection, what it says unasked.
   * `isTelnet`: options are negotiated before and between the words.
   */
  z.strictObject({ transport: z.literal('tcp'), port, noticePort: port.optional(), isTelnet: z.boolean() }),
  /** `localPort`: devices that answer to a port of their own choice, and not to where a packet came from. */
  z.strictObject({ transport: z.literal('udp'), port, localPort: port.optional(), hasSonyHeader: z.boolean() }),
  z.strictObject({ transport: z.literal('http'), port }),
  z.strictObject({ transport: z.literal('ssh'), port }),
  /** TCP with TLS as displays of Samsung have it: a greeting in plain text before, a PIN after. */
  z.strictObject({ transport: z.literal('tls'), port }),
  /** Lines of a GPIO chip of the terminal. */
  z.strictObject({ transport: z.literal('gpio') }),
  /** The terminal's HDMI output, with CEC. */
  z.strictObject({ transport: z.literal('cec') }),
  /** USB, as Linux has its video devices. */
  z.strictObject({ transport: z.literal('v4l2') }),
]);
export type AccessoryLine = z.infer<typeof accessoryLine>;
export type Transport = AccessoryLine['transport'];

/** What tells that this model is there. Whoever has none of these is named by hand. */
export const accessoryMatch = z.strictObject({
  /** Vendor and product of its USB side. */
  usb: z.array(z.strictObject({ vendorId: hex4, productId: hex4 })).optional(),
  /** Manufacturer of three letters and, where known, the start of the model's name in the EDID (VESA E-EDID 3.4, 3.10). */
  edid: z
    .array(z.strictObject({ manufacturer: z.string().regex(/^[A-Z]{3}$/), model: z.string().min(1).optional() }))
    .optional(),
  /** Part of what it answers when its driver asks who it is, in any letter case. */
  identity: z.array(z.string().min(1)).optional(),
});

export const accessoryProfile = z.strictObject({
  schema: z.literal(accessoryProfileSchemaName),
  /** Equals the file's name without `.yaml`. */
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) }),
  maker: z.string().min(1),
  model: z.string().min(1),
  kind: deviceKind,
  /** A protocol of the driver registry. */
  protocol: z.string().min(1),
  lines: z.array(accessoryLine).min(1),
  match: accessoryMatch,
  facts: z.record(z.string(), z.unknown()),
  sources: z.array(factSource).min(1),
});
export type AccessoryProfile = z.infer<typeof accessoryProfile>;

/** The profile in a parsed file called `fileName`; throws a ZodError that names each wrong fact. */
export function parseAccessoryProfile(fileName: string, content: unknown): AccessoryProfile {
  return accessoryProfile
    .refine((profile) => fileName === `${profile.name}.yaml`, {
      path: ['name'],
      error: `the profile's name must equal its file's name, ${fileName}`,
    })
    .parse(content);
}

/** Our own choices: how long to wait and how often to ask are no facts of the model. */
const ours: readonly string[] = ['facts.timing'];

/** Facts that no source is named for, as paths. */
export function factsWithoutSource({ lines, match, facts, sources }: AccessoryProfile): string[] {
  return unnamedFacts({ lines, match, facts }, sources).filter((path) => !isOurs(path));
}

/** Paths that a source names and that are not in the profile: a fact that was renamed or taken out. */
export function sourcesOfNothing({ lines, match, facts, sources }: AccessoryProfile): string[] {
  return unknownFacts({ lines, match, facts }, sources);
}

const isOurs = (path: string) => ours.some((each) => path.startsWith(`${each}.`));
