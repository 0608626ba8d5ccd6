import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJanusProcess, defaultJanusExecutable, defaultRtpPorts, type JanusProcess } from './janus-process.ts';
import { writeJanusRecord } from './leftover.ts';
import { pickMediaAddress } from './media-address.ts';
import type { MediaLink } from './media-node.ts';
import { attachVideoRoom, createRoom } from './videoroom.ts';

const within = () => AbortSignal.timeout(5_000);

describe('our Janus', () => {
  let dataDir: string;
  let janus: JanusProcess | null = null;
  let logged: string[] = [];

  const start = async (executable = defaultJanusExecutable): Promise<JanusProcess> => {
    const address = pickMediaAddress(networkInterfaces());
    if (address === null) throw new Error('this host has only loopback: run the set-up, which makes anteroom0');
    const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(line) });
    janus = await createJanusProcess({
      dataDir,
      address,
      rtpPorts: defaultRtpPorts,
      executable,
      clock: createSystemClock(),
      log,
    });
    return janus;
  };

  beforeEach(async () => {
    logged = [];
    dataDir = await mkdtemp(join(tmpdir(), 'anteroom-media-'));
  });

  afterEach(async () => {
    await janus?.[Symbol.asyncDispose]();
    janus = null;
    await rm(dataDir, { recursive: true, force: true });
  });

  test('makes rooms for whoever knows its key, and for nobody else', async () => {
    const link = await (await start()).whenUp({ signal: within() });
    const handle = await attachVideoRoom(link.connection, () => undefined, within());
    const room = { id: 'somewhere', token: 't', secret: 's' };
    const settings = { publishers: 4, maxVideoKbps: 1000, keyFrameEveryS: 10 };
    await createRoom(link, handle, room, settings, within());
    await createRoom(link, handle, room, settings, within());
    const stranger = { ...link, roomAdminKey: 'guessed' };
    const refused = createRoom(stranger, handle, { ...room, id: 'elsewhere' }, settings, within());
    await expect(refused).rejects.toMatchObject({ fault: 'refused' });
  });

  test('gives up no privileges to its child', async () => {
    await (await start()).whenUp({ signal: within() });
    const status = await readFile(`/proc/${janus?.pid()}/status`, 'utf8');
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
    expect(status).not.toMatch(/^Uid:\s+0\s/m);
  });

  test('is there again right after it was killed, and requests of before are told so', async () => {
    const node = await start();
    const before = await node.whenUp({ signal: within() });
    const handle = await attachVideoRoom(before.connection, () => undefined, within());
    const changes: (MediaLink | null)[] = [];
    node.onChange((link) => changes.push(link));
    const startedMs = performance.now();
    process.kill(node.pid() ?? 0, 'SIGKILL');
    const asked = handle.request({ body: { request: 'list' }, signal: within() });
    await expect(asked).rejects.toMatchObject({ fault: 'closed' });
    await expect.poll(() => changes.length, { timeout: 5_000, interval: 10 }).toBe(2);
    expect(changes[0]).toBeNull();
    expect(changes[1]).not.toBe(before);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  test('a Janus that hangs is replaced', async () => {
    const node = await start();
    await node.whenUp({ signal: within() });
    const hung = node.pid() ?? 0;
    process.kill(hung, 'SIGSTOP');
    await expect.poll(() => node.pid(), { timeout: 9_000, interval: 50 }).not.toBe(hung);
    await node.whenUp({ signal: within() });
    expect(await isAlive(hung)).toBe(false);
  });

  test('leaves no process, record or folder behind', async () => {
    const node = await start();
    await node.whenUp({ signal: within() });
    const pid = node.pid() ?? 0;
    const record: { configFolder: string } = JSON.parse(await readFile(join(dataDir, 'janus.json'), 'utf8'));
    await node[Symbol.asyncDispose]();
    expect(await isAlive(pid)).toBe(false);
    await expect(access(record.configFolder)).rejects.toThrow('ENOENT');
    await expect(access(join(dataDir, 'janus.json'))).rejects.toThrow('ENOENT');
  });

  test('kills what an earlier fleet left running, and only that', async () => {
    const configFolder = await mkdtemp(join(tmpdir(), 'anteroom-janus-'));
    // Stands for a Janus: a process whose command line names the recorded folder.
    const leftover = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', configFolder]);
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      await writeJanusRecord(join(dataDir, 'janus.json'), { pid: leftover.pid ?? 0, configFolder, owner: 1 });
      const ended = new Promise((done) => leftover.once('exit', (_code, signal) => done(signal)));
      await start();
      expect(await ended).toBe('SIGKILL');
      await expect(access(configFolder)).rejects.toThrow('ENOENT');

      await janus?.[Symbol.asyncDispose]();
      await writeJanusRecord(join(dataDir, 'janus.json'), {
        ...{ pid: stranger.pid ?? 0, configFolder: '/nowhere/else', owner: process.pid },
      });
      await start();
      expect(await isAlive(stranger.pid ?? 0)).toBe(true);
    } finally {
      leftover.kill('SIGKILL');
      stranger.kill('SIGKILL');
    }
  });

  test('is not taken from a fleet that runs, and dies with one that is killed', async () => {
    const fleet = spawn(process.execPath, [resolve(import.meta.dirname, 'testing/run-janus.ts'), dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const pid = await new Promise<number>((ready) => fleet.stdout.once('data', (line) => ready(Number(line))));
      expect(await isAlive(pid)).toBe(true);
      await expect(start()).rejects.toThrow(`process id ${fleet.pid} holds meetings from this data folder already`);
      expect(await isAlive(pid)).toBe(true);
      fleet.kill('SIGKILL');
      await expect.poll(() => isAlive(pid), { timeout: 2_000, interval: 20 }).toBe(false);
      // The next start clears what is left on disk.
      const record: { configFolder: string } = JSON.parse(await readFile(join(dataDir, 'janus.json'), 'utf8'));
      await start();
      await expect(access(record.configFolder)).rejects.toThrow('ENOENT');
    } finally {
      fleet.kill('SIGKILL');
    }
  });

  test('one that cannot start is tried again without hurry, and stops when told', async () => {
    const node = await start('/bin/false');
    await expect
      .poll(() => logged.filter((line) => line.includes('does not start')).length, { timeout: 5_000 })
      .toBe(3);
    expect(node.link()).toBeNull();
    const startedMs = performance.now();
    await node[Symbol.asyncDispose]();
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

/** Running, and not just a zombie that waits for its parent. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    return !/^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
