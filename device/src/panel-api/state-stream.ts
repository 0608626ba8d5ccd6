import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import { openEventStream } from './event-stream.ts';
import type { PanelService } from './panel-service.ts';

const mostWaitingBytes = 1024 * 1024;

/** Server-sent events with the whole state: at once, and whenever it changes. Ends with the response. */
export function streamState(
  response: ServerResponse,
  { panel, clock, headers }: { panel: PanelService; clock: Clock; headers: OutgoingHttpHeaders },
): void {
  const stream = openEventStream(response, { clock, headers, mostWaitingBytes });
  const push = (state: PanelState) =>
    stream.write(`event: state\nid: ${state.revision}\ndata: ${JSON.stringify(state)}\n\n`);
  stream.onGone(panel.onState(push));
  push(panel.state());
}
