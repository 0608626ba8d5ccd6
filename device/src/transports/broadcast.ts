import { createSocket } from 'node:dgram';

/** One datagram to everybody on a network (`address` is its broadcast address), port 9 by custom. */
export const broadcastTo =
  ({ address, port }: { address: string; port: number }) =>
  (packet: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = createSocket('udp4');
      const end = (error: Error | null) => {
        socket.close();
        if (error) reject(error);
        else resolve();
      };
      socket.once('error', end);
      socket.bind(() => {
        socket.setBroadcast(true);
        socket.send(packet, port, address, end);
      });
    });
