import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Clock } from '@anteroom/shared/time/clock.ts';

/** A comment line this often tells both ends that the connection lives. */
const heartbeatEveryMs = 5_000;

/** Server-sent events to one screen. A screen that reads so slowly that more waits than it may is cut off; it comes back. */
export function openEventStream(
  response: ServerResponse,
  { clock, headers, mostWaitingBytes }: { clock: Clock; headers: OutgoingHttpHeaders; mostWaitingBytes: number },
): { write(text: string): void; onGone(listener: () => void): void } {
  const gone = new AbortController();
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  // Events are small and a person waits for them.
  response.socket?.setNoDelay(true);
  response.once('close', () => gone.abort());

  const write = (text: string) => {
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(text);
  };
  void beat();

  async function beat(): Promise<void> {
    while (!gone.signal.aborted) {
      await clock.sleep(heartbeatEveryMs, { signal: gone.signal }).catch(() => {});
      if (!gone.signal.aborted) write(': still here\n\n');
    }
  }

  return { write, onGone: (listener) => gone.signal.addEventListener('abort', listener, { once: true }) };
}
