import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimTerminal } from '../../scripts/lib/demonstration.ts';
import { startRig } from '../harness/rig.ts';
import { type Bench, compare } from './measure.ts';

/** Settling time before a reading: the garbage of the start is gone. */
const settleMs = 20_000;

/** Resident memory of an idle, paired agent (its media process apart), beside a Node process that does nothing. */
export const agentBench: Bench = async ({ repeats, progress }) => {
  await using rig = await startRig({ isWhole: true });
  const terminal = await rig.startTerminal('terminal');
  await claimTerminal(await rig.api(), terminal.panelUrl(), { signal: AbortSignal.timeout(30_000) });
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  try {
    progress(`paired; settling for ${settleMs / 1000} s`);
    await sleep(settleMs);
    const agentMb: number[] = [];
    const bareMb: number[] = [];
    for (let run = 0; run < repeats; run++) {
      agentMb.push(await residentMb(terminal.process.pid()));
      bareMb.push(await residentMb(bare.pid));
      await sleep(1000);
    }
    return [compare('agentIdleResident', 'MB', agentMb, 'idle Node process', bareMb)];
  } finally {
    bare.kill();
  }
};

async function residentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} has no VmRSS`);
  return (Number(kilobytes) * 1024) / 1e6;
}
