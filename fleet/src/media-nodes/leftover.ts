import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { z } from 'zod';

/** Remembers on disk which Janus belongs to a data folder, so that a fleet that was killed finds what it left running. */
const record = z.object({
  pid: z.int().min(2),
  configFolder: z.string().min(1),
  /** Process id of the fleet that started it. */
  owner: z.int().min(1),
});
export type JanusRecord = z.infer<typeof record>;

export async function writeJanusRecord(path: string, content: JanusRecord): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(content));
  await rename(`${path}.new`, path);
}

/**
 * Kills the process of the record when it is still the same Janus, removes its folder, and returns whether it killed.
 * A process id is used again sooner or later: only one whose command line names the recorded folder is ours. Throws an
 * `Error` when the fleet that started it still runs: two of one data folder would end each other's Janus again and again.
 */
export async function killLeftoverJanus(
  path: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<boolean> {
  const known = await readRecord(path);
  if (known === null) return false;
  const wasRunning = await isOurs(known);
  if (wasRunning) {
    // proc(5): a child whose parent died has another parent, however often the parent's id is used again.
    if ((await parentOf(known.pid)) === known.owner)
      throw new Error(
        `the fleet with process id ${known.owner} holds meetings from this data folder already: ` +
          'stop it, or give this one a folder of its own with --data',
      );
    process.kill(known.pid, 'SIGKILL');
    while (await isOurs(known)) await clock.sleep(10, { signal });
  }
  await rm(known.configFolder, { recursive: true, force: true });
  await rm(path, { force: true });
  return wasRunning;
}

async function readRecord(path: string): Promise<JanusRecord | null> {
  const text = await readTextIfThere(path);
  if (text === null) return null;
  try {
    return record.parse(JSON.parse(text));
  } catch {
    // A record is written whole or not at all, so this file is not ours to act on: it is replaced at the next start.
    return null;
  }
}

async function isOurs({ pid, configFolder }: JanusRecord): Promise<boolean> {
  // proc(5): arguments are separated by NUL; a zombie's command line is empty.
  const commandLine = await readTextIfThere(`/proc/${pid}/cmdline`);
  return commandLine?.split('\0').includes(configFolder) ?? false;
}

async function parentOf(pid: number): Promise<number | null> {
  const status = await readTextIfThere(`/proc/${pid}/status`);
  const parent = /^PPid:\s+(\d+)$/m.exec(status ?? '')?.[1];
  return parent === undefined ? null : Number(parent);
}

async function readTextIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ESRCH: the process ended between open and read.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
