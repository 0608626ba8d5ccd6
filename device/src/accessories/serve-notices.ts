import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { SimulatedDevice } from '../ports/simulated-device.ts';

/** As many as a real device has fields for in its menu, about. */
const hostsAtMost = 4;

/**
 * Sends what a simulated device says unasked, from its own IPv4 address, to a port of the hosts that are named to it. A
 * real one has them in its menu, and tells them also while nobody is connected.
 */
export async function serveNotices(
  device: SimulatedDevice,
  { from, to }: { from: string; to: number },
): Promise<AsyncDisposable & { addHost(host: string | undefined): void }> {
  const hosts = new Set<string>();
  const socket = createSocket('udp4');
  // Nobody there hears it: no matter to whoever tells.
  socket.on('error', () => undefined);
  socket.bind(0, from);
  await once(socket, 'listening');
  const end = device.subscribeNotices?.((datagram) => {
    for (const host of hosts) socket.send(datagram, to, host);
  });
  return {
    addHost(host) {
      if (host === undefined) return; // It is gone already.
      hosts.delete(host);
      hosts.add(host);
      for (const oldest of hosts) {
        if (hosts.size <= hostsAtMost) break;
        hosts.delete(oldest);
      }
    },
    async [Symbol.asyncDispose]() {
      end?.();
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
