/**
 * A line to a device: a serial port, a TCP connection, or UDP to one address. It opens by itself, again and again, and
 * says so. Bytes arrive as the line has them, split and joined at will; datagrams arrive whole.
 */
export interface Line extends AsyncDisposable {
  /** For people, as `serial /dev/serial/by-id/usb-x` or `tcp 192.0.2.4:5678`. */
  readonly name: string;
  isOpen(): boolean;
  /**
   * Hands the bytes over to the operating system, in the order of the calls. Rejects with a `DriverError`
   * `not_connected` when the line is closed or closes meanwhile.
   */
  send(bytes: Uint8Array): Promise<void>;
  /**
   * Ends this life of the line, which then opens again: the other end answers nothing any more. Of a closed line it ends
   * the wait before the next try: the other end is known to be there.
   */
  reopen(reason: string): void;
  /** Calls `listener` with everything that happens from now on; returns the end of it. */
  subscribe(listener: (event: LineEvent) => void): () => void;
}

export type LineEvent =
  | { type: 'opened' }
  | { type: 'received'; bytes: Uint8Array }
  /** A datagram that the device sent by itself beside the line, which may be closed meanwhile: never part of an answer. */
  | { type: 'noticed'; bytes: Uint8Array }
  /** `reason` for people and logs; the line tries to open again by itself. */
  | { type: 'closed'; reason: string };
