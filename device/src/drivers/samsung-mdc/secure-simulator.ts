import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';

/** A simulated display on TCP behind Samsung's secured protocol: a greeting in plain text, TLS, then a PIN. */
export type SecureMdcServerDeps = {
  device: SimulatedDevice;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Empty takes any. */
  pin: string;
  /** What lies between the display and TLS; the bytes as they are where nothing is to go wrong. */
  wire: (bytes: Uint8Array, deliver: (heard: Uint8Array) => void) => void;
  /** PEM. */
  key: string;
  cert: string;
};

export async function serveSecureMdc(deps: SecureMdcServerDeps): Promise<AsyncDisposable & { port: number }> {
  const { device, host, port, pin, wire, key, cert } = deps;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    socket.write('MDCSTART<<TLS>>');
    const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ key, cert }) });
    secure.on('error', () => socket.destroy());
    secure.once('data', (bytes: Buffer) => {
      if (pin !== '' && bytes.toString('latin1') !== pin) {
        secure.end('MDCAUTH<<FAIL:0x01>>');
        return;
      }
      secure.write('MDCAUTH<<PASS>>');
      converse(secure);
    });
  });

  function converse(secure: TLSSocket): void {
    const conversation = device.connect({
      send: (bytes) => wire(bytes, (heard) => void secure.write(heard)),
      hangUp: () => void secure.destroy(),
    });
    secure.on('data', (bytes: Buffer) => conversation.receive(bytes));
    secure.once('close', () => conversation.end());
  }

  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
