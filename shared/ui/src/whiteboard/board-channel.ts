import type { BoardClientMessage, BoardServerMessage } from '@anteroom/shared/signalling/messages.ts';

/** The way to the meeting's whiteboard, as it comes and goes with the connection. It knows no board. */
export interface BoardChannel {
  /** Lost when the channel is closed: a board knows what the other side lacks once it opens again. */
  send(message: BoardClientMessage): void;
  /** Tells at once when the channel is open already. Returns the end of it. */
  listen(listener: (event: BoardChannelEvent) => void): () => void;
}

export type BoardChannelEvent =
  | { kind: 'opened' }
  | { kind: 'closed' }
  | { kind: 'message'; message: BoardServerMessage }
  /** The fleet dropped frames of this client: what they bore is still to be sent. */
  | { kind: 'dropped' };

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
