import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Demonstration, type FleetApi, openDemonstration, signIn } from '../../scripts/lib/demonstration.ts';
import { pickFreePort } from '../../scripts/lib/ports.ts';
import { type Supervised, startSupervised } from '../../scripts/lib/supervised.ts';
import { calmFps } from './clip.ts';

const root = resolve(import.meta.dirname, '../..');

export const fleetReady = z.object({
  httpUrl: z.url(),
  consoleUrl: z.url(),
  terminalUrl: z.url(),
  caFile: z.string(),
  demo: z.object({ login: z.string(), hostLogin: z.string(), password: z.string() }),
});
export type FleetReady = z.infer<typeof fleetReady>;
const terminalReady = z.object({ panelUrl: z.url() });
export type TerminalReady = z.infer<typeof terminalReady>;

/** Fleet and terminals as real processes on free ports, with a data folder that goes with them. */
export type Rig = AsyncDisposable & {
  dataDir: string;
  fleet: Supervised<FleetReady>;
  /** The broker and its delivery in a process of their own; undefined when the fleet runs all roles in one. */
  link: Supervised<unknown> | undefined;
  api(): Promise<FleetApi>;
  demonstration(): Promise<Demonstration>;
  /** `startsAt`: what its machine's clock shows at each start, `YYYY-MM-DD hh:mm:ss`, instead of the true time. */
  startTerminal(name: string, extraArgs?: readonly string[], clock?: { startsAt: string }): Promise<RigTerminal>;
};

export type RigTerminal = {
  process: Supervised<TerminalReady>;
  panelUrl(): string;
  /** Raw recording of what the speaker plays (S16LE, 48 kHz, mono). */
  speakerRecording: string;
};

export type RigOptions = {
  isLinkApart?: boolean;
  fleetArgs?: readonly string[];
  /** Terminals that draw and send as many pictures as people's do: for what is measured. */
  isWhole?: boolean;
};

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const stack = new AsyncDisposableStack();
  const stop = new AbortController();
  const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-rig-'));
  stack.defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const log: string[] = [];
  const onLog = (line: string) => {
    log.push(line);
    if (process.env.ANTEROOM_TEST_LOG) process.stderr.write(`${line}\n`);
  };
  // Fixed for the life of the rig: a killed program has to come back where the others look for it.
  const port = async () => String(await pickFreePort('127.0.0.1'));
  try {
    const profile = options.isWhole ? 'simulated' : await writeCalmProfile(dataDir);
    const script = join(root, 'fleet/src/server.ts');
    const fleetArgs = [
      ...['--data', join(dataDir, 'fleet'), '--http-port', await port(), '--terminal-port', await port()],
      ...['--mqtt-port', await port(), '--seed-demo', ...(options.fleetArgs ?? [])],
    ];
    const fleet = await startSupervised({
      name: 'fleet',
      script,
      args: [...fleetArgs, ...(options.isLinkApart ? ['--roles', 'api,signal'] : [])],
      readySchema: fleetReady,
      onLog,
      onDeath: (how) => onLog(`fleet ${how}`),
      signal: stop.signal,
    });
    stack.use(fleet);
    const link = options.isLinkApart
      ? await startSupervised({
          name: 'link',
          script,
          args: [...fleetArgs, '--roles', 'link'],
          readySchema: z.unknown(),
          onLog,
          onDeath: (how) => onLog(`link ${how}`),
          signal: stop.signal,
        })
      : undefined;
    if (link) stack.use(link);
    return {
      dataDir,
      fleet,
      link,
      api: () => signIn(fleet.ready().httpUrl, fleet.ready().demo),
      demonstration: () => openDemonstration(fleet.ready().httpUrl, fleet.ready().demo),
      async startTerminal(name, extraArgs = [], wrong) {
        const speakerRecording = join(dataDir, `${name}-speaker.raw`);
        const process = await startSupervised({
          name,
          ...(wrong ? { env: wrongClock(wrong.startsAt) } : {}),
          script: join(root, 'device/src/main.ts'),
          args: [
            ...['--data', join(dataDir, name), '--profile', profile, '--panel-port', await port()],
            ...['--fleet', fleet.ready().terminalUrl, '--fleet-ca', fleet.ready().caFile],
            ...['--speaker-recording', speakerRecording, ...extraArgs],
          ],
          readySchema: terminalReady,
          onLog,
          onDeath: (how) => onLog(`${name} ${how}`),
          signal: stop.signal,
        });
        stack.use(process);
        return { process, panelUrl: () => process.ready().panelUrl, speakerRecording };
      },
      [Symbol.asyncDispose]() {
        stop.abort();
        return stack.disposeAsync();
      },
    };
  } catch (fault) {
    await stack.disposeAsync();
    throw fault;
  }
}

/** The simulated terminal, its camera and displays at the rate of a calm clip. */
async function writeCalmProfile(folder: string): Promise<string> {
  const simulated = await readFile(join(root, 'hardware-profiles/simulated.yaml'), 'utf8');
  const file = join(folder, 'simulated.yaml');
  await writeFile(file, simulated.replaceAll(/framesPerSecond: \d+/g, `framesPerSecond: ${calmFps}`));
  return file;
}

/** Debian's libfaketime: wall-clock time is another one, durations stay true. The loader puts the folder in for `$LIB`. */
export function wrongClock(startsAt: string): Record<string, string> {
  return {
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketimeMT.so.1',
    ...{ FAKETIME: `@${startsAt}`, FAKETIME_DONT_FAKE_MONOTONIC: '1', TZ: 'UTC' },
  };
}
