import { connect } from 'node:net';
import type { OpenConnection } from '../ports/connection.ts';

/** A socket of this machine, where a simulated device listens. */
export function openUnix({ path }: { path: string }): OpenConnection {
  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const socket = connect({ path, signal });
      let reason = 'the other end closed the connection';
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
