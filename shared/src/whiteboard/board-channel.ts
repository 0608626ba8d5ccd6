import { z } from 'zod';
import { type BoardClientMessage, boardServerMessage } from '../signalling/messages.ts';

/** The way to the meeting's whiteboard, as it comes and goes with the connection. It knows no board. */
export interface BoardChannel {
  /** Lost when the channel is closed: a board knows what the other side lacks once it opens again. */
  send(message: BoardClientMessage): void;
  /** Tells at once when the channel is open already. Returns the end of it. */
  listen(listener: (event: BoardChannelEvent) => void): () => void;
}

/** Also as a terminal's agent passes it on to its screens. */
export const boardChannelEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('closed') }),
  z.object({ kind: z.literal('message'), message: boardServerMessage }),
  /** The fleet dropped frames of this client: what they bore is still to be sent. */
  z.object({ kind: z.literal('dropped') }),
]);
export type BoardChannelEvent = z.infer<typeof boardChannelEvent>;

/** The channel of a client, and the side from which its connection feeds it. */
export function createBoardChannel(send: (message: BoardClientMessage) => void) {
  const listeners = new Set<(event: BoardChannelEvent) => void>();
  let isOpen = false;

  const channel: BoardChannel = {
    send(message) {
      if (isOpen) send(message);
    },
    listen(listener) {
      listeners.add(listener);
      if (isOpen) listener({ kind: 'opened' });
      return () => listeners.delete(listener);
    },
  };
  return {
    channel,
    feed(event: BoardChannelEvent): void {
      if (event.kind === 'opened') isOpen = true;
      if (event.kind === 'closed') isOpen = false;
      for (const listener of [...listeners]) listener(event);
    },
  };
}
