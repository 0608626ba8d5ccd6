import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { claimTerminal, ensureMeeting, openDemonstration, waitForPanel } from './lib/demonstration.ts';
import { makeDemonstrationRoom } from './lib/demonstration-room.ts';
import { StartFault, startSupervised } from './lib/supervised.ts';

const usage = `npm start -- [options]

  --fresh               begin with an empty data folder
  --data DIR            data folder (ANTEROOM_DATA; default .data)
  --host ADDRESS        address of console, soft client and panel (ANTEROOM_HOST; default 127.0.0.1)
  --http-port N         console and soft client (ANTEROOM_HTTP_PORT; default 8080)
  --terminal-port N     terminals' HTTPS (ANTEROOM_TERMINAL_PORT; default 8443)
  --mqtt-port N         terminals' MQTT (ANTEROOM_MQTT_PORT; default 8883)
  --panel-port N        touch panel of the simulated terminal (ANTEROOM_PANEL_PORT; default 8090)
  --camera FILE         a clip that stands for the room's camera and microphone
  --verbose             show the programs' logs
  --help
`;

const startedAtMs = performance.now();
const root = resolve(import.meta.dirname, '..');

function readSettings() {
  const { values } = parseArgs({
    options: {
      fresh: { type: 'boolean', default: false },
      data: { type: 'string', default: process.env.ANTEROOM_DATA ?? join(root, '.data') },
      host: { type: 'string', default: process.env.ANTEROOM_HOST ?? '127.0.0.1' },
      'http-port': { type: 'string', default: process.env.ANTEROOM_HTTP_PORT ?? '8080' },
      'terminal-port': { type: 'string', default: process.env.ANTEROOM_TERMINAL_PORT ?? '8443' },
      'mqtt-port': { type: 'string', default: process.env.ANTEROOM_MQTT_PORT ?? '8883' },
      'panel-port': { type: 'string', default: process.env.ANTEROOM_PANEL_PORT ?? '8090' },
      camera: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = (name: 'http-port' | 'terminal-port' | 'mqtt-port' | 'panel-port') => {
    const parsed = z.coerce.number().int().min(0).max(65_535).safeParse(values[name]);
    if (!parsed.success) throw new Error(`--${name} ${values[name]}: expected a port from 0 to 65535`);
    return parsed.data;
  };
  return {
    isFresh: values.fresh,
    isVerbose: values.verbose,
    isHelpAsked: values.help,
    dataDir: resolve(values.data),
    host: values.host,
    camera: values.camera === undefined ? undefined : resolve(values.camera),
    ports: {
      http: port('http-port'),
      terminal: port('terminal-port'),
      mqtt: port('mqtt-port'),
      panel: port('panel-port'),
    },
  };
}

const fleetReady = z.object({
  httpUrl: z.url(),
  consoleUrl: z.url(),
  terminalUrl: z.url(),
  caFile: z.string(),
  demo: z.object({ login: z.string(), hostLogin: z.string(), password: z.string() }),
});
const terminalReady = z.object({ panelUrl: z.url() });

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function step(text: string): void {
  say(`  ${((performance.now() - startedAtMs) / 1000).toFixed(1).padStart(5)} s  ${text}`);
}

/** This machine's first address that Janus can gather; it never uses loopback. */
function hasMediaAddress(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some((a) => a.family === 'IPv4' && !a.internal),
  );
}

async function main(): Promise<number> {
  const settings = readSettings();
  if (settings.isHelpAsked) {
    say(usage);
    return 0;
  }
  if (settings.camera !== undefined && !existsSync(settings.camera)) {
    say(`--camera ${settings.camera}: there is no such file.`);
    return 1;
  }
  if (!hasMediaAddress()) {
    say(
      'This machine has only loopback addresses, which the media server cannot use. Run as root: ip link add anteroom0 type dummy && ip addr add 10.213.0.1/32 dev anteroom0 && ip link set anteroom0 up',
    );
    return 1;
  }
  if (settings.isFresh) await rm(settings.dataDir, { recursive: true, force: true });

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  await using programs = new AsyncDisposableStack();
  try {
    await startPrograms(settings, programs, stop.signal);
    await new Promise((done) => stop.signal.addEventListener('abort', done, { once: true }));
  } catch (fault) {
    if (!stop.signal.aborted) throw fault;
  }
  say('stopping');
  return 0;
}

/** Starts the fleet and a terminal, pairs it, and prints the three links. What was started goes onto `programs`. */
async function startPrograms(
  settings: ReturnType<typeof readSettings>,
  programs: AsyncDisposableStack,
  stopped: AbortSignal,
): Promise<void> {
  const common = {
    onLog: settings.isVerbose ? (line: string) => process.stderr.write(`${line}\n`) : () => undefined,
    signal: stopped,
  };
  const onDeath = (name: string) => (how: string) => step(`${name} ${how}; bringing it back`);

  step('starting the fleet: console, broker, database, media server');
  const fleet = programs.use(
    await startSupervised({
      ...common,
      name: 'fleet',
      script: join(root, 'fleet/src/server.ts'),
      args: [
        ...['--data', join(settings.dataDir, 'fleet'), '--host', settings.host],
        ...['--http-port', String(settings.ports.http), '--terminal-port', String(settings.ports.terminal)],
        ...['--mqtt-port', String(settings.ports.mqtt), '--seed-demo'],
      ],
      readySchema: fleetReady,
      onDeath: onDeath('the fleet'),
    }),
  );

  step('starting the simulated devices of a room');
  const room = programs.use(await makeDemonstrationRoom());
  programs.use(
    await startSupervised({
      ...common,
      name: 'devices',
      script: join(root, 'scripts/anteroom.ts'),
      args: ['sim', '--installation', room.file],
      readySchema: z.object({ devices: z.int() }),
      onDeath: onDeath('the room’s devices'),
    }),
  );

  step('starting a simulated terminal');
  const terminal = programs.use(
    await startSupervised({
      ...common,
      name: 'terminal',
      script: join(root, 'device/src/main.ts'),
      args: [
        ...['--data', join(settings.dataDir, 'terminal'), '--profile', 'simulated'],
        ...['--fleet', fleet.ready().terminalUrl, '--fleet-ca', fleet.ready().caFile],
        ...['--panel-host', settings.host, '--panel-port', String(settings.ports.panel)],
        ...['--installation', room.file],
        ...(settings.camera === undefined ? [] : ['--camera', settings.camera]),
      ],
      readySchema: terminalReady,
      onDeath: onDeath('the terminal'),
    }),
  );

  const { httpUrl, consoleUrl, demo } = fleet.ready();
  const { panelUrl } = terminal.ready();
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(60_000)]);
  const demonstration = await openDemonstration(httpUrl, demo);
  const shown = await waitForPanel(panelUrl, (state) => ['pairing', 'claimed'].includes(state.binding.state), {
    signal,
  });
  if (shown.binding.state === 'pairing') {
    step('pairing the terminal with its code and giving it a room');
    await claimTerminal(demonstration.api, panelUrl, { signal });
  }
  const meeting = await ensureMeeting(demonstration, new Date());
  await waitForPanel(panelUrl, (state) => state.meetings.some((known) => known.meetingId === meeting.id), { signal });
  step('ready');
  say(`
  Touch panel   ${panelUrl}
                its room display: ${new URL('/display', panelUrl)}
                the devices in its room: “Room devices” at the foot of the panel
  Console       ${consoleUrl}
                (this link signs you in once; later: ${demo.login}, password ${demo.password})
  Soft client   ${meeting.joinUrl}
                (as a guest; as its host: ${httpUrl}/sign-in?next=/m/${meeting.number}, ${demo.hostLogin}, same password)

  “${meeting.subject}” starts at ${new Date(meeting.startAt).toLocaleTimeString()}. Press Join on the panel, then open the soft client.
  Ctrl-C stops everything.
`);
}

process.exitCode = await main().catch((fault: unknown) => {
  say(`Could not start: ${fault instanceof Error ? fault.message : String(fault)}`);
  if (!(fault instanceof StartFault && fault.isExplained)) say('Run again with --verbose to see the programs’ logs.');
  return 1;
});
