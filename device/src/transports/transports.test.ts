import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpResponse, packMessage, unpackMessage } from '../ports/http-line.ts';
import type { Line, LineEvent } from '../ports/line.ts';
import { openHttp } from './http.ts';
import { createKeptLine } from './kept-line.ts';
import { openTcp } from './tcp.ts';
import { openUdp } from './udp.ts';

let clock: ManualClock;
let line: Line | null = null;
const heard: LineEvent[] = [];
beforeEach(() => {
  clock = createManualClock();
  heard.length = 0;
});
afterEach(() => line?.[Symbol.asyncDispose]());

function listen(made: Line): Line {
  line = made;
  made.subscribe((event) => heard.push(event));
  return made;
}
const types = () => heard.map(({ type }) => type);
const received = () =>
  Buffer.concat(heard.flatMap((event) => (event.type === 'received' ? [event.bytes] : []))).toString();

describe('a TCP line', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  const start = async (port = 0) => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('data', (bytes) => socket.write(`echo ${bytes.toString()}`));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port; // A TCP server has an address of this kind.
  };
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    server.close();
    await once(server, 'close');
  };
  afterEach(() => (server.listening ? stop() : undefined));
  const open = (port: number) =>
    listen(createKeptLine({ name: 'tcp', open: openTcp({ host: '127.0.0.1', port }), clock, random: () => 0 }));

  it('carries bytes both ways, and says when the device goes and is back', async () => {
    const port = await start();
    const kept = open(port);
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept.send(Buffer.from('hello'));
    await vi.waitFor(() => expect(received()).toBe('echo hello'));
    await stop();
    await vi.waitFor(() => expect(types()).toEqual(['opened', 'received', 'closed']));
    await expect(kept.send(Buffer.from('x'))).rejects.toMatchObject({ fault: 'not_connected' });
    await start(port);
    await vi.waitFor(async () => {
      await clock.advance(250);
      expect(types()).toEqual(['opened', 'received', 'closed', 'opened']);
    });
  });

  it('is opened anew when it is told that nobody answers', async () => {
    const kept = open(await start());
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    kept.reopen('nobody answers');
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'opened' }, { type: 'closed', reason: 'nobody answers' }]));
    await vi.waitFor(async () => {
      await clock.advance(250);
      expect(types()).toEqual(['opened', 'closed', 'opened']);
    });
    expect([...sockets].filter((socket) => !socket.destroyed)).toHaveLength(1);
  });

  /** A line to a device that is off, which was tried so often, each half a minute, and rests until the next try. */
  const openInVain = async (rounds: number) => {
    const port = await start();
    await stop();
    const tries = { begun: 0, ended: 0 };
    // No try ends while the clock goes on: the next one would be counted from somewhere on the way.
    let stands = Promise.withResolvers<void>();
    const connectTo = openTcp({ host: '127.0.0.1', port });
    const kept = listen(
      createKeptLine({
        ...{ name: 'tcp', clock, random: () => 0 },
        open: async (...given) => {
          tries.begun += 1;
          await stands.promise;
          return await connectTo(...given).finally(() => {
            tries.ended += 1;
          });
        },
      }),
    );
    const untilTried = async () => {
      stands.resolve();
      await vi.waitFor(() => expect(tries.ended).toBe(tries.begun));
      await new Promise((resolve) => setImmediate(resolve));
    };
    await untilTried();
    for (let round = 0; round < rounds; round++) {
      stands = Promise.withResolvers();
      await clock.advance(30_000);
      await untilTried();
    }
    expect(types()).toEqual(['closed']);
    return { port, kept, tries };
  };

  it('tries a device that is off later and later, and says so once', async () => {
    const { kept, tries } = await openInVain(8);
    expect(kept.isOpen()).toBe(false);
    const before = tries.begun;
    await clock.advance(29_999);
    expect(tries.begun).toBe(before);
    await clock.advance(1);
    expect(tries.begun).toBe(before + 1);
  });

  it('tries a device at once that is known to be back, and no oftener for being told so again and again', async () => {
    const { port, kept, tries } = await openInVain(8);
    await start(port);
    const before = tries.begun;
    const urge = setInterval(() => kept.reopen('it is back'), 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await clock.advance(249);
    expect(tries.begun).toBe(before);
    // What is open is closed by being told so, which is another matter.
    clearInterval(urge);
    await clock.advance(1);
    expect(tries.begun).toBe(before + 1);
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
  });

  it('is closed for good when it is disposed, also while it waits', async () => {
    const port = await start();
    const kept = open(port);
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept[Symbol.asyncDispose]();
    await vi.waitFor(() => expect([...sockets].every((socket) => socket.destroyed)).toBe(true));
    await clock.advance(60_000);
    expect(kept.isOpen()).toBe(false);
  });
});

describe('a UDP line', () => {
  let device: UdpSocket;
  beforeEach(async () => {
    device = createSocket('udp4');
    device.bind(0, '127.0.0.1');
    await once(device, 'listening');
  });
  afterEach(() => {
    device.close();
  });

  it('carries datagrams whole, and bears that nobody listens', async () => {
    const { port } = device.address();
    device.on('message', (bytes, from) => device.send(`echo ${bytes.toString()}`, from.port, from.address));
    const kept = listen(
      createKeptLine({ name: 'udp', open: openUdp({ host: '127.0.0.1', port }), clock, random: () => 0 }),
    );
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept.send(Buffer.from('one'));
    await kept.send(Buffer.from('two'));
    await vi.waitFor(() => expect(received()).toBe('echo oneecho two'));
    expect(heard.filter(({ type }) => type === 'received')).toHaveLength(2);
    device.close();
    await once(device, 'close');
    for (let index = 0; index < 3; index++) {
      await kept.send(Buffer.from('anybody?'));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(kept.isOpen()).toBe(true);
    device = createSocket('udp4');
    device.bind(port, '127.0.0.1');
    await once(device, 'listening');
    device.on('message', (bytes, from) => device.send(`again ${bytes.toString()}`, from.port, from.address));
    await kept.send(Buffer.from('three'));
    await vi.waitFor(() => expect(received()).toContain('again three'));
  });
});

describe('an HTTP line', () => {
  let server: HttpServer;
  const start = async (listener: RequestListener, port = 0) => {
    server = createHttpServer(listener);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port; // A TCP server has an address of this kind.
  };
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  afterEach(() => (server.listening ? stop() : undefined));
  const open = (port: number) =>
    listen(createKeptLine({ name: 'http', open: openHttp({ host: '127.0.0.1', port }), clock, random: () => 0 }));
  const ask = (number: number, body: string) =>
    packMessage({ number, path: `/${body}`, headers: { 'content-type': 'text/plain' }, body });
  const answers = () =>
    heard.flatMap((event) => (event.type === 'received' ? [unpackMessage(httpResponse, event.bytes)] : []));

  it('carries requests and their answers whole, and several at once', async () => {
    const held: (() => void)[] = [];
    const kept = open(
      await start(async ({ method, url, headers }, response) => {
        const answer = () =>
          response.writeHead(401, { 'X-Ask': 'who?' }).end(`${method} ${url} ${headers['content-type']}`);
        if (url === '/slow') held.push(answer);
        else answer();
      }),
    );
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept.send(ask(1, 'slow'));
    await kept.send(ask(2, 'quick'));
    await vi.waitFor(() => expect(answers()).toHaveLength(1));
    for (const answer of held) answer();
    await vi.waitFor(() => expect(answers().map((each) => each?.number)).toEqual([2, 1]));
    expect(answers()[1]).toMatchObject({ status: 401, headers: { 'x-ask': 'who?' }, body: 'POST /slow text/plain' });
  });

  it('ends with a request that does not get through, and opens again when somebody listens', async () => {
    const port = await start((request) => request.socket.destroy());
    const kept = open(port);
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept.send(ask(1, 'x'));
    await vi.waitFor(() => expect(types()).toEqual(['opened', 'closed']));
    await expect(kept.send(ask(2, 'x'))).rejects.toMatchObject({ fault: 'not_connected' });
    await stop();
    await start((_request, response) => response.end('back'), port);
    await vi.waitFor(async () => {
      await clock.advance(250);
      expect(kept.isOpen()).toBe(true);
    });
    await kept.send(ask(3, 'x'));
    await vi.waitFor(() => expect(answers()).toMatchObject([{ number: 3, body: 'back' }]));
  });

  it('is not open while nobody listens', async () => {
    const port = await start(() => undefined);
    await stop();
    const kept = open(port);
    await vi.waitFor(() => expect(types()).toEqual(['closed']));
    expect(kept.isOpen()).toBe(false);
  });

  it('bears no answer that has no end', async () => {
    const kept = open(
      await start((_request, response) => {
        response.on('error', () => {});
        response.end('x'.repeat(1_100_000));
      }),
    );
    await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
    await kept.send(ask(1, 'x'));
    await vi.waitFor(() => expect(types()).toEqual(['opened', 'closed']));
    expect(heard.at(-1)).toMatchObject({ reason: 'a message of more than 1000000 bytes' });
  });
});
