import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { lstat, unlink } from 'node:fs/promises';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, isIPv4, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { httpResponse, packMessage, unpackMessage } from '../ports/http-line.ts';
import type { Conversation, SimulatedDevice } from '../ports/simulated-device.ts';
import { bodyOf, plainHeaders } from '../transports/http.ts';
import { fingerprintOf } from '../transports/ssh.ts';
import { serveNotices } from './serve-notices.ts';

/** Where a simulated device can be reached now, in the words of `parseAddress`. */
export type Served = AsyncDisposable & { at: string };

/** What lies between a device and its line; the bytes as they are where nothing is to go wrong. */
export type Wire = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void) => void;

/**
 * Serves it to whoever connects; `port` 0 takes a free one. What it says unasked is sent to `noticePort` of every host that
 * was ever connected, if there is such a port.
 */
export async function serveTcp(
  device: SimulatedDevice,
  where: { host: string; port: number; noticePort: number | null; wire: Wire },
): Promise<Served> {
  const { server, ...served } = serveConnections(device, where.wire);
  server.listen(where.port, where.host);
  await once(server, 'listening');
  const { address, port } = addressOf(server.address());
  const { noticePort } = where;
  const isTold = noticePort !== null && isIPv4(address);
  const told = isTold ? await serveNotices(device, { from: address, to: noticePort }) : null;
  server.on('connection', ({ remoteAddress }) => told?.addHost(remoteAddress));
  return {
    at: `tcp:${address}:${port}`,
    async [Symbol.asyncDispose]() {
      await told?.[Symbol.asyncDispose]();
      await served[Symbol.asyncDispose]();
    },
  };
}

/** Serves the programs that reach it, on a socket that is made at `path`. */
export async function serveUnix(
  device: SimulatedDevice,
  where: { transport: 'gpio' | 'cec' | 'v4l2'; path: string; wire: Wire },
): Promise<Served> {
  const { server, ...served } = serveConnections(device, where.wire);
  await leaveBehind(where.path);
  server.listen(where.path);
  await once(server, 'listening');
  return { ...served, at: `${where.transport}:${where.path}` };
}

/** Whoever was killed could not take its socket with it. Anything else at the path is somebody's. */
async function leaveBehind(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null); // Nothing is there: as it should be.
  if (found?.isSocket() === true) await unlink(path);
}

function serveConnections(device: SimulatedDevice, wire: Wire): AsyncDisposable & { server: Server } {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const conversation = device.connect({
      send: (bytes) => wire(bytes, (heard) => void socket.write(heard)),
      hangUp: () => socket.destroy(),
    });
    socket.on('data', (bytes) => conversation.receive(bytes));
    // A controller that is cut off is an everyday thing to a device; `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      conversation.end();
    });
  });
  return {
    server,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** As many as a simulated device talks to at least. */
const mostPeers = 4;

/** Serves it to every address that sends datagrams. */
export async function serveUdp(
  device: SimulatedDevice,
  where: { host: string; port: number; wire: Wire },
): Promise<Served> {
  const socket = createSocket('udp4');
  const conversations = new Map<string, Conversation>();
  socket.on('message', (bytes, { address, port }) => {
    const from = `${address}:${port}`;
    let conversation = conversations.get(from);
    if (!conversation) {
      conversation = device.connect({
        send: (answer) => where.wire(answer, (heard) => socket.send(heard, port, address)),
        hangUp: () => conversations.delete(from),
      });
      conversations.set(from, conversation);
      // Nobody says goodbye over UDP: whoever came first is forgotten first.
      for (const [oldest, other] of conversations) {
        if (conversations.size <= mostPeers) break;
        conversations.delete(oldest);
        other.end();
      }
    }
    conversation.receive(bytes);
  });
  socket.bind(where.port, where.host);
  await once(socket, 'listening');
  const { address, port } = addressOf(socket.address());
  return {
    at: `udp:${address}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** Serves it to whoever asks over HTTP: all of them are one controller to it, as each request stands for itself. */
export async function serveHttp(
  device: SimulatedDevice,
  where: { host: string; port: number; wire: Wire },
): Promise<Served> {
  const unanswered = new Map<number, ServerResponse>();
  let last = 0;
  let conversation = begin();
  function begin(): Conversation {
    return device.connect({
      send: (bytes) => where.wire(bytes, answer),
      hangUp: () =>
        queueMicrotask(() => {
          server.closeAllConnections();
          conversation = begin();
        }),
    });
  }
  function answer(bytes: Uint8Array): void {
    const response = unpackMessage(httpResponse, bytes);
    const asked = response && unanswered.get(response.number);
    if (response) asked?.writeHead(response.status, response.headers).end(response.body);
  }
  const server = createHttpServer((request, response) => {
    const number = ++last;
    unanswered.set(number, response);
    response.once('close', () => unanswered.delete(number));
    const { url: path = '/', headers } = request;
    bodyOf(request).then(
      (body) => conversation.receive(packMessage({ number, path, headers: plainHeaders(headers), body })),
      () => response.destroy(), // Whoever asked is gone, or asks too much.
    );
  });
  server.listen(where.port, where.host);
  await once(server, 'listening');
  const { address, port } = addressOf(server.address());
  return {
    at: `http:${address}:${port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      conversation.end();
      await closed;
    },
  };
}

/** ssh2 shortens a key whose public half begins with a zero, one of 256, and cannot read it (mscdex/ssh2, issue 1513). */
export function makeHostKey(): { hostKey: string; publicKey: Buffer } {
  for (;;) {
    const { private: hostKey } = ssh2.utils.generateKeyPairSync('ed25519');
    const parsed = ssh2.utils.parseKey(hostKey);
    if (!(parsed instanceof Error)) return { hostKey, publicKey: parsed.getPublicSSH() };
  }
}

/** Serves it as the shell of whoever has the password, behind a key that is made for the occasion. */
export async function serveSsh(
  device: SimulatedDevice,
  where: { host: string; port: number; wire: Wire; user: string; password: string },
): Promise<Served> {
  const { hostKey, publicKey } = makeHostKey();
  const clients = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    clients.add(client);
    client.on('authentication', (attempt) => {
      const isKnown =
        attempt.method === 'password' && attempt.username === where.user && attempt.password === where.password;
      if (isKnown) attempt.accept();
      else attempt.reject(['password']);
    });
    client.on('session', (accept) => {
      const session = accept();
      // A terminal changes nothing of what the device says.
      session.on('pty', (acceptTerminal) => acceptTerminal());
      session.on('shell', (acceptShell) => {
        const shell = acceptShell();
        const conversation = device.connect({
          send: (bytes) => where.wire(bytes, (heard) => void shell.write(heard)),
          hangUp: () => client.end(),
        });
        shell.on('data', (bytes: Uint8Array) => conversation.receive(bytes));
        shell.on('close', () => conversation.end());
      });
    });
    // As with TCP, whoever is cut off is an everyday thing; `close` follows.
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
  });
  server.listen(where.port, where.host);
  await once(server, 'listening');
  const { address, port } = addressOf(server.address());
  return {
    at: `ssh:${address}:${port}#${fingerprintOf(publicKey)}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const client of clients) client.end();
      await closed;
    },
  };
}

/** Serves it behind a pty whose other end is at `path`, as a serial port would be. */
export async function servePty(device: SimulatedDevice, where: { path: string; wire: Wire }): Promise<Served> {
  const socat = spawn('socat', [`pty,raw,echo=0,link=${where.path}`, '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(socat, 'exit');
  let conversation = plugIn();
  function plugIn(): Conversation {
    return device.connect({
      send: (bytes) => where.wire(bytes, (heard) => void socat.stdin.write(heard)),
      // A cable stays where it is: after a loss of power the device is there again, without a word.
      hangUp: () =>
        queueMicrotask(() => {
          conversation = plugIn();
        }),
    });
  }
  socat.stdout.on('data', (bytes: Uint8Array) => conversation.receive(bytes));
  await Promise.race([untilThere(where.path, socat), ended.then(() => Promise.reject(new Error('socat ended')))]);
  return {
    at: `serial:${where.path}`,
    async [Symbol.asyncDispose]() {
      conversation.end();
      if (socat.exitCode === null && socat.signalCode === null && socat.kill()) await ended;
    },
  };
}

async function untilThere(path: string, socat: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      await lstat(path);
      return;
    } catch {
      await sleep(25); // socat makes it when it is ready.
    }
  }
  socat.kill();
  throw new Error(`socat made no pty at ${path} within 5 s`);
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server has no address');
  return address;
}
