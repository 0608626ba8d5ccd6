import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Reads the codes of JPEG pictures, one after the other, while the calling thread goes on looking. */
export type CodeReader = AsyncDisposable & { read(picture: Uint8Array): Promise<number | null> };

export function createCodeReader(): CodeReader {
  const worker = new Worker(new URL('./code-worker.ts', import.meta.url));
  return {
    async read(picture) {
      worker.postMessage(picture);
      const [code]: (number | null)[] = await once(worker, 'message');
      return code ?? null;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
