/** One life of a line, as a transport opens it. */
export interface Connection {
  /** Rejects when the bytes could not be handed over. */
  send(bytes: Uint8Array): Promise<void>;
}

export type ConnectionEvents = {
  onBytes: (bytes: Uint8Array) => void;
  /** Once, with a reason for people. */
  onEnd: (reason: string) => void;
};

/** Opens one, which ends when the signal aborts; rejects with a reason for people. */
export type OpenConnection = (events: ConnectionEvents, options: { signal: AbortSignal }) => Promise<Connection>;
