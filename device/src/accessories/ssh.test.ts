import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Line, LineEvent } from '../ports/line.ts';
import { type Controller, createSimulatedBody, type SimulatedDevice } from '../ports/simulated-device.ts';
import { createNoticePorts } from '../transports/notice-ports.ts';
import { openSsh } from '../transports/ssh.ts';
import { lineOf, openLine, parseAddress } from './address.ts';
import { makeHostKey, type Served, serveSsh } from './serve.ts';

/** Lines over SSH, to a device that says back what it is told. */
const access = { user: 'room', password: '1 2 3' };
let clock: ManualClock;
let device: SimulatedDevice;
let served: Served;
let line: Line | null = null;
const heard: LineEvent[] = [];

const serve = (port: number) =>
  serveSsh(device, { host: '127.0.0.1', port, wire: (bytes, deliver) => deliver(bytes), ...access });
beforeEach(async () => {
  heard.length = 0;
  clock = createManualClock();
  const begin = (controller: Controller) => (bytes: Uint8Array) => controller.send(bytes);
  device = createSimulatedBody({ begin, onPowerCycle: () => undefined, controllersAtMost: 5 });
  served = await serve(0);
});
afterEach(async () => {
  for (const each of [line, served, device]) await each?.[Symbol.asyncDispose]();
  line = null;
});

function open(at: string, password = access.password): Line {
  const wire = { transport: 'ssh', port: 22 } as const;
  const opened = openLine({
    wire,
    address: lineOf(parseAddress(at)),
    user: access.user,
    password,
    notices: createNoticePorts({ clock, log: pino({ level: 'silent' }) }),
    clock,
    random: () => 0,
  });
  opened.subscribe((event) => heard.push(event));
  line = opened;
  return opened;
}
const reasons = () => heard.flatMap((event) => (event.type === 'closed' ? [event.reason] : []));
const withoutKey = () => served.at.replace(/#.*/, '');

it('carry bytes both ways to whoever has the password, and end with the device', async () => {
  const kept = open(served.at);
  await vi.waitFor(() => expect(kept.isOpen()).toBe(true));
  await kept.send(Uint8Array.of(0x00, 0xff, 0x0a));
  await vi.waitFor(() => expect(heard.at(-1)).toMatchObject({ type: 'received' }));
  const [, echo] = heard;
  expect(echo?.type === 'received' && Buffer.from(echo.bytes).toString('hex')).toBe('00ff0a');
  device.powerCycle();
  await vi.waitFor(() => expect(reasons()).toEqual(['the device closed the connection']));
});

it('are served with keys that can be read again', () => {
  for (let made = 0; made < 2_000; made++) {
    const { hostKey, publicKey } = makeHostKey();
    expect([ssh2.utils.parseKey(hostKey) instanceof Error, publicKey.length]).toEqual([false, 51]);
  }
});

// What the Python client paramiko found.
it('are given a terminal, when they ask for one', async () => {
  const client = new ssh2.Client();
  const said = Promise.withResolvers<string>();
  client.once('error', said.reject);
  client.once('ready', () => {
    client.shell((error, stream) => {
      if (error) return said.reject(error);
      stream.once('data', (bytes: Buffer) => said.resolve(bytes.toString()));
      stream.write('hello');
    });
  });
  const { host, port } = { host: '127.0.0.1', port: Number(/:(\d+)#/.exec(served.at)?.[1]) };
  client.connect({ host, port, username: access.user, password: access.password });
  expect(await said.promise).toBe('hello');
  client.end();
});

it('say that the password is not taken', async () => {
  const kept = open(served.at, 'wrong');
  await vi.waitFor(() => expect(reasons()).toEqual([expect.stringContaining('authentication methods failed')]));
  expect(kept.isOpen()).toBe(false);
});

it('say which key they saw when it is not the one in the address', async () => {
  const [, key = ''] = served.at.split('#');
  open(`${withoutKey()}#SHA256:${'a'.repeat(43)}`);
  await vi.waitFor(() => expect(reasons()).toEqual([`its key is ${key}, but SHA256:${'a'.repeat(43)} is trusted`]));
});

it('trust the first key where none is named, and no other after it', async () => {
  const port = Number(/:(\d+)#/.exec(served.at)?.[1]);
  const connect = openSsh({ host: '127.0.0.1', port, ...access, hostKey: null });
  const life = new AbortController();
  const events = { onBytes: () => undefined, onEnd: () => undefined };
  await connect(events, { signal: life.signal });
  const [, first = ''] = served.at.split('#');
  await served[Symbol.asyncDispose]();
  served = await serve(port);
  await expect(connect(events, { signal: life.signal })).rejects.toThrow(`but ${first} is trusted`);
});
