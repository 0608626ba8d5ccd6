import { createSocket } from 'node:dgram';
import type { OpenConnection } from '../ports/connection.ts';

/**
 * Datagrams to and from one address. It is open as soon as the address is known: whether somebody is there, only an answer
 * tells. `localPort` for devices that answer to a port of their own choice (Sony: 52381) and not to where it came from.
 */
export function openUdp({
  host,
  port,
  localPort = 0,
}: {
  host: string;
  port: number;
  localPort?: number;
}): OpenConnection {
  return ({ onBytes, onEnd }, { signal }) =>
    new Promise((resolve, reject) => {
      const socket = createSocket({ type: 'udp4', signal });
      let reason = 'closed';
      socket.on('message', onBytes);
      socket.on('error', (error) => {
        // Nobody listens there at the moment: the next datagram may find somebody.
        if ('code' in error && error.code === 'ECONNREFUSED') return;
        reason = error.message;
        socket.close();
      });
      socket.once('close', () => {
        reject(new Error(reason));
        onEnd(reason);
      });
      socket.bind(localPort, () => {
        socket.connect(port, host, () => {
          resolve({
            send: (bytes) =>
              new Promise((sent, failed) => socket.send(bytes, (error) => (error ? failed(error) : sent()))),
          });
        });
      });
    });
}
