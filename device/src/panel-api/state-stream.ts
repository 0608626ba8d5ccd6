import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { PanelService } from '../agent/terminal.ts';

/** A comment line this often tells both ends that the connection lives. */
const heartbeatEveryMs = 5_000;
/** A screen that reads so slowly that this much waits for it is cut off; it comes back by itself. */
const mostWaitingBytes = 1024 * 1024;

/** Server-sent events with the whole state: at once, and whenever it changes. Ends with the response. */
export function streamState(
  response: ServerResponse,
  { panel, clock, headers }: { panel: PanelService; clock: Clock; headers: OutgoingHttpHeaders },
): void {
  const gone = new AbortController();
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  // States are small and a person waits for them.
  response.socket?.setNoDelay(true);

  const write = (text: string) => {
    if (response.writableLength > mostWaitingBytes) response.destroy();
    else response.write(text);
  };
  const push = (state: PanelState) => write(`event: state\nid: ${state.revision}\ndata: ${JSON.stringify(state)}\n\n`);
  const stop = panel.onState(push);
  response.once('close', () => {
    stop();
    gone.abort();
  });
  push(panel.state());
  void beat();

  async function beat(): Promise<void> {
    while (!gone.signal.aborted) {
      await clock.sleep(heartbeatEveryMs, { signal: gone.signal }).catch(() => {});
      if (!gone.signal.aborted) write(': still here\n\n');
    }
  }
}
