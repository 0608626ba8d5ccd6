import { parentPort, workerData } from 'node:worker_threads';
import { ArchiveFault } from './archive.ts';
import { UnclosedQuote } from './csv.ts';
import { parseTable } from './parse.ts';
import type { ReadAnswer } from './read.ts';

/** Reads one table in a thread of its own and ends; `read.ts` starts it. */
async function answer(): Promise<ReadAnswer> {
  const { bytes, limit }: { bytes: Uint8Array; limit: number } = workerData;
  try {
    return { lines: await parseTable(Buffer.from(bytes), limit) };
  } catch (error) {
    if (error instanceof UnclosedQuote) return { fault: 'unclosed', line: error.line };
    if (error instanceof ArchiveFault && error.isTooLarge) return { fault: 'too_large' };
    // Whatever else a parser says of a file that a person made is that it is no table.
    return { fault: 'unreadable' };
  }
}

parentPort?.postMessage(await answer());
