import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { DesiredDocument } from '@anteroom/shared/protocol/desired.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { type Logger, pino } from 'pino';
import { createLink as createTerminalLink } from '../../device/src/link/client.ts';
import type {
  LinkHandlers,
  LinkStatus,
  Link as TerminalLink,
  LinkTiming as TerminalTiming,
} from '../../device/src/link/link.ts';
import { openStore } from '../../device/src/store/store.ts';
import { createBroker } from '../../fleet/src/link/broker.ts';
import { createProcessHolder } from '../../fleet/src/link/lease.ts';
import type { Link, LinkChange, LinkTiming } from '../../fleet/src/link/link.ts';
import { createLink } from '../../fleet/src/link/service.ts';
import { fastFleetTiming, fastTerminalTiming } from './link-settings.ts';
import type { LinkWorld, TestTerminal } from './link-world.ts';

/** Lines of a log as objects, for tests that count them. */
export function createRecordingLog(): { log: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { log, lines };
}

export type FleetSide = AsyncDisposable & {
  link: Link;
  port: number;
  changes: LinkChange[];
  lines: Record<string, unknown>[];
};

/** Link and embedded broker of a fleet in this process; `port` 0 takes any. */
export async function startFleetSide(
  world: LinkWorld,
  options: { port: number; timing?: Partial<LinkTiming> },
): Promise<FleetSide> {
  const clock = createSystemClock();
  const { log, lines } = createRecordingLog();
  const engine = createBroker({
    tls: {
      keyPem: world.server.keyPem,
      certificatePem: world.server.certificatePem,
      clientCaPem: world.authority.caPem,
    },
    host: '127.0.0.1',
    port: options.port,
    registry: world.registry,
    clock,
    log,
  });
  const changes: LinkChange[] = [];
  const link = createLink({
    db: world.db,
    engine,
    clock,
    log,
    timing: { ...fastFleetTiming, ...options.timing },
    holder: createProcessHolder(),
    onChange: (change) => changes.push(change),
  });
  link.start();
  const { port } = await link.untilLeading({ signal: AbortSignal.timeout(10_000) }).catch(async (error: unknown) => {
    await link[Symbol.asyncDispose]();
    throw error;
  });
  return { link, port, changes, lines, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}

export type TerminalSide = AsyncDisposable & {
  link: TerminalLink;
  documents: DesiredDocument[];
  statuses: LinkStatus[];
  lines: Record<string, unknown>[];
};

/** A terminal's link in this process, with files in the world's folder. */
export async function startTerminalSide(
  world: LinkWorld,
  terminal: TestTerminal,
  options: { port: number; execute: LinkHandlers['execute']; timing?: Partial<TerminalTiming> },
): Promise<TerminalSide> {
  const clock = createSystemClock();
  const { log, lines } = createRecordingLog();
  const documents: DesiredDocument[] = [];
  const statuses: LinkStatus[] = [];
  const link = await createTerminalLink({
    store: await openStore({ directory: join(world.directory, terminal.id), fs, clock }),
    clock,
    log,
    hardware: { software: '0.1.0', profile: 'simulated', serial: 'S1' },
    identity: () =>
      Promise.resolve({
        terminalId: terminal.id,
        url: `mqtts://127.0.0.1:${options.port}`,
        keyPem: terminal.keyPem,
        certificatePem: terminal.certificatePem,
        caPem: world.authority.caPem,
      }),
    handlers: {
      desired: (document) => documents.push(document),
      execute: options.execute,
      statusChanged: (status) => statuses.push(status),
    },
    timing: { ...fastTerminalTiming, ...options.timing },
  });
  link.start();
  return { link, documents, statuses, lines, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
}
