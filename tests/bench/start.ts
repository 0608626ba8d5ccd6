import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pickFreePort } from '../../scripts/lib/ports.ts';
import { type Bench, compare } from './measure.ts';

const root = resolve(import.meta.dirname, '../..');

/** `npm start` until its three links are printed: on an existing data folder, beside the first start on an empty one. */
export const startBench: Bench = async ({ repeats, progress }) => {
  const firstS: number[] = [];
  const laterS: number[] = [];
  for (let run = 0; run < repeats; run++) {
    const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-start-'));
    try {
      firstS.push(await startOnce(dataDir));
      laterS.push(await startOnce(dataDir));
      progress(`run ${run + 1}: first ${firstS.at(-1)?.toFixed(1)} s, again ${laterS.at(-1)?.toFixed(1)} s`);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  return [compare('secondStart', 's', laterS, 'first start', firstS)];
};

async function startOnce(dataDir: string): Promise<number> {
  const ports: string[] = [];
  for (const option of ['http-port', 'terminal-port', 'mqtt-port', 'panel-port']) {
    ports.push(`--${option}`, String(await pickFreePort('127.0.0.1')));
  }
  const startedAtMs = performance.now();
  const child = spawn('npm', ['start', '--', '--data', dataDir, ...ports], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('Soft client')) return (performance.now() - startedAtMs) / 1000;
    }
    throw new Error('npm start ended before it printed its links');
  } finally {
    // npm passes no signal on: the whole group that it began gets it, as from a terminal's Ctrl-C.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await exited;
  }
}
