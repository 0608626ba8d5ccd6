// What a newcomer does first: npm start, the three links, Ctrl-C.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pickFreePort } from '../../scripts/lib/ports.ts';
import { descendantsOf, type RunningProcess } from '../harness/processes.ts';

const root = resolve(import.meta.dirname, '../..');
const startsWithinMs = 60_000;
let dataDir: string;
let started: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'anteroom-start-'));
});
afterEach(async () => {
  for (const { pid, exitCode } of started) if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL');
  started = [];
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

/** As from a shell of its own: Ctrl-C there reaches the whole group. */
async function start() {
  const ports: string[] = [];
  for (const option of ['http-port', 'terminal-port', 'mqtt-port', 'panel-port'])
    ports.push(`--${option}`, String(await pickFreePort('127.0.0.1')));
  const child = spawn('sh', [join(root, 'scripts/start'), '--data', dataDir, ...ports], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  started.push(child);
  const { pid } = child;
  if (pid === undefined) throw new Error('sh is there');
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const waiting: { words: string; resolve: () => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const { words, resolve: found } of waiting) if (line.includes(words)) found();
  });
  return {
    pid,
    /** Resolves once a line holds `words`. */
    said: (words: string) =>
      Promise.race([
        new Promise<void>((found) => {
          if (lines.some((line) => line.includes(words))) found();
          else waiting.push({ words, resolve: found });
        }),
        exited.then(() => Promise.reject(new Error(`ended before it said “${words}”:\n${lines.join('\n')}`))),
      ]),
    link: (name: string) => {
      const found = lines.map((line) => line.trim()).find((line) => line.startsWith(name));
      return new URL(found?.slice(name.length).trim() ?? '');
    },
    pressCtrlC: () => process.kill(-pid, 'SIGINT'),
    /** Exit code, once everything is gone that ran. */
    async end(running: readonly RunningProcess[]) {
      const [code] = await exited;
      expect(await stillThere(running)).toEqual([]);
      return { code, lines };
    },
  };
}

/** Those of `running` that live on a moment later: a kernel takes some time to clear away what was killed. */
async function stillThere(running: readonly RunningProcess[]): Promise<string[]> {
  const isThere = ({ pid }: RunningProcess) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let tries = 0; tries < 20 && running.some(isThere); tries++) await sleep(100);
  return running.filter(isThere).map(({ command }) => command);
}

test(
  'npm start leads to three links that work, and Ctrl-C leaves no process behind',
  async () => {
    const programs = await start();
    await programs.said('Ctrl-C stops everything');
    for (const name of ['Touch panel', 'Console', 'Soft client']) {
      const answer = await fetch(programs.link(name), { headers: { accept: 'text/html' } });
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
        name,
        200,
        expect.stringMatching(/html/),
      ]);
    }
    const running = await descendantsOf(programs.pid);
    expect(running.map(({ command }) => command).join('\n')).toMatch(/janus/);
    programs.pressCtrlC();
    const { code, lines } = await programs.end(running);
    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('stopping');
  },
  startsWithinMs,
);

test(
  'Ctrl-C while it starts, and once more, leaves no process behind',
  async () => {
    const programs = await start();
    await programs.said('starting a simulated terminal');
    const running = await descendantsOf(programs.pid);
    programs.pressCtrlC();
    programs.pressCtrlC();
    const { code, lines } = await programs.end(running);
    expect(code).toBe(0);
    expect(lines.join('\n')).not.toMatch(/Could not start/);
  },
  startsWithinMs,
);
