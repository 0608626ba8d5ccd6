import { type ClientMessage, type ServerMessage, serverMessage } from '@anteroom/shared/signalling/messages.ts';

/** One signalling WebSocket, from opening to its end. A frame that cannot be understood is left out: newer servers talk too. */
export interface SignallingSocket {
  send(message: ClientMessage): void;
  close(): void;
}

export type SignallingSocketDeps = {
  url: string;
  onOpen: () => void;
  onMessage: (message: ServerMessage) => void;
  /** Called once, unless it was closed from here. */
  onGone: () => void;
};

export function openSignallingSocket({ url, onOpen, onMessage, onGone }: SignallingSocketDeps): SignallingSocket {
  const socket = new WebSocket(url);
  socket.onopen = onOpen;
  socket.onclose = onGone;
  socket.onmessage = ({ data }) => {
    const message = parse(data);
    if (message) onMessage(message);
  };
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close() {
      socket.onopen = null;
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    },
  };
}

function parse(frame: unknown): ServerMessage | null {
  if (typeof frame !== 'string') return null;
  try {
    const parsed = serverMessage.safeParse(JSON.parse(frame));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
