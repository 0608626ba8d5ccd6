import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import pino from 'pino';
import { ConfigError, type FleetConfig, readConfig, usage } from './config.ts';
import { DatabaseFault } from './db/postgres.ts';
import { createFleet, type Fleet } from './fleet.ts';
import { startMediaNode } from './media-role.ts';
import { createPasswords, passwordCost } from './passwords.ts';

/** The fleet as a program: reads its configuration once, starts, says when it is ready, and stops when told to. */

/** An orderly stop that takes longer is cut off. */
const stopWithinMs = 3_000;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const stopRequest = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  const config = readConfig(process.argv.slice(2), process.env);
  const log = pino(
    { level: config.logLevel, base: null, redact: ['*.password', '*.token', '*.ticket'] },
    pino.destination(2),
  );
  // Whatever falls through is a fault of ours: say it and go, so that whoever supervises us starts us again.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error');
    process.exit(1);
  });

  const starting = startFleet(config, {
    ...{ clock: createSystemClock(), log, startMedia: startMediaNode },
    passwords: createPasswords(passwordCost),
  });
  const fleet = await Promise.race([starting, stopRequest.then(() => null)]);
  if (fleet === null) process.exit(0);
  const ready = { event: 'ready', ...fleet.ready, pid: process.pid, readyMs: Math.round(performance.now()) };
  process.stdout.write(`${JSON.stringify(ready)}\n`);

  log.info({ signal: await stopRequest }, 'stopping');
  setTimeout(() => {
    log.warn({ stopWithinMs }, 'not stopped in time');
    process.exit(1);
  }, stopWithinMs).unref();
  await fleet[Symbol.asyncDispose]();
  process.exit(0);
}

async function startFleet(config: FleetConfig, deps: Parameters<typeof createFleet>[1]): Promise<Fleet> {
  try {
    return await createFleet(config, deps);
  } catch (error) {
    if (error instanceof DatabaseFault) throw new ConfigError(error.message, { cause: error });
    const fault = listenFaultOf(error);
    if (fault?.code === 'EADDRINUSE')
      throw new ConfigError(await explainBusyPort(config, fault.port), { cause: error });
    throw error;
  }
}

function listenFaultOf(error: unknown): { code: string; port: number } | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && 'port' in error && typeof error.code === 'string' && typeof error.port === 'number')
    return { code: error.code, port: error.port };
  return listenFaultOf(error.cause);
}

async function explainBusyPort({ ports }: FleetConfig, port: number): Promise<string> {
  const option = (['http', 'terminal', 'mqtt'] as const).find((name) => ports[name] === port);
  const holder = await findHolder(port);
  const stop = holder ? `Stop process ${holder.pid} (${holder.command})` : 'Stop the process that holds it';
  return `Port ${port} is in use. ${stop}, or use another port: --${option ?? 'http'}-port ${port + 1}`;
}

async function findHolder(port: number): Promise<{ pid: number; command: string } | null> {
  try {
    const { stdout } = await promisify(execFile)('ss', ['-ltnpH', `sport = :${port}`]);
    const pid = Number(/pid=(\d+)/.exec(stdout)?.[1]);
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    return { pid, command: words.join(' ').trim() };
  } catch {
    return null; // Without iproute2, or for another user's process, the advice names none.
  }
}

main().catch((error: unknown) => {
  const text =
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
