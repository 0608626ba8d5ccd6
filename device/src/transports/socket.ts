import type { Socket } from 'node:net';
import type { Connection, ConnectionEvents } from '../ports/connection.ts';

/** A connection over a stream socket that is being connected; rejects with the reason when it never is. */
export function connectionOver(
  socket: Socket,
  { onBytes, onEnd }: ConnectionEvents,
  { closed }: { /** Why it ended, when the other end just closed it. */ closed: string },
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    let reason = closed;
    socket.once('connect', () =>
      resolve({
        send: (bytes) =>
          new Promise((sent, failed) => socket.write(bytes, (error) => (error ? failed(error) : sent()))),
      }),
    );
    socket.on('data', onBytes);
    socket.on('error', (error) => {
      reason = error.message;
    });
    socket.once('close', () => {
      // Settles nothing when it was connected.
      reject(new Error(reason));
      onEnd(reason);
    });
  });
}
