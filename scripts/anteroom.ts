import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { runProfileCommand } from '../device/src/accessories/profile-command.ts';
import { runRecordCommand } from '../device/src/accessories/record-command.ts';
import { type AccessoryCommandDeps, runDeviceSimulation } from '../device/src/accessories/sim-command.ts';
import { runInstallationSimulation } from '../device/src/accessories/sim-installation.ts';
import { type Claim, runSimulation, type SimDeps } from '../device/src/simulation/command.ts';
import { signIn } from './lib/demonstration.ts';

const usage = `anteroom COMMAND [options]

  sim       run simulated terminals against a fleet, the device of an accessory's profile, or those of an installation
  profile   check profiles of hardware, find out who is on a line, and try a device
  record    keep a conversation with a device, to be played back as a test

anteroom COMMAND --help explains the options of a command.
`;

/** An administrator's sign-in that claims terminals for the fleet's cloud rooms, one after the other. */
async function signInToClaim(url: string, credentials: { login: string; password: string }): Promise<Claim> {
  const api = await signIn(url, credentials);
  const rooms = await api.call(roomRoutes.list, {});
  return async (serial, code) => {
    const room = rooms.items[Number(serial.replace(/\D/g, '')) % Math.max(1, rooms.items.length)];
    await api.call(terminalRoutes.claim, { body: { code, name: serial, spaceId: null, roomId: room?.id ?? null } });
  };
}

async function main(): Promise<number> {
  const [command, ...args] = process.argv.slice(2);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const deps: SimDeps = {
    signIn: signInToClaim,
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
    signal: stop.signal,
  };
  const accessories: AccessoryCommandDeps = {
    ...{ print: deps.print, complain: deps.complain, signal: stop.signal, input: process.stdin },
    ...{
      clock: createSystemClock(),
      log: pino({ level: 'warn', base: null }, pino.destination(2)),
      random: Math.random,
    },
  };
  switch (command) {
    case 'sim':
      if (args.includes('--installation')) return await runInstallationSimulation(args, accessories);
      return args.includes('--profile')
        ? await runDeviceSimulation(args, accessories)
        : await runSimulation(args, deps);
    case 'profile':
      return await runProfileCommand(args, accessories);
    case 'record':
      return await runRecordCommand(args, accessories);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(usage);
      return command === undefined ? 2 : 0;
    default:
      process.stderr.write(`anteroom: there is no command “${command}”.\n\n${usage}`);
      return 2;
  }
}

try {
  process.exitCode = await main();
} catch (fault) {
  process.stderr.write(`anteroom: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
}
