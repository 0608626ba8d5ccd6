import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock } from '@anteroom/shared/time/clock.ts';
import { pino } from 'pino';
import { SerialPort } from 'serialport';
import { servePty } from '../../device/src/accessories/serve.ts';
import type { ViscaFacts } from '../../device/src/drivers/visca/codec.ts';
import { encodeCommand } from '../../device/src/drivers/visca/codec.ts';
import { createViscaCamera } from '../../device/src/drivers/visca/driver.ts';
import { commandExchange } from '../../device/src/drivers/visca/exchanges.ts';
import { createSerialDecoder } from '../../device/src/drivers/visca/frames.ts';
import { createViscaSimulator } from '../../device/src/drivers/visca/simulator.ts';
import type { CameraCommand } from '../../device/src/ports/camera.ts';
import { createExchangeQueue } from '../../device/src/ports/exchange-queue.ts';
import type { Line } from '../../device/src/ports/line.ts';
import type { SimulatedDevice } from '../../device/src/ports/simulated-device.ts';
import { createKeptLine } from '../../device/src/transports/kept-line.ts';
import { openSerial } from '../../device/src/transports/serial.ts';
import { type Figure, percentile } from './measure.ts';

/** A camera on a pty: what our line, queue and driver add to the bare port, and how soon a STOP is out while others wait. */

const facts: ViscaFacts = {
  ...{ address: 1, fastestPan: 0x18, fastestTilt: 0x17, fastestZoom: 7, zoomTele: 0x4000, unitsPerDegree: 14.4 },
  ...{ panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 }, presets: 16 },
  ...{ moveSpeeds: 'separate', panNibbles: 4 },
  timing: { answerWithinMs: 1_000, askEveryMs: 3_600_000 },
};
const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const clock = createSystemClock();
const log = pino({ level: 'silent' });
const commandsAround = 100;
const waitingAtOnce = 20;
const plain = (bytes: Uint8Array, deliver: (heard: Uint8Array) => void) => deliver(bytes);

const frame = (command: CameraCommand): Uint8Array => {
  const [first] = encodeCommand(command, facts);
  if (!first) throw new Error('every command is one frame at least');
  return first;
};
/** A short command that ends at once. */
const zoomStop = frame({ kind: 'zoom', zoomSpeed: 0 });

export async function serialBench(options: { repeats: number; progress: (text: string) => void }): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-bench-serial-'));
  try {
    const bareMs: number[] = [];
    const oursMs: number[] = [];
    const bareStopMs: number[] = [];
    const stopMs: number[] = [];
    for (let round = 1; round <= options.repeats; round++) {
      const path = join(folder, `camera-${round}`);
      bareMs.push(...(await acknowledgeBare(path)));
      oursMs.push(...(await acknowledgeThroughQueue(path)));
      bareStopMs.push(...(await stopBare(path)));
      stopMs.push(...(await stopWhileOthersWait(path)));
      options.progress(`round ${round} of ${options.repeats}`);
    }
    const round = (ms: number) => Math.round(ms * 100) / 100;
    const bareP99 = percentile(bareMs, 0.99);
    const overheadMs = percentile(oursMs, 0.99) - bareP99;
    const stopP99 = percentile(stopMs, 0.99);
    const bareStopP99 = percentile(bareStopMs, 0.99);
    return [
      {
        ...{ metric: 'ackOverheadP99', value: round(overheadMs), unit: 'ms', n: oursMs.length },
        ...{ peer: 'bare port, command to ACK, p99', peerValue: round(bareP99), ratio: round(overheadMs / bareP99) },
      },
      {
        ...{ metric: 'stopOvertakeP99', value: round(stopP99), unit: 'ms', n: stopMs.length },
        ...{ peer: 'bare port, STOP alone, p99', peerValue: round(bareStopP99), ratio: round(stopP99 / bareStopP99) },
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

const simulate = (moveMs: number) =>
  createViscaSimulator({ identity: null, facts, framing: 'serial', mode: 'strict', warmUpMs: 0, moveMs, clock });

/** The device, with an ear on what comes to it. */
function overheard(device: SimulatedDevice, onBytes: (bytes: Uint8Array) => void): SimulatedDevice {
  return {
    ...device,
    connect(controller) {
      const conversation = device.connect(controller);
      return {
        ...conversation,
        receive(bytes) {
          onBytes(bytes);
          conversation.receive(bytes);
        },
      };
    },
  };
}

async function openBare(path: string): Promise<SerialPort> {
  const port = new SerialPort({ path, ...settings, lock: true, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return port;
}

async function closeBare(port: SerialPort): Promise<void> {
  await new Promise<void>((resolve, reject) => port.close((error) => (error ? reject(error) : resolve())));
}

/** Until the last byte of a camera's answers: ACK, then completion. */
async function acknowledgeBare(path: string): Promise<number[]> {
  await using device = simulate(0);
  await using _served = await servePty(device, { path, wire: plain });
  const port = await openBare(path);
  const tookMs: number[] = [];
  try {
    for (let index = 0; index < commandsAround; index++) {
      const { promise, resolve } = Promise.withResolvers<void>();
      let ends = 0;
      let ackedAtMs = 0;
      const hear = (bytes: Uint8Array) => {
        for (const byte of bytes) {
          if (byte !== 0xff) continue;
          ends += 1;
          if (ends === 1) ackedAtMs = performance.now();
          if (ends === 2) resolve();
        }
      };
      port.on('data', hear);
      const startedMs = performance.now();
      port.write(zoomStop);
      await promise;
      port.off('data', hear);
      tookMs.push(ackedAtMs - startedMs);
    }
  } finally {
    await closeBare(port);
  }
  return tookMs;
}

const openKept = (path: string): Line =>
  createKeptLine({
    name: path,
    open: openSerial({ path, ...settings, hasFlowControl: false }),
    clock,
    random: Math.random,
  });

async function untilOpen(line: Line): Promise<void> {
  if (line.isOpen()) return;
  await new Promise<void>((resolve) => {
    const end = line.subscribe(({ type }) => {
      if (type !== 'opened') return;
      end();
      resolve();
    });
  });
}

async function acknowledgeThroughQueue(path: string): Promise<number[]> {
  await using device = simulate(0);
  await using _served = await servePty(device, { path, wire: plain });
  await using line = openKept(path);
  await untilOpen(line);
  await using queue = createExchangeQueue({
    ...{ line, atOnce: 1, depth: 32, restMs: 0, clock, onUnasked: () => undefined },
    createDecoder: () => createSerialDecoder(facts.address),
  });
  const numbering = { framing: 'serial', nextSequence: () => 0, acknowledgedWithinMs: 1_000 } as const;
  const signal = new AbortController().signal;
  const tookMs: number[] = [];
  for (let index = 0; index < commandsAround; index++) {
    const exchange = commandExchange({ name: 'zoom stop', payload: zoomStop }, { isMotion: false }, numbering);
    let handledAtMs = 0;
    const startedMs = performance.now();
    await queue.run(
      {
        ...exchange,
        take(reply) {
          const verdict = exchange.take(reply);
          if (verdict.is === 'progress') handledAtMs = performance.now();
          return verdict;
        },
      },
      { signal },
    );
    tookMs.push(handledAtMs - startedMs);
  }
  return tookMs;
}

/** Pan-tilt stop, as any camera knows it: ends in 03 03 FF. */
const isStop = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').includes('0303ff');

async function stopBare(path: string): Promise<number[]> {
  let onStop: () => void = () => undefined;
  await using device = simulate(0);
  const heard = overheard(device, (bytes) => {
    if (isStop(bytes)) onStop();
  });
  await using _served = await servePty(heard, { path, wire: plain });
  const port = await openBare(path);
  const stop = frame({ kind: 'stop' });
  const tookMs: number[] = [];
  try {
    for (let index = 0; index < commandsAround; index++) {
      const { promise, resolve } = Promise.withResolvers<void>();
      onStop = resolve;
      const startedMs = performance.now();
      port.write(stop);
      await promise;
      tookMs.push(performance.now() - startedMs);
      await clock.sleep(5, { signal: new AbortController().signal });
    }
  } finally {
    await closeBare(port);
  }
  return tookMs;
}

/** From the touch until the camera has it, with a movement under way and so many that wait behind it. */
async function stopWhileOthersWait(path: string): Promise<number[]> {
  let onStop: () => void = () => undefined;
  await using device = simulate(2_000);
  const heard = overheard(device, (bytes) => {
    if (isStop(bytes)) onStop();
  });
  await using _served = await servePty(heard, { path, wire: plain });
  await using line = openKept(path);
  await using camera = createViscaCamera({ line, facts, framing: 'serial', clock, log });
  await new Promise<void>((resolve) => {
    camera.subscribe(() => {
      if (camera.state().zoom) resolve();
    });
  });
  const tookMs: number[] = [];
  for (let index = 0; index < commandsAround / 5; index++) {
    const others = new AbortController();
    const run = Array.from({ length: waitingAtOnce + 1 }, (_none, nth) =>
      camera.run({ kind: 'moveTo', panDeg: nth % 2 === 0 ? 150 : -150, tiltDeg: 0 }, { signal: others.signal }),
    );
    const settled = Promise.allSettled(run);
    await clock.sleep(50, { signal: others.signal });
    const { promise, resolve } = Promise.withResolvers<void>();
    onStop = resolve;
    const startedMs = performance.now();
    const stopped = camera.run({ kind: 'stop' }, { signal: new AbortController().signal });
    await promise;
    tookMs.push(performance.now() - startedMs);
    others.abort(new Error('the touch ended them'));
    await settled;
    await stopped;
  }
  return tookMs;
}
