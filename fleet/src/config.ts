import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { asSecret, type Secret } from './config-secret.ts';
import { type IdentityProvider, readIdentityProviders } from './identity-providers.ts';
import { pickMediaAddress } from './media-nodes/media-address.ts';

export const roles = ['api', 'link', 'signal'] as const;
export type Role = (typeof roles)[number];

const port = z.coerce.number('expected a port').int().min(0).max(65_535);

/** A URL that may hold a password: it is never printed. */
function secretUrl(protocol: RegExp, example: string) {
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocol.test(new URL(text).protocol), `expected ${example}`)
    .transform(asSecret);
}

/** Options of the fleet, each also an environment variable: `--http-port` is ANTEROOM_HTTP_PORT. */
const options = {
  data: { schema: z.string().min(1).default('.data/fleet'), help: 'DIR  data folder: database, keys, CA' },
  database: {
    schema: secretUrl(/^postgres(ql)?:$/, 'postgres://user:password@host/name').optional(),
    help: 'URL  of a PostgreSQL database, postgres://user:password@host/name; without it SQLite in the data folder',
  },
  host: { schema: z.string().min(1).default('127.0.0.1'), help: 'ADDRESS  where to listen; 0.0.0.0 for every address' },
  'http-port': { schema: port.default(8080), help: 'N  console, soft client and API' },
  'terminal-port': { schema: port.default(8443), help: 'N  terminals’ HTTPS' },
  'mqtt-port': { schema: port.default(8883), help: 'N  terminals’ MQTT' },
  'public-url': { schema: z.url({ protocol: /^https?$/ }).optional(), help: 'URL  where browsers reach this fleet' },
  'trusted-proxy': {
    schema: z.union([z.ipv4(), z.ipv6()]).optional(),
    help: 'ADDRESS  of the proxy before the browsers’ listener, whose X-Forwarded-For is believed',
  },
  'terminal-host': { schema: z.string().min(1).optional(), help: 'NAME  under which terminals reach this machine' },
  'signalling-url': {
    schema: z.url({ protocol: /^wss$/ }).optional(),
    help: 'URL  where terminals join, when the signal role runs elsewhere',
  },
  'media-address': { schema: z.ipv4().optional(), help: 'ADDRESS  of the media server, as clients reach it' },
  'rtp-ports': {
    schema: z
      .string()
      .regex(/^\d+-\d+$/, 'expected two ports such as 20000-29999')
      .default('20000-29999'),
    help: 'A-B  UDP ports of the media server',
  },
  'smtp-url': {
    schema: secretUrl(/^smtps?:$/, 'smtp://user:password@host:587').optional(),
    help: 'URL  of the mail server, smtp://user:password@host:587; without it mail is read in the console’s outbox',
  },
  'mail-from': {
    schema: z
      .string()
      .regex(/^[^\r\n]+@[^\r\n]+$/, 'expected a mail address')
      .default('Anteroom <anteroom@localhost>'),
    help: 'ADDRESS  sender of mail',
  },
  'sms-webhook-url': {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    help: 'URL  of the SMS gateway; without it SMS are read in the console’s outbox',
  },
  'sms-webhook-secret': {
    schema: z.string().min(16, 'expected at least 16 characters').transform(asSecret).optional(),
    help: 'TEXT  that signs calls of the SMS gateway; better given as environment variable',
  },
  'identity-providers': {
    schema: z.string().min(1).optional(),
    help: 'FILE  that lists OpenID Connect providers (docs/guides/identity-providers.md); without it nobody links an identity',
  },
  roles: {
    schema: z
      .string()
      .default('api,link,signal')
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(roles)).min(1)),
    help: 'LIST  of api, link, signal: what this process does',
  },
  'rate-limit': {
    schema: z.coerce.number().int().min(1).default(3000),
    help: 'N  HTTP requests per minute and address',
  },
  'pairings-per-minute': {
    schema: z.coerce.number().int().min(1).default(120),
    help: 'N  pairing codes per minute and address',
  },
  'codes-per-hour': {
    schema: z.coerce.number().int().min(1).optional(),
    help: 'N  one-time codes per hour and address, where many people share one; without it one a minute and 10 a day',
  },
  'heartbeat-ms': {
    schema: z.coerce.number().int().min(100).default(10_000),
    help: 'N  how often terminals give a sign of life',
  },
  'log-level': {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    help: 'LEVEL  debug, info, warn, error',
  },
} as const;
/** What these hold is not repeated in an error. */
const secretNames: ReadonlySet<string> = new Set(['database', 'smtp-url', 'sms-webhook-secret']);
type OptionName = keyof typeof options;

export const usage = [
  'scripts/node fleet/src/server.ts [options]',
  '',
  ...Object.entries(options).map(([name, { help }]) => `  --${name} ${help} (${variableOf(name)})`),
  '  --seed-demo  make the demonstration organization when there is none (ANTEROOM_SEED_DEMO=1)',
].join('\n');

export type FleetConfig = {
  dataDir: string;
  /** Of PostgreSQL; null: SQLite in the data folder. */
  databaseUrl: Secret | null;
  host: string;
  ports: { http: number; terminal: number; mqtt: number };
  /** Null: the address where this process listens. */
  publicUrl: string | null;
  /** Null: nobody's X-Forwarded-For is believed. */
  trustedProxy: string | null;
  /** How terminals reach this machine. */
  terminalHost: string;
  signallingUrl: string | null;
  /** Null when this machine has only loopback addresses, which media cannot use. */
  mediaAddress: string | null;
  rtpPorts: { min: number; max: number };
  roles: ReadonlySet<Role>;
  rateLimitPerMinute: number;
  pairingsPerMinute: number;
  /** Null: one a minute and ten a day. */
  codesPerHourAndAddress: number | null;
  heartbeatEveryMs: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  seedsDemo: boolean;
  /** Null: mail is kept to be read in the console. */
  smtpUrl: Secret | null;
  mailFrom: string;
  /** Null: SMS are kept to be read in the console. */
  smsWebhook: { url: string; secret: Secret } | null;
  /** OpenID Connect providers, in the order in which people see them. */
  identityProviders: readonly IdentityProvider[];
};

/** What a person got wrong on the command line or in the environment. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The configuration of this process: arguments go before the environment, which goes before defaults. */
export function readConfig(args: readonly string[], environment: Record<string, string | undefined>): FleetConfig {
  const given = readArguments(args);
  function read<N extends OptionName>(name: N): z.output<(typeof options)[N]['schema']> {
    const value = given[name] ?? environment[variableOf(name)];
    const parsed = options[name].schema.safeParse(value === '' ? undefined : value);
    if (!parsed.success) {
      const shown = secretNames.has(name) ? '' : ` ${value}`;
      throw new ConfigError(`--${name}${shown}: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
    }
    // The schema was looked up by the same name, which the compiler cannot follow through the union.
    return parsed.data as z.output<(typeof options)[N]['schema']>;
  }

  const smsUrl = read('sms-webhook-url');
  const smsSecret = read('sms-webhook-secret');
  if (smsUrl !== undefined && smsSecret === undefined)
    throw new ConfigError('--sms-webhook-url needs --sms-webhook-secret, by which the gateway knows this fleet');
  const host = read('host');
  const [min = 0, max = 0] = read('rtp-ports').split('-').map(Number);
  if (min < 1024 || max > 65_535 || max - min < 9)
    throw new ConfigError(`--rtp-ports ${min}-${max}: expected at least ten ports from 1024 to 65535`);
  return Object.freeze({
    dataDir: resolve(read('data')),
    databaseUrl: read('database') ?? null,
    host,
    ports: { http: read('http-port'), terminal: read('terminal-port'), mqtt: read('mqtt-port') },
    publicUrl: read('public-url')?.replace(/\/+$/, '') ?? null,
    trustedProxy: read('trusted-proxy') ?? null,
    terminalHost: read('terminal-host') ?? reachableHost(host),
    signallingUrl: read('signalling-url') ?? null,
    mediaAddress: read('media-address') ?? pickMediaAddress(networkInterfaces()),
    rtpPorts: { min, max },
    roles: new Set(read('roles')),
    rateLimitPerMinute: read('rate-limit'),
    pairingsPerMinute: read('pairings-per-minute'),
    codesPerHourAndAddress: read('codes-per-hour') ?? null,
    heartbeatEveryMs: read('heartbeat-ms'),
    logLevel: read('log-level'),
    smtpUrl: read('smtp-url') ?? null,
    mailFrom: read('mail-from'),
    smsWebhook: smsUrl !== undefined && smsSecret !== undefined ? { url: smsUrl, secret: smsSecret } : null,
    identityProviders: readProviders(read('identity-providers'), environment),
    seedsDemo: given['seed-demo'] === 'true' || environment.ANTEROOM_SEED_DEMO === '1',
  });
}

function readProviders(
  file: string | undefined,
  environment: Record<string, string | undefined>,
): readonly IdentityProvider[] {
  if (file === undefined) return [];
  try {
    return readIdentityProviders(resolve(file), environment);
  } catch (cause) {
    throw new ConfigError(`--identity-providers: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function readArguments(args: readonly string[]): Record<string, string | undefined> {
  const names = Object.keys(options).map((name) => [name, { type: 'string' as const }] as const);
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(names), 'seed-demo': { type: 'boolean' } },
    });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (cause) {
    throw new ConfigError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function variableOf(name: string): string {
  return `ANTEROOM_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The address itself, or for "every address" the first that another machine can use. */
function reachableHost(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  return pickMediaAddress(networkInterfaces()) ?? '127.0.0.1';
}

/** A host as URLs write it. */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}
