// A process that does nothing but keep a Janus, for tests that kill it: data folder as argument, Janus's id on stdout.
import { networkInterfaces } from 'node:os';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { createJanusProcess, defaultJanusExecutable, defaultRtpPorts } from '../janus-process.ts';
import { pickMediaAddress } from '../media-address.ts';

const janus = await createJanusProcess({
  dataDir: process.argv[2] ?? '',
  address: pickMediaAddress(networkInterfaces()) ?? '',
  rtpPorts: defaultRtpPorts,
  executable: defaultJanusExecutable,
  clock: createSystemClock(),
  log: pino({ level: 'silent' }),
});
await janus.whenUp({ signal: AbortSignal.timeout(5_000) });
process.stdout.write(`${janus.pid()}\n`);
