import { connect } from 'node:net';
import type { OpenConnection } from '../ports/connection.ts';

/** Quiet devices are asked by the operating system whether they are there, so that a pulled cable is noticed. */
const keepAliveMs = 10_000;
const connectWithinMs = 5_000;

export function openTcp({ host, port }: { host: string; port: number }): OpenConnection {
  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const socket = connect({
        ...{ host, port, signal, noDelay: true },
        ...{ keepAlive: true, keepAliveInitialDelay: keepAliveMs },
      });
      let reason = 'the device closed the connection';
      socket.setTimeout(connectWithinMs, () => socket.destroy(new Error(`no connection in ${connectWithinMs} ms`)));
      socket.once('connect', () => {
        socket.setTimeout(0);
        resolve({
          send: (bytes) =>
            new Promise((sent, failed) => socket.write(bytes, (error) => (error ? failed(error) : sent()))),
        });
      });
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
