import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import {
  createJanusProcess,
  defaultJanusExecutable,
  defaultRtpPorts,
  type JanusProcess,
} from '../../media-nodes/janus-process.ts';
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

/** One that is up, with a data folder of its own that goes when it ends. */
export async function startOwnJanus(): Promise<AsyncDisposable & { mediaNode: JanusProcess }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-janus-'));
  const mediaNode = await startJanus(dataDir, defaultJanusExecutable);
  await mediaNode.whenUp({ signal: AbortSignal.timeout(5_000) });
  return {
    mediaNode,
    async [Symbol.asyncDispose]() {
      await mediaNode[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
