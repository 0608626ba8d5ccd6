import { networkInterfaces } from 'node:os';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { createJanusProcess, defaultRtpPorts, type JanusProcess } from '../../media-nodes/janus-process.ts';
import { pickMediaAddress } from '../../media-nodes/media-address.ts';

/** A media server of the test's own, or a program that stands for one that does not start. */
export async function startJanus(dataDir: string, executable: string): Promise<JanusProcess> {
  const address = pickMediaAddress(networkInterfaces());
  if (address === null) throw new Error('this host has only loopback: run the set-up, which makes anteroom0');
  const log = pino({ level: 'silent' });
  return createJanusProcess({
    dataDir,
    address,
    rtpPorts: defaultRtpPorts,
    executable,
    clock: createSystemClock(),
    log,
  });
}
