import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { createTerminal, type Terminal } from '../agent/terminal.ts';
import { createSimulatedMuteKey } from '../drivers/mute-key/simulator.ts';
import { defaultLinkTiming } from '../link/link.ts';
import { openStore } from '../store/store.ts';
import { createNoMedia } from './no-media.ts';

/**
 * Many terminals in one process: the agent's own code with real identities, links and meetings, but without media
 * processes and without web servers. What they do not have, they do not pretend: they join meetings to watch.
 */
export interface SimulatedTerminals extends AsyncDisposable {
  readonly terminals: readonly SimulatedTerminal[];
  counts(): SimulationCounts;
}

export type SimulatedTerminal = { serial: string; terminal: Terminal };
export type SimulationCounts = {
  terminals: number;
  pairing: number;
  claimed: number;
  online: number;
  inMeeting: number;
};

export type SimulationDeps = {
  count: number;
  dataDir: string;
  fleet: { url: URL; caPem: string };
  software: string;
  /** The connections of every terminal are cut this often, each at a moment of its own; null never. */
  dropEveryMs: number | null;
  clock: Clock;
  random: () => number;
  log: Logger;
  /** A terminal shows a code that it did not show before. */
  onCode(serial: string, shown: Extract<PanelState['binding'], { state: 'pairing' }>): void;
};

/** A thousand terminals that are switched on at once would measure the burst and not the fleet. */
const startEveryMs = 20;

export async function startSimulatedTerminals(deps: SimulationDeps): Promise<SimulatedTerminals> {
  const { count, dataDir, fleet, software, dropEveryMs, clock, random, log, onCode } = deps;
  const stopped = new AbortController();
  const simulated: SimulatedTerminal[] = [];
  const running: Promise<void>[] = [];

  async function start(index: number): Promise<void> {
    const serial = `SIM-${String(index + 1).padStart(5, '0')}`;
    const terminal = await createTerminal({
      dataDir: join(dataDir, serial),
      openStore: (directory) => openStore({ directory, fs, clock }),
      hardware: { software, profile: 'simulated', serial },
      ...{
        fleet,
        media: createNoMedia(),
        muteKey: createSimulatedMuteKey(),
        room: null,
        isPublishing: false,
        linkTiming: defaultLinkTiming,
        clock,
        random,
      },
      log: log.child({ serial }),
      onRestart: () => terminal.dropConnections(),
    });
    simulated.push({ serial, terminal });
    let shownCode = '';
    terminal.panel.onState(({ binding }) => {
      if (binding.state !== 'pairing' || binding.code === shownCode) return;
      shownCode = binding.code;
      onCode(serial, binding);
    });
    running.push(terminal.run({ signal: stopped.signal }));
    if (dropEveryMs !== null) running.push(dropAgainAndAgain(terminal, dropEveryMs));
  }

  async function dropAgainAndAgain(terminal: Terminal, everyMs: number): Promise<void> {
    while (!stopped.signal.aborted) {
      const delayMs = everyMs * (0.5 + random());
      await clock.sleep(delayMs, { signal: stopped.signal }).catch(() => {});
      if (!stopped.signal.aborted) terminal.dropConnections();
    }
  }

  for (let index = 0; index < count; index++) {
    await start(index);
    await clock.sleep(startEveryMs, { signal: stopped.signal });
  }

  return {
    terminals: simulated,
    counts() {
      const states = simulated.map(({ terminal }) => terminal.panel.state());
      const countOf = (accept: (state: PanelState) => boolean) => states.filter(accept).length;
      return {
        terminals: states.length,
        pairing: countOf(({ binding }) => binding.state === 'pairing'),
        claimed: countOf(({ binding }) => binding.state === 'claimed'),
        online: countOf(({ link }) => link.isOnline),
        inMeeting: countOf(({ call }) => call.state === 'in'),
      };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(simulated.map(({ terminal }) => terminal.stop({ comesBack: false })));
      stopped.abort();
      await Promise.all(running);
    },
  };
}
