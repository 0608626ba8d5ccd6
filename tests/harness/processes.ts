import { readdir, readFile } from 'node:fs/promises';

/** A process and what it was started with. */
export type RunningProcess = { pid: number; parentPid: number; command: string };

/** All descendants of `pid`, by /proc. */
export async function descendantsOf(pid: number): Promise<RunningProcess[]> {
  const all: RunningProcess[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const found = await readProcess(Number(entry));
    if (found) all.push(found);
  }
  const family = new Set([pid]);
  const descendants: RunningProcess[] = [];
  for (let grew = true; grew; ) {
    grew = false;
    for (const candidate of all) {
      if (family.has(candidate.pid) || !family.has(candidate.parentPid)) continue;
      family.add(candidate.pid);
      descendants.push(candidate);
      grew = true;
    }
  }
  return descendants;
}

/** Null when the process ended in the meantime. */
async function readProcess(pid: number): Promise<RunningProcess | null> {
  try {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses and may hold spaces; the parent is the second field after it.
    const parentPid = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').join(' ').trim();
    return { pid, parentPid, command };
  } catch (error) {
    // Node's file errors bear a code.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

/** Linux counts a process's time in this many ticks a second (USER_HZ, proc(5)). */
const ticksPerS = 100;

/** Processor time that `pid` has used so far, in user and kernel mode, by /proc. */
export async function cpuMsOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name in parentheses, utime and stime are the 12th and 13th field.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerS;
}
