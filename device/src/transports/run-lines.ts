import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { RunLines } from '../ports/programs.ts';

/**
 * Runs a program as a child; what it says on standard error is in the error that it fails with. Who reads no further goes
 * on once the child is gone: what it held can be had again.
 */
export const runLines: RunLines = async function* (program, args, { signal }) {
  const child = spawn(program, args, { signal, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-1_000);
  });
  const closed = once(child, 'close');
  // Whoever reads no further hears of a failure below.
  closed.catch(() => {});
  const isGone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    yield* createInterface({ input: child.stdout });
    const [code] = await closed;
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaint.trim()}`);
  } finally {
    child.kill();
    await isGone;
  }
};
