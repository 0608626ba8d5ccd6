import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Camera, CameraCommand, CameraState } from '../../ports/camera.ts';
import { httpRequest, httpResponse, packMessage, unpackMessage } from '../../ports/http-line.ts';
import { describeConformance } from '../testing/conformance.ts';
import { createMemoryLine, type MemoryLine } from '../testing/memory-line.ts';
import type { OnvifFacts } from './codec.ts';
import { createOnvifCamera } from './driver.ts';
import { createOnvifSimulator, type OnvifSimulator } from './simulator.ts';
import { envelope } from './soap.ts';

const facts: OnvifFacts = {
  path: '/onvif/device_service',
  reach: { panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 } },
  ...{ hasHome: true, presets: 10 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};
const access = { user: 'room', password: 'a&b "c"' };
const signal = new AbortController().signal;
const home: CameraCommand = { kind: 'home' };
const recallPreset: CameraCommand = { kind: 'recallPreset', preset: 3 };

for (const mode of ['strict', 'lenient'] as const) {
  describeConformance<CameraCommand, CameraState, OnvifSimulator>({
    name: `an ONVIF camera that is ${mode}`,
    line: 'connection',
    doesNotApply: { pieces: 'as a message of HTTP comes whole or not at all' },
    createSimulator: ({ clock }) => createOnvifSimulator({ facts, access, mode, moveMs: 1_000, clock }),
    createDriver: ({ line, clock, log }) => createOnvifCamera({ line, facts, access, clock, log }),
    greeted: {
      ...{ identity: { value: 'Anteroom Simulated PTZ 1.0', source: 'answer' }, isOn: { value: true } },
      ...{ position: { value: { panDeg: 0, tiltDeg: 30 } }, zoom: { value: 0 } },
    },
    works: [
      {
        command: { kind: 'moveTo', panDeg: 85, tiltDeg: 90 },
        state: { position: { value: { panDeg: 85, tiltDeg: 90 }, source: 'answer' } },
        ...{ truth: (sim) => [sim.truth().pan, sim.truth().tilt], is: [0.5, 1] },
      },
      { command: { kind: 'zoomTo', zoom: 0.5 }, state: { zoom: { value: 0.5, source: 'answer' } } },
      { command: home, state: { position: { value: { panDeg: 0, tiltDeg: 30 } } } },
      { command: { kind: 'move', panSpeed: 0.5, tiltSpeed: 0 }, state: {} },
      { command: { kind: 'zoom', zoomSpeed: -0.5 }, state: {} },
      { command: { kind: 'stop' }, state: {} },
      {
        command: { kind: 'setPreset', preset: 3 },
        state: {},
        ...{ truth: (sim) => sim.truth().presets, is: [{ token: 'preset-1', name: 'Anteroom 3' }] },
      },
    ],
    refusals: [
      ...['Sender NotAuthorized', 'Sender InvalidArgVal NoProfile', 'Receiver ActionNotSupported'].map((codes) => ({
        ...{ says: `refused: ${codes}`, arrange: (sim: OnvifSimulator) => sim.refuse(codes) },
        ...{ command: home, fault: 'refused' as const },
      })),
      {
        says: 'not now: it moves',
        ...{ arrange: (sim) => sim.refuse('Receiver Action MovingPTZ'), command: home, fault: 'not_now' },
      },
      { says: 'is broken', arrange: (sim) => sim.refuse('Receiver Action'), command: home, fault: 'device_failed' },
      { says: 'says nonsense', arrange: (sim) => sim.refuse('DataEncodingUnknown'), command: home, fault: 'nonsense' },
      { says: 'is busy: HTTP 503', arrange: (sim) => sim.setBusy(true), command: home, fault: 'busy' },
      { says: 'has no such preset yet', arrange: () => undefined, command: recallPreset, fault: 'refused' },
      {
        says: 'refuses a preset that the model does not have',
        ...{ arrange: () => undefined, command: { kind: 'setPreset', preset: 11 }, fault: 'refused' },
      },
      {
        says: 'has no power of its own',
        ...{ arrange: () => undefined, command: { kind: 'setPower', isOn: false }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: false,
      change: (sim) => sim.zoomByHand(0.25),
      state: { zoom: { value: 0.25, source: 'answer' } },
    },
    lie: {
      command: { kind: 'moveTo', panDeg: 85, tiltDeg: 90 },
      state: { position: { value: { panDeg: -85, tiltDeg: 90 } } },
    },
    noise: new Uint8Array(),
    harmless: { kind: 'zoom', zoomSpeed: 0 },
    ...{ controllers: 'many', patienceMs: 4_000, depth: 32 },
  });
}

describe.each(['strict', 'lenient'] as const)('an ONVIF camera that is %s', (mode) => {
  let clock: ManualClock;
  let sim: OnvifSimulator;
  let line: MemoryLine;
  let camera: Camera;

  beforeEach(async () => {
    clock = createManualClock();
    sim = createOnvifSimulator({ facts, access, mode, moveMs: 3_000, clock });
    line = createMemoryLine({ device: sim, kind: 'connection', clock });
    camera = driveWith({ access });
    await passTime(200);
  });
  afterEach(async () => {
    for (const each of [camera, line, sim]) await each[Symbol.asyncDispose]();
  });

  const driveWith = (deps: { access: { user: string; password: string } | null }) =>
    createOnvifCamera({ line, facts, ...deps, clock, log: pino({ level: 'silent' }) });

  async function passTime(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 20) {
      await clock.advance(20);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  }
  async function outcome(command: CameraCommand, afterMs: number): Promise<string> {
    let ended = 'under way';
    camera.run(command, { signal }).then(
      () => {
        ended = 'done';
      },
      (error: { fault?: string }) => {
        ended = error.fault ?? String(error);
      },
    );
    await passTime(afterMs);
    return ended;
  }
  const sent = () => line.sent.map((hex) => unpackMessage(httpRequest, Uint8Array.from(Buffer.from(hex, 'hex'))));

  it('is there only when it stands still', async () => {
    expect(await outcome({ kind: 'moveTo', panDeg: 85, tiltDeg: 30 }, 2_500)).toBe('under way');
    expect(camera.state().position?.value.panDeg).toBeGreaterThan(50);
    await passTime(1_200);
    expect(camera.state().position?.value.panDeg).toBe(85);
  });

  it('keeps presets under names of its own, and takes those of its remote control by their number', async () => {
    await outcome({ kind: 'zoomTo', zoom: 0.5 }, 4_000);
    expect(await outcome({ kind: 'setPreset', preset: 3 }, 100)).toBe('done');
    await outcome({ kind: 'zoomTo', zoom: 0.75 }, 4_000);
    expect(await outcome({ kind: 'setPreset', preset: 3 }, 100)).toBe('done');
    expect(sim.truth().presets).toHaveLength(1);
    await outcome({ kind: 'zoomTo', zoom: 0 }, 4_000);
    expect(await outcome(recallPreset, 5_000)).toBe('done');
    expect(camera.state().zoom?.value).toBe(0.75);
  });

  it('is stopped in the middle of a movement, before all that waits', async () => {
    const moving = camera.run({ kind: 'moveTo', panDeg: 170, tiltDeg: 30 }, { signal });
    moving.catch(() => {});
    await passTime(500);
    // What is under way when the stop comes is not answered yet.
    line.mischief.delay(200);
    const waiting = Promise.allSettled(
      Array.from({ length: 10 }, () => camera.run({ kind: 'zoom', zoomSpeed: 0 }, { signal })),
    );
    await passTime(20);
    const before = line.sent.length;
    expect(await outcome({ kind: 'stop' }, 100)).toBe('done');
    expect(sent()[before]?.body).toContain('<Stop ');
    await expect(moving).rejects.toMatchObject({ fault: 'not_now' });
    const { pan } = sim.truth();
    await passTime(3_000);
    expect(sim.truth().pan).toBe(pan);
    expect(pan).toBeLessThan(0.5);
    expect((await waiting).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('stops by itself when it hears nothing more, after the longest time that it allows', async () => {
    await outcome({ kind: 'move', panSpeed: 0.01, tiltSpeed: 0 }, 100);
    expect(sent().at(-1)?.body).toContain('<Timeout>PT10S</Timeout>');
    await passTime(20_000);
    // A speed of 0.01 takes 300 s from end to end: in ten, it is a thirtieth of the way.
    expect(sim.truth().pan).toBeCloseTo(2 / 30, 3);
  });

  it('is told who asks in one way only', () => {
    const { headers, body } = sent().at(-1) ?? { headers: {}, body: '' };
    const isByHttp = mode === 'lenient';
    expect('authorization' in headers).toBe(isByHttp);
    expect(body.includes('UsernameToken')).toBe(!isByHttp);
  });

  it('is spoken to by its own clock, also after that was set', async () => {
    sim.setClock(86_400_000);
    expect(await outcome({ kind: 'zoom', zoomSpeed: 0 }, 200)).toBe('done');
  });

  it('says that it is refused with a wrong password, and asks no more than once', async () => {
    await camera[Symbol.asyncDispose]();
    line.unplug();
    const before = line.sent.length;
    camera = driveWith({ access: { user: 'room', password: 'wrong' } });
    line.plugIn();
    await passTime(400);
    expect(camera.state()).toMatchObject({ isConnected: true, identity: null });
    expect(line.sent.length - before).toBeLessThanOrEqual(3);
    expect(await outcome(home, 200)).toBe('not_now');
  });

  it('is asked where its services are, whatever host it thinks that it has', () => {
    const paths = sent().map((request) => request?.path);
    expect(paths[0]).toBe('/onvif/device_service');
    expect(paths).toContain('/onvif/media_service');
    expect(paths.at(-1)).toBe('/onvif/ptz_service');
  });
});

it('a camera that does not arrive is waited for no longer than half a minute', async () => {
  const clock = createManualClock();
  await using sim = createOnvifSimulator({ facts, access: null, mode: 'strict', moveMs: 90_000, clock });
  await using line = createMemoryLine({ device: sim, kind: 'connection', clock });
  await using camera = createOnvifCamera({ line, facts, access: null, clock, log: pino({ level: 'silent' }) });
  const turns = async () => {
    for (let turn = 0; turn < 400; turn++) await Promise.resolve();
  };
  await turns();
  const moving = camera.run({ kind: 'zoomTo', zoom: 1 }, { signal });
  const refused = expect(moving).rejects.toMatchObject({ fault: 'no_answer' });
  for (let passed = 0; passed <= 30_300; passed += 300) {
    await turns();
    await clock.advance(300);
  }
  await refused;
});

it('a camera without a known reach, and without a home, is moved by speeds, presets and zoom only', async () => {
  const clock = createManualClock();
  const blind = { ...facts, reach: null, hasHome: false };
  await using sim = createOnvifSimulator({ facts: blind, access: null, mode: 'strict', moveMs: 100, clock });
  await using line = createMemoryLine({ device: sim, kind: 'connection', clock });
  await using camera = createOnvifCamera({ line, facts: blind, access: null, clock, log: pino({ level: 'silent' }) });
  for (let turn = 0; turn < 400; turn++) await Promise.resolve();
  expect(camera.state()).toMatchObject({ position: null, zoom: { value: 0 } });
  expect(camera.capabilities().commands).toEqual([...['move', 'zoom', 'stop', 'zoomTo', 'setPreset', 'recallPreset']]);
  await expect(camera.run({ kind: 'moveTo', panDeg: 0, tiltDeg: 0 }, { signal })).rejects.toMatchObject({
    fault: 'refused',
  });
});

// What the npm clients `onvif` and `node-onvif` found.
it.each([
  ['<GetNodes/>', 'ter:ActionNotSupported'],
  ['<GetStatus><ProfileToken>nobody</ProfileToken></GetStatus>', 'ter:NoProfile'],
  ['<GetProfiles/>', '<tt:VideoEncoderConfiguration token="EncoderConfiguration_1">'],
  ['<GetProfiles/>', '<tt:FrameRateLimit>30</tt:FrameRateLimit>'],
])('the simulated camera answers to %s: %s', async (body, expected) => {
  const heard: string[] = [];
  await using sim = createOnvifSimulator({
    facts,
    access: null,
    mode: 'strict',
    moveMs: 100,
    clock: createManualClock(),
  });
  const send = (bytes: Uint8Array) => void heard.push(unpackMessage(httpResponse, bytes)?.body ?? '');
  const asked = { number: 1, path: facts.path, headers: {}, body: envelope({ header: '', body }) };
  sim.connect({ send, hangUp: () => undefined }).receive(packMessage(asked));
  expect(heard).toEqual([expect.stringContaining(expected)]);
});
