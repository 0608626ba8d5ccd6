import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Conversation, SimulatedDevice } from '../ports/simulated-device.ts';

/** Where simulated devices are found: on TCP, UDP and ptys, as the real ones are. */
export interface DeviceServer extends AsyncDisposable {
  /** Of TCP and UDP, chosen by the system when 0 was asked for. */
  port: number;
}

type At = { device: SimulatedDevice; host: string; port: number };

export async function serveTcp({ device, host, port }: At): Promise<DeviceServer> {
  return listen({ host, port }, (socket) => converse(device, socket));
}

/** As Samsung's secured protocol has it: a greeting in plain text, TLS, then a PIN. */
export async function serveSecureMdc(deps: At & { pin: string; key: string; cert: string }): Promise<DeviceServer> {
  const { device, host, port, pin, key, cert } = deps;
  return listen({ host, port }, (socket) => {
    socket.write('MDCSTART<<TLS>>');
    const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ key, cert }) });
    secure.on('error', () => socket.destroy());
    secure.once('data', (bytes: Buffer) => {
      if (bytes.toString('latin1') !== pin) {
        secure.end('MDCAUTH<<FAIL:0x01>>');
        return;
      }
      secure.write('MDCAUTH<<PASS>>');
      converse(device, secure);
    });
  });
}

async function listen(at: { host: string; port: number }, onSocket: (socket: Socket) => void): Promise<DeviceServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function converse(device: SimulatedDevice, stream: Duplex): void {
  const conversation = device.connect({
    send: (bytes) => void stream.write(bytes),
    hangUp: () => void stream.destroy(),
  });
  stream.on('data', (bytes: Buffer) => conversation.receive(bytes));
  stream.once('close', () => conversation.end());
}

export async function serveUdp({ device, host, port }: At): Promise<DeviceServer> {
  const socket = createSocket('udp4');
  const conversations = new Map<string, Conversation>();
  socket.on('message', (bytes, { address, port: from }) => {
    const key = `${address}:${from}`;
    const known = conversations.get(key);
    const conversation =
      known ??
      device.connect({
        send: (reply) => socket.send(reply, from, address),
        hangUp: () => void conversations.delete(key),
      });
    conversations.set(key, conversation);
    conversation.receive(bytes);
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** A serial port under `path`, made by socat; its far end is the device's. */
export async function servePty({ device, path }: { device: SimulatedDevice; path: string }): Promise<AsyncDisposable> {
  const socat = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(socat, 'exit');
  await once(socat, 'spawn');
  const connect = (): Conversation =>
    device.connect({
      send: (bytes) => void socat.stdin.write(bytes),
      // A port stays when the device loses its power, which then knows nothing of what was said before.
      hangUp: () =>
        queueMicrotask(() => {
          if (socat.exitCode === null) conversation = connect();
        }),
    });
  let conversation = connect();
  socat.stdin.on('error', () => {}); // It was unplugged: `exit` says so.
  socat.stdout.on('data', (bytes: Buffer) => conversation.receive(bytes));
  return {
    async [Symbol.asyncDispose]() {
      conversation.end();
      socat.kill();
      await ended;
    },
  };
}
