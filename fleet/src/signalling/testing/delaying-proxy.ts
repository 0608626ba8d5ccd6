import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import type { RandomNumber } from './random-host.ts';

/** A network between clients and the service that holds each message for a while. */
export interface DelayingProxy extends AsyncDisposable {
  url: string;
  /** Messages that are on their way. */
  underway(): number;
}

/** Order stays within each direction of a socket, as TCP keeps it, and is lost between sockets. */
export async function startDelayingProxy({
  target,
  longestDelayMs,
  random,
}: {
  target: string;
  longestDelayMs: number;
  random: RandomNumber;
}): Promise<DelayingProxy> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  let underway = 0;

  function relay(from: WebSocket, to: WebSocket, ready: Promise<unknown>): void {
    let before = ready;
    from.on('message', (bytes, isBinary) => {
      underway += 1;
      const dueMs = performance.now() + random(longestDelayMs);
      before = before.then(async () => {
        const leftMs = dueMs - performance.now();
        if (leftMs > 0) await sleep(leftMs);
        underway -= 1;
        if (to.readyState === WebSocket.OPEN) to.send(bytes, { binary: isBinary });
      });
    });
    from.on('close', () => to.close());
  }

  server.on('connection', (near) => {
    const far = new WebSocket(target);
    const opened = new Promise((resolve, reject) => far.once('open', resolve).once('error', reject));
    relay(near, far, opened);
    relay(far, near, opened);
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const bound = server.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('delaying proxy is not bound');
  return {
    url: `ws://127.0.0.1:${bound.port}`,
    underway: () => underway,
    async [Symbol.asyncDispose]() {
      for (const near of server.clients) near.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
