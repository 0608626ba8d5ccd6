import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createNoticePorts, type NoticePorts } from './notice-ports.ts';

/** One port for several devices, each at an address of this machine's own. */
let clock: ManualClock;
let ports: NoticePorts;
let logged: { level: number; msg: string; address?: string; devices?: number }[];
const senders: Socket[] = [];

const warnings = () => logged.filter(({ level }) => level === 40);
const ignored = () => logged.filter(({ msg }) => msg === 'datagram of nobody who is driven');

beforeEach(() => {
  clock = createManualClock();
  logged = [];
  const log = pino({ level: 'debug' }, { write: (line) => void logged.push(JSON.parse(line)) });
  ports = createNoticePorts({ clock, log });
});
afterEach(async () => {
  for (const sender of senders.splice(0)) sender.close();
  await ports[Symbol.asyncDispose]();
});

async function bindAt(address: string, port = 0): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, address);
  await once(socket, 'listening');
  return socket;
}

/** A port that nobody has: taken, and given back. */
async function freePort(): Promise<number> {
  const socket = await bindAt('0.0.0.0');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function canBeHad(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const had = once(socket, 'listening').then(
    () => true,
    () => false,
  );
  socket.bind(port);
  const is = await had;
  socket.close();
  return is;
}

/** Says it from an address until somebody has heard it: a port takes a moment to open. */
async function sayFrom(address: string, port: number, text: string, isHeard: () => boolean): Promise<void> {
  const sender = await bindAt(address);
  senders.push(sender);
  await vi.waitFor(() => {
    sender.send(text, port, '127.0.0.1');
    expect(isHeard()).toBe(true);
  });
}

function listenTo(host: string, port: number): { heard: Set<string>; end: AsyncDisposable } {
  const heard = new Set<string>();
  const end = ports.listen({ host, port }, (bytes) => heard.add(Buffer.from(bytes).toString()));
  return { heard, end };
}

it('gives each device what its host sends, over one port', async () => {
  const port = await freePort();
  const two = listenTo('127.0.0.2', port);
  const three = listenTo('127.0.0.3', port);
  await sayFrom('127.0.0.2', port, 'from two', () => two.heard.size > 0);
  await sayFrom('127.0.0.3', port, 'from three', () => three.heard.size > 0);
  expect([[...two.heard], [...three.heard]]).toEqual([['from two'], ['from three']]);
  expect(warnings()).toEqual([]);
});

it('leaves out strangers, and what could be of either of two devices', async () => {
  const port = await freePort();
  const two = listenTo('127.0.0.2', port);
  const twins = [listenTo('127.0.0.4', port), listenTo('127.0.0.4', port)];
  await sayFrom('127.0.0.3', port, 'stranger', () => ignored().length > 0);
  expect(ignored()[0]).toMatchObject({ level: 20, address: '127.0.0.3', devices: 0 });
  await sayFrom('127.0.0.4', port, 'twin', () => ignored().some(({ devices }) => devices === 2));
  expect([two, ...twins].map(({ heard }) => heard.size)).toEqual([0, 0, 0]);
});

it('knows a device by its name', async () => {
  const port = await freePort();
  const named = listenTo('localhost', port);
  await sayFrom('127.0.0.1', port, 'by name', () => named.heard.has('by name'));
});

it('bears datagrams of any length, and whoever throws at one', async () => {
  const port = await freePort();
  const heard: number[] = [];
  ports.listen({ host: '127.0.0.2', port }, (bytes) => {
    heard.push(bytes.length);
    throw new Error('cannot read it');
  });
  await sayFrom('127.0.0.2', port, '', () => heard.includes(0));
  await sayFrom('127.0.0.2', port, 'x'.repeat(9_000), () => heard.includes(9_000));
  expect(logged.some(({ level, msg }) => level === 50 && msg === 'datagram was not taken in')).toBe(true);
});

it('closes the port with the last who listens, and opens it again for the next', async () => {
  const port = await freePort();
  const two = listenTo('127.0.0.2', port);
  const three = listenTo('127.0.0.3', port);
  await sayFrom('127.0.0.2', port, 'open', () => two.heard.size > 0);
  await two.end[Symbol.asyncDispose]();
  expect(await canBeHad(port)).toBe(false);
  await three.end[Symbol.asyncDispose]();
  expect(await canBeHad(port)).toBe(true);
  const again = listenTo('127.0.0.2', port);
  await sayFrom('127.0.0.2', port, 'again', () => again.heard.has('again'));
  await ports[Symbol.asyncDispose]();
  expect(await canBeHad(port)).toBe(true);
});

it('warns once that somebody else has the port, and hears as soon as it is free', async () => {
  const other = await bindAt('0.0.0.0');
  const { port } = other.address();
  const two = listenTo('127.0.0.2', port);
  await vi.waitFor(() => expect(warnings()).toHaveLength(1));
  expect(warnings()[0]).toMatchObject({ port, err: { code: 'EADDRINUSE' } });
  await clock.advance(120_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await clock.advance(60_000);
  other.close();
  await vi.waitFor(async () => {
    await clock.advance(60_000);
    expect(await canBeHad(port)).toBe(false);
  });
  await sayFrom('127.0.0.2', port, 'free now', () => two.heard.has('free now'));
  expect(warnings()).toHaveLength(1);
});
