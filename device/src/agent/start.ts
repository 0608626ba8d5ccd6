import fs from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import packageFile from '../../package.json' with { type: 'json' };
import type { TerminalConfig } from '../config.ts';
import { createGpioMuteKey } from '../drivers/mute-key/driver.ts';
import { createSimulatedMuteKey } from '../drivers/mute-key/simulator.ts';
import { createFleetClient } from '../enrolment/fleet-client.ts';
import { createFleetTime, storedTime } from '../enrolment/fleet-time.ts';
import { defaultLinkTiming } from '../link/link.ts';
import { resolveSetup } from '../media/setup.ts';
import { createMediaSupervisor } from '../media/supervisor.ts';
import { createPanelServer } from '../panel-api/server.ts';
import type { MediaPort } from '../ports/media.ts';
import { readProfile } from '../profile.ts';
import { createNoMedia } from '../simulation/no-media.ts';
import { openStore } from '../store/store.ts';
import { createGpioTools } from '../transports/gpio-tools.ts';
import { runLines } from '../transports/run-lines.ts';
import { keepMqttLean } from './lean-mqtt.ts';
import { openRoom } from './open-room.ts';
import { findSerial, storedSerial } from './serial.ts';
import { createSettling } from './settle.ts';
import { createTerminal } from './terminal.ts';

/** Written when the software was built or unpacked, so its date is the build time that the clock's floor needs. */
const packagePath = resolve(import.meta.dirname, '../../package.json');

/** An agent that runs: a terminal with its media and its panel's web server. */
export type RunningAgent = {
  ready: { panelUrl: string; displayUrl: string; serial: string; pid: number };
  /** Resolves when the agent cannot go on. */
  failed: Promise<'failed'>;
  stop(options: { comesBack: boolean }): Promise<void>;
};

export async function startAgent(deps: {
  config: TerminalConfig;
  caPem: string;
  onRestart(): void;
}): Promise<RunningAgent> {
  const { config, caPem, onRestart } = deps;
  keepMqttLean();
  const log = pino({ level: config['log-level'], base: null }, pino.destination({ dest: 2, sync: true }));
  const machine = createSystemClock();
  const open = (directory: string) => openStore({ directory, fs, clock: machine });
  const profile = await readProfile(config.profile);
  const store = await open(config.data);
  const fleetTime = await createFleetTime({
    ...{ machine, caPem, random: Math.random, log: log.child({ component: 'time' }) },
    builtAt: (await fs.stat(packagePath)).mtime,
    document: store.document('time', storedTime),
    fleet: createFleetClient({ url: config.fleet, caPem, clock: null }),
  });
  const { clock } = fleetTime;
  const serial = await findSerial({
    given: config.serial,
    isSimulated: config['no-media'] || profile.camera.kind === 'pattern',
    document: store.document('serial', storedSerial),
  });
  const media = config['no-media'] ? createNoMedia() : await startMedia();

  const muteKey = profile.muteKey
    ? createGpioMuteKey({
        ...{ key: profile.muteKey, clock, log: log.child({ component: 'mute-key' }) },
        lines: createGpioTools({ chip: profile.muteKey.chip, run: runLines, clock }),
      })
    : createSimulatedMuteKey();

  async function startMedia(): Promise<MediaPort> {
    const previewFolder = join(config.data, 'preview');
    // Pictures of a meeting must not outlive it: an agent that was killed could not remove them.
    await fs.rm(previewFolder, { recursive: true, force: true });
    await fs.mkdir(previewFolder, { recursive: true, mode: 0o700 });
    const setup = resolveSetup(profile, {
      ...{ cameraFile: config.camera, xDisplay: config.display, speakerRecording: config['speaker-recording'] },
      ...{ previewFolder, laptopFile: join(config.data, 'laptop') },
      ...{ sourceName: serial.slice(-16), iceAddresses: [] },
    });
    return createMediaSupervisor({
      ...{ setup, clock, log: log.child({ component: 'media' }) },
      isSpareKept: !config.cold,
      addresses: () => JSON.stringify(networkInterfaces()),
    });
  }

  const room =
    config.installation === null
      ? null
      : await openRoom(config.installation, { clock, log: log.child({ component: 'room' }), random: Math.random });

  const terminal = await createTerminal({
    ...{
      dataDir: config.data,
      openStore: open,
      fleet: { url: config.fleet, caPem },
      media,
      muteKey,
      room,
      clock,
      log,
      onRestart,
    },
    hardware: { software: packageFile.version, profile: profile.name, serial },
    isPublishing: !config['no-media'],
    linkTiming: defaultLinkTiming,
    random: Math.random,
  });
  const host = config['panel-host'];
  const server = createPanelServer({
    ...{ panel: terminal.panel, room: room?.panel ?? null, host, clock, log: log.child({ component: 'panel' }) },
    screensDir: resolve(import.meta.dirname, '../../panel/dist'),
  });
  const panelUrl = await server.listen({ host, port: config['panel-port'] });

  const settling = createSettling({ clock });
  let shown = '';
  const settle = ({ binding, call }: PanelState) => {
    const now = `${binding.state} ${call.state}`;
    if (now === shown) return;
    shown = now;
    if (call.state === 'idle') settling.plan();
    else settling.cancel();
  };
  terminal.panel.onState(settle);
  settle(terminal.panel.state());
  if (room) {
    terminal.panel.onState(room.follow);
    room.follow(terminal.panel.state());
  }

  const stopped = new AbortController();
  const { signal } = stopped;
  const running = Promise.all([
    fleetTime.run({ signal }),
    fleetTime.settled({ signal }).then(() => terminal.run({ signal })),
  ]);
  const failed = new Promise<'failed'>((report) => {
    running.catch((cause: unknown) => {
      log.fatal({ err: cause }, 'the agent cannot go on');
      report('failed');
    });
  });
  log.info({ panelUrl, profile: profile.name, serial }, 'agent started');

  return {
    ready: { panelUrl, displayUrl: `${panelUrl}/display`, serial, pid: process.pid },
    failed,
    async stop({ comesBack }) {
      settling.cancel();
      await terminal.stop({ comesBack });
      stopped.abort();
      await server.close();
      await room?.[Symbol.asyncDispose]();
      await muteKey[Symbol.asyncDispose]();
      await media[Symbol.asyncDispose]();
      log.info('agent stopped');
    },
  };
}
