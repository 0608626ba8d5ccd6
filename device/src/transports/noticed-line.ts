import type { Line, LineEvent } from '../ports/line.ts';
import type { NoticePorts } from './notice-ports.ts';

export type NoticedLineDeps = { line: Line; from: { host: string; port: number }; ports: NoticePorts };

/** The line, and what its device sends beside it to a port of ours, for as long as the line is there. */
export function createNoticedLine({ line, from, ports }: NoticedLineDeps): Line {
  const listeners = new Set<(event: LineEvent) => void>();
  const heard = ports.listen(from, (bytes) => {
    for (const listener of [...listeners]) listener({ type: 'noticed', bytes });
  });
  return {
    ...line,
    subscribe(listener) {
      const end = line.subscribe(listener);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        end();
      };
    },
    async [Symbol.asyncDispose]() {
      await heard[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
    },
  };
}
