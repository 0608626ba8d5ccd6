import { Worker } from 'node:worker_threads';
import type { TableLine } from './csv.ts';

export type { TableLine } from './csv.ts';

export type ReadAnswer =
  | { lines: TableLine[] }
  | { fault: 'unclosed'; line: number }
  | { fault: 'too_large' | 'unreadable' };

const memoryLimitMb = 384;
const readWithinMs = 20_000;

/**
 * The lines of a CSV or XLSX file that somebody sent, at most `limit`. It is read in a thread of its own, with a limit on
 * memory and on time, so that no file stops the fleet or takes its memory.
 */
export async function readTable(bytes: Uint8Array, limit: number): Promise<ReadAnswer> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { bytes, limit },
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    execArgv: [],
  });
  try {
    return await new Promise<ReadAnswer>((resolve, reject) => {
      const late = setTimeout(() => resolve({ fault: 'too_large' }), readWithinMs);
      worker.once('message', (answer: ReadAnswer) => {
        clearTimeout(late);
        resolve(answer);
      });
      worker.once('error', (error) => {
        clearTimeout(late);
        const isOutOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        if (isOutOfMemory) resolve({ fault: 'too_large' });
        else reject(error);
      });
    });
  } finally {
    await worker.terminate();
  }
}
