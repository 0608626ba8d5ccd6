import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { type JanusChild, startJanusChild } from './janus-child.ts';
import { connectJanus, type JanusConnection } from './janus-client.ts';
import { killLeftoverJanus, writeJanusRecord } from './leftover.ts';
import type { MediaLink, MediaNode } from './media-node.ts';
import { restartDelayMs } from './restart-delay.ts';

/**
 * Keeps one Janus running as a child of this process: starts it on free ports with fresh secrets, watches it through its
 * own WebSocket, and starts it again when the process or the connection is gone. Rooms are not kept: see `MediaNode`.
 */
export type JanusProcessDeps = {
  /** Holds `janus.json`, the record of the running child. */
  dataDir: string;
  /** Address offered to clients, see `pickMediaAddress`. */
  address: string;
  rtpPorts: { min: number; max: number };
  executable: string;
  clock: Clock;
  log: Logger;
};

export interface JanusProcess extends MediaNode {
  /** Process id of the running child, null between two runs. */
  pid(): number | null;
}

export const defaultJanusExecutable = '/usr/bin/janus';
export const defaultRtpPorts = { min: 20_000, max: 29_999 };

const connectWithinMs = 10_000;
const connectAgainMs = 15;

/**
 * Kills what an earlier fleet left, then starts Janus; it may not be up yet when this resolves. Throws an `Error` when
 * another fleet holds meetings from the same data folder.
 */
export async function createJanusProcess(deps: JanusProcessDeps): Promise<JanusProcess> {
  const { clock, log } = deps;
  const recordPath = join(deps.dataDir, 'janus.json');
  const lifetime = new AbortController();
  const { signal } = lifetime;
  if (await killLeftoverJanus(recordPath, { clock, signal })) log.warn('janus of an earlier run killed');
  // Outside of the data folder, which other users may not enter: Janus does not run as the fleet's user.
  const configFolder = await mkdtemp(join(tmpdir(), 'anteroom-janus-'));
  await chmod(configFolder, 0o700);

  const listeners = new Set<(link: MediaLink | null) => void>();
  let link: MediaLink | null = null;
  let pid: number | null = null;

  function setLink(next: MediaLink | null): void {
    if (link === next) return;
    link = next;
    for (const listener of [...listeners]) listener(next);
  }

  async function runOnce(): Promise<void> {
    const startedMs = clock.monotonicMs();
    const child = await startJanusChild({ ...deps, configFolder });
    pid = child.pid;
    try {
      await writeJanusRecord(recordPath, { pid: child.pid, configFolder, owner: process.pid });
      const connection = await connect(child);
      setLink({ connection, roomAdminKey: child.roomAdminKey });
      log.info({ pid, tookMs: Math.round(clock.monotonicMs() - startedMs) }, 'janus up');
      const reason = await Promise.race([connection.closed, child.exited, aborted(signal)]);
      setLink(null);
      connection.close();
      if (!signal.aborted) log.warn({ pid, reason }, 'janus gone');
    } finally {
      child.kill();
      await child.exited;
      pid = null;
    }
  }

  async function connect(child: JanusChild): Promise<JanusConnection> {
    const giveUp = new AbortController();
    const untilMs = clock.monotonicMs() + connectWithinMs;
    child.exited.then(({ code, lastLines }) => {
      giveUp.abort(new Error(`janus: ended with code ${code} before it answered: ${lastLines.join(' | ')}`));
    }, undefined);
    const either = AbortSignal.any([signal, giveUp.signal]);
    for (;;) {
      try {
        return await connectJanus({
          url: child.apiUrl,
          apiSecret: child.apiSecret,
          requestTimeoutMs: 5_000,
          keepaliveEveryMs: 2_000,
          keepaliveTimeoutMs: 4_000,
          clock,
          log,
          signal: either,
        });
      } catch (cause) {
        either.throwIfAborted();
        if (clock.monotonicMs() > untilMs) throw new Error(`janus: no answer in ${connectWithinMs} ms`, { cause });
        await clock.sleep(connectAgainMs, { signal: either });
      }
    }
  }

  async function supervise(): Promise<void> {
    let shortRuns = 0;
    while (!signal.aborted) {
      const startedMs = clock.monotonicMs();
      try {
        await runOnce();
      } catch (error) {
        if (!signal.aborted) log.error({ err: error }, 'janus does not start');
      }
      if (signal.aborted) return;
      const next = restartDelayMs({ ranMs: clock.monotonicMs() - startedMs, shortRuns });
      shortRuns = next.shortRuns;
      await clock.sleep(next.delayMs, { signal });
    }
  }

  const supervision = supervise().catch((error: unknown) => {
    if (!signal.aborted) log.error({ err: error }, 'janus supervision ended');
  });

  return {
    pid: () => pid,
    link: () => link,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenUp: ({ signal: waitSignal }) =>
      new Promise((resolve, reject) => {
        if (link) return resolve(link);
        const either = AbortSignal.any([waitSignal, signal]);
        if (either.aborted) return reject(either.reason);
        const onAbort = () => {
          listeners.delete(onLink);
          reject(either.reason);
        };
        const onLink = (next: MediaLink | null) => {
          if (!next) return;
          listeners.delete(onLink);
          either.removeEventListener('abort', onAbort);
          resolve(next);
        };
        either.addEventListener('abort', onAbort, { once: true });
        listeners.add(onLink);
      }),
    async [Symbol.asyncDispose]() {
      lifetime.abort(new Error('janus: the fleet is stopping'));
      await supervision;
      await rm(configFolder, { recursive: true, force: true });
      await rm(recordPath, { force: true });
    },
  };
}

function aborted(signal: AbortSignal): Promise<'stopping'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopping');
    else signal.addEventListener('abort', () => resolve('stopping'), { once: true });
  });
}
