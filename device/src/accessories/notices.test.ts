import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AccessoryProfile } from '@anteroom/shared/profile/accessory.ts';
import { type Clock, createSystemClock } from '@anteroom/shared/time/clock.ts';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Display } from '../ports/display.ts';
import { createMischief } from '../ports/mischief.ts';
import type { SimulatedDevice } from '../ports/simulated-device.ts';
import { createNoticePorts } from '../transports/notice-ports.ts';
import { parseAddress } from './address.ts';
import { openAccessory } from './open-accessory.ts';
import { readAccessory } from './profile-files.ts';
import type { Served } from './serve.ts';
import { playAt } from './sim-command.ts';

/** Projectors of class 2 as `anteroom sim` plays them, over TCP and UDP, each at an address of this machine's own. */
const system = createSystemClock();
const log = pino({ level: 'silent' });
const signal = new AbortController().signal;
let profile: AccessoryProfile;
let noticePort: number;
let stack: AsyncDisposableStack;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const socket = await bindAt('0.0.0.0');
  noticePort = socket.address().port;
  socket.close();
  const { facts, lines, ...model } = await readAccessory('epson-eb-l610u');
  profile = {
    ...model,
    // Not asked again while a test looks.
    facts: { ...facts, timing: { answerWithinMs: 1_000, askEveryMs: 3_600_000 } },
    lines: lines.map((line) => (line.transport === 'tcp' ? { ...line, noticePort } : line)),
  };
});
afterEach(() => stack.disposeAsync());

async function bindAt(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

async function play(at: string): Promise<{ device: SimulatedDevice; served: Served }> {
  const { device, served } = await playAt(profile, at, {
    ...{ user: '', password: '', mode: 'strict', warmUpS: '0', clock: system },
    mischief: createMischief({ clock: system, signal }),
  });
  stack.use(device);
  return { device, served };
}

/** A program that drives each of them. */
async function drive(clock: Clock, ...addresses: string[]): Promise<Display[]> {
  const notices = stack.use(createNoticePorts({ clock, log }));
  return await Promise.all(
    addresses.map(async (at) => {
      const opened = openAccessory({
        ...{ profile, address: parseAddress(at), user: '', password: '', notices, clock, log },
        ...{ random: () => 0, through: (line) => line },
      });
      stack.use(opened);
      if (opened.kind !== 'display') throw new Error('a projector is a display');
      await vi.waitFor(() => expect(opened.device.state()).toMatchObject({ identity: { source: 'answer' } }));
      return opened.device;
    }),
  );
}

it('two projectors tell one program what changed in them, each for itself', async () => {
  await using first = (await play('tcp:127.0.0.2:0')).served;
  await using second = (await play('tcp:127.0.0.3:0')).served;
  const [two, three] = await drive(system, first.at, second.at);
  await two?.run({ kind: 'setInput', input: 'hdmi2' }, { signal });
  await vi.waitFor(() => expect(two?.state().input).toMatchObject({ value: 'hdmi2', source: 'report' }));
  expect(three?.state().input).toMatchObject({ value: 'computer1', source: 'answer' });
});

it('a projector that comes back to the network is connected at once, however long it was gone', async () => {
  const clock = createManualClock();
  const { device, served: gone } = await play('tcp:127.0.0.2:0');
  const [display] = await drive(clock, gone.at);
  await gone[Symbol.asyncDispose]();
  await vi.waitFor(() => expect(display?.state().isConnected).toBe(false));
  device.powerCycle(); // What is served nowhere tells nobody.
  for (let tries = 0; tries < 8; tries++) {
    await clock.advance(30_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await using _back = (await play(gone.at)).served;
  const sender = await bindAt('127.0.0.2');
  sender.send('%2LKUP=00:11:22:aa:bb:cc\r', noticePort, '127.0.0.1');
  await vi.waitFor(async () => {
    await clock.advance(25);
    expect(display?.state().isConnected).toBe(true);
  });
  sender.close();
  expect(clock.monotonicMs() - 8 * 30_000).toBeLessThan(3_000);
});
