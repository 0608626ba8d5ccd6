import type { Gst, GstMessage, GstPipeline, GstStructure } from './gst.ts';

/** What media reads from a pipeline's bus; the rest is chatter. */
export type BusEvent =
  | { type: 'error'; source: string; detail: string }
  | { type: 'end' }
  | { type: 'element'; source: string; structure: GstStructure };

/** Takes everything that waits on the bus. Polled: a GLib main loop would fight Node's for the thread. */
export function popBus(gst: Gst, bus: ReturnType<GstPipeline['getBus']>): BusEvent[] {
  const events: BusEvent[] = [];
  for (let message = bus.timedPop(0); message; message = bus.timedPop(0)) {
    const event = readMessage(gst, message);
    if (event) events.push(event);
  }
  return events;
}

function readMessage(gst: Gst, message: GstMessage): BusEvent | null {
  const source = message.src?.getName() ?? '';
  if (message.type === gst.MessageType.ERROR) {
    const [error, debug] = message.parseError();
    return { type: 'error', source, detail: `${source}: ${error.message} (${debug ?? 'no detail'})` };
  }
  if (message.type === gst.MessageType.EOS) return { type: 'end' };
  if (message.type !== gst.MessageType.ELEMENT) return null;
  const structure = message.getStructure();
  return structure ? { type: 'element', source, structure } : null;
}
