/**
 * A device played by us: what it makes of bytes, in its own time. Where the bytes travel (a pty, a socket, memory) and
 * what goes wrong on the way is elsewhere; what goes wrong inside is its own to offer.
 */
export interface SimulatedDevice extends AsyncDisposable {
  /** Bytes from a controller; datagrams come whole. `reply` leads back to that controller. */
  receive(bytes: Uint8Array, reply: (bytes: Uint8Array) => void): void;
  /** Switches it off at the wall and on again: what was under way is forgotten. */
  powerCycle(): void;
}
