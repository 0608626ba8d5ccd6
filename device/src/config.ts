import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const usage = `anteroom terminal: node device/src/main.ts [options]

  --data DIR                where identity, documents and journal are kept (ANTEROOM_TERMINAL_DATA)
  --fleet URL               the fleet's address for terminals, https://host:port (ANTEROOM_FLEET)
  --fleet-ca FILE           the CA that this terminal trusts, in PEM (ANTEROOM_FLEET_CA)
  --profile NAME|FILE|auto  hardware profile, auto: by what the machine says it is (ANTEROOM_PROFILE; default simulated)
  --installation FILE       the devices of the room and what they are for (ANTEROOM_INSTALLATION; default none)
  --serial TEXT             serial number, when the machine itself has none (ANTEROOM_SERIAL)
  --panel-host ADDRESS      address of the touch panel (ANTEROOM_PANEL_HOST; default 127.0.0.1)
  --panel-port N            port of the touch panel, 0 for any free one (ANTEROOM_PANEL_PORT; default 0)
  --camera FILE             a clip that stands for camera and microphone
  --display x11[:DISPLAY]   show the meeting in a window, whatever the profile says
  --speaker-recording FILE  also write what the speaker plays: raw, S16LE, 48 kHz, one channel
  --no-media                neither see nor send anything: joins meetings to watch
  --cold                    keep no media process ready
  --log-level LEVEL         debug, info, warn, error (ANTEROOM_LOG_LEVEL; default info)
  --help
`;

const options = {
  data: { type: 'string' },
  fleet: { type: 'string' },
  'fleet-ca': { type: 'string' },
  profile: { type: 'string' },
  installation: { type: 'string' },
  serial: { type: 'string' },
  'panel-host': { type: 'string' },
  'panel-port': { type: 'string' },
  camera: { type: 'string' },
  display: { type: 'string' },
  'speaker-recording': { type: 'string' },
  'no-media': { type: 'boolean' },
  cold: { type: 'boolean' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
} as const;

const path = z
  .string()
  .min(1)
  .transform((given) => resolve(given));

const configSchema = z.object({
  data: path,
  fleet: z
    .url()
    .transform((given) => new URL(given))
    .refine((url) => url.protocol === 'https:', 'expected https://host:port'),
  'fleet-ca': path,
  profile: z.string().min(1).default('simulated'),
  installation: path.nullable().default(null),
  serial: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'expected letters, digits and . : _ -')
    .nullable()
    .default(null),
  'panel-host': z.string().min(1).default('127.0.0.1'),
  'panel-port': z.coerce.number().int().min(0).max(65_535).default(0),
  camera: path.nullable().default(null),
  display: z
    .string()
    .regex(/^x11(:.+)?$/, 'expected x11 or x11:DISPLAY')
    .transform((given) => ({ display: given.slice('x11:'.length) || null }))
    .nullable()
    .default(null),
  'speaker-recording': path.nullable().default(null),
  'no-media': z.boolean().default(false),
  cold: z.boolean().default(false),
  'log-level': z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export type TerminalConfig = Readonly<z.infer<typeof configSchema>>;

export type ParsedConfig =
  | { ok: true; config: TerminalConfig }
  | { ok: false; isHelpAsked: true }
  | { ok: false; isHelpAsked: false; faults: string[] };

/** Reads options, then the environment, then defaults; names everything that is wrong at once. */
export function parseConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedConfig {
  let given: ReturnType<typeof readOptions>;
  try {
    given = readOptions(args);
  } catch (cause) {
    return { ok: false, isHelpAsked: false, faults: [cause instanceof Error ? cause.message : String(cause)] };
  }
  if (given.help) return { ok: false, isHelpAsked: true };
  const merged = { ...fromEnvironment(environment), ...given };
  const parsed = configSchema.safeParse(merged);
  if (parsed.success) return { ok: true, config: Object.freeze(parsed.data) };
  const present = new Set(Object.keys(merged));
  const faults = parsed.error.issues.map(({ path: [option], message }) =>
    present.has(String(option)) ? `--${String(option)}: ${message}` : `--${String(option)} is missing`,
  );
  return { ok: false, isHelpAsked: false, faults };
}

function readOptions(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values;
}

function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = {
    data: 'ANTEROOM_TERMINAL_DATA',
    fleet: 'ANTEROOM_FLEET',
    'fleet-ca': 'ANTEROOM_FLEET_CA',
    profile: 'ANTEROOM_PROFILE',
    installation: 'ANTEROOM_INSTALLATION',
    serial: 'ANTEROOM_SERIAL',
    'panel-host': 'ANTEROOM_PANEL_HOST',
    'panel-port': 'ANTEROOM_PANEL_PORT',
    'log-level': 'ANTEROOM_LOG_LEVEL',
  };
  return Object.fromEntries(
    Object.entries(names).flatMap(([option, name]) => {
      const value = environment[name];
      return value === undefined || value === '' ? [] : [[option, value]];
    }),
  );
}
