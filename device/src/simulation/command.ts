import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { z } from 'zod';
import packageFile from '../../package.json' with { type: 'json' };
import { keepMqttLean } from '../agent/lean-mqtt.ts';
import { startSimulatedTerminals } from './terminals.ts';

export const simUsage = `anteroom sim --fleet URL --fleet-ca FILE [options]

Runs terminals with the real agent and no media against a fleet. Codes, counts and memory are JSON lines on standard
output; logs are on standard error. Ctrl-C stops.

  --terminals N            how many (default 1)
  --fleet URL              the fleet's address for terminals, https://host:port
  --fleet-ca FILE          the fleet's CA in PEM (--ca does the same)
  --data DIR               where their identities are kept (default .data/simulation)
  --claim-with URL         claim them through the REST API at this address of the fleet
  --login TEXT             … as this administrator
  --password TEXT          … with this password
  --drop-link-every S      cut each terminal's connections about every S seconds
  --report-every S         seconds between two lines of counts (default 10)
  --for S                  stop by itself after S seconds
  --log-level LEVEL        debug, info, warn, error (default warn)
  --help
`;

const options = {
  terminals: { type: 'string', default: '1' },
  fleet: { type: 'string' },
  'fleet-ca': { type: 'string' },
  ca: { type: 'string' },
  data: { type: 'string', default: '.data/simulation' },
  'claim-with': { type: 'string' },
  login: { type: 'string' },
  password: { type: 'string' },
  'drop-link-every': { type: 'string' },
  'report-every': { type: 'string', default: '10' },
  for: { type: 'string' },
  'log-level': { type: 'string', default: 'warn' },
  help: { type: 'boolean' },
} as const;

const seconds = z.coerce.number().gt(0).max(86_400);
const simConfig = z
  .object({
    terminals: z.coerce.number().int().min(1).max(5_000),
    fleet: z.url({ protocol: /^https$/, error: 'expected https://host:port' }),
    'fleet-ca': z.string({ error: 'is missing' }).min(1),
    data: z.string().min(1),
    'claim-with': z.url({ error: 'expected http(s)://host:port' }).optional(),
    login: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
    'drop-link-every': seconds.optional(),
    'report-every': seconds,
    for: seconds.optional(),
    'log-level': z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  })
  .refine((given) => !given['claim-with'] || (given.login && given.password), {
    path: ['claim-with'],
    error: 'needs --login and --password',
  });

/** Claims the terminal that shows `code`; made from an administrator's sign-in by whoever calls the simulator. */
export type Claim = (serial: string, code: string) => Promise<void>;
export type SimDeps = {
  signIn(url: string, credentials: { login: string; password: string }): Promise<Claim>;
  /** One line to standard output, and one to standard error. */
  print(line: string): void;
  complain(line: string): void;
  signal: AbortSignal;
};

/** The command `anteroom sim`; resolves to its exit code. */
export async function runSimulation(args: readonly string[], deps: SimDeps): Promise<number> {
  const { signIn, print, complain, signal } = deps;
  const say = (line: object) => print(JSON.stringify(line));
  let given: ReturnType<typeof readOptions>;
  try {
    given = readOptions(args);
  } catch (cause) {
    complain(`${cause instanceof Error ? cause.message : cause}\n\n${simUsage}`);
    return 2;
  }
  if (given.help) {
    print(simUsage);
    return 0;
  }
  const parsed = simConfig.safeParse({ ...given, 'fleet-ca': given['fleet-ca'] ?? given.ca });
  if (!parsed.success) {
    complain(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'));
    return 2;
  }
  const config = parsed.data;
  keepMqttLean();
  const clock = createSystemClock();
  const log = pino({ level: config['log-level'], base: null }, pino.destination(2));
  const { login, password } = config;
  const claimUrl = config['claim-with'];
  const claim = claimUrl && login && password ? await signIn(claimUrl, { login, password }) : null;
  const dropEveryS = config['drop-link-every'];

  const startRssBytes = process.memoryUsage.rss();
  await using simulation = await startSimulatedTerminals({
    count: config.terminals,
    dataDir: resolve(config.data),
    fleet: { url: new URL(config.fleet), caPem: await readFile(resolve(config['fleet-ca']), 'utf8') },
    software: packageFile.version,
    dropEveryMs: dropEveryS === undefined ? null : dropEveryS * 1000,
    ...{ clock, log, random: Math.random },
    onCode(serial, { code, keyPhrase, claimUrl: url }) {
      say({ event: 'pairing', serial, code, keyPhrase, claimUrl: url });
      claim?.(serial, code).then(
        () => say({ event: 'claimed', serial }),
        (cause: unknown) => say({ event: 'claimFailed', serial, why: cause instanceof Error ? cause.message : cause }),
      );
    },
  });
  const report = () => {
    const counts = simulation.counts();
    const rssBytes = process.memoryUsage.rss();
    const perTerminalKb = Math.round((rssBytes - startRssBytes) / 1024 / Math.max(1, counts.terminals));
    say({ event: 'running', ...counts, residentMb: Math.round(rssBytes / 1024 / 1024), perTerminalKb });
  };
  const end = config.for === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(config.for * 1000)]);
  while (!end.aborted) {
    report();
    await clock.sleep(config['report-every'] * 1000, { signal: end }).catch(() => {});
  }
  report();
  return 0;
}

function readOptions(args: readonly string[]) {
  return parseArgs({ args: [...args], options }).values;
}
