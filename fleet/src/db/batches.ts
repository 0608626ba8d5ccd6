import { setImmediate } from 'node:timers/promises';

/** Rows of one statement: SQLite takes 32,766 values in one, and an account has fourteen. */
const batchSize = 500;

/**
 * The items in lots of as many as one statement takes. Between two lots whatever else waits in this process runs: SQLite
 * answers at once, so a long row of its statements would leave no turn for timers and sockets.
 */
export async function* inBatches<T>(items: readonly T[]): AsyncGenerator<T[]> {
  for (let start = 0; start < items.length; start += batchSize) {
    yield items.slice(start, start + batchSize);
    await setImmediate();
  }
}
