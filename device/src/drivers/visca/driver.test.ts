import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Camera, CameraCommand, CameraState } from '../../ports/camera.ts';
import { describeConformance } from '../testing/conformance.ts';
import { createMemoryLine, type MemoryLine } from '../testing/memory-line.ts';
import type { ViscaFacts } from './codec.ts';
import { createViscaCamera } from './driver.ts';
import type { Framing } from './exchanges.ts';
import { createViscaSimulator, type ViscaSimulator } from './simulator.ts';

const facts: ViscaFacts = {
  ...{ address: 1, fastestPan: 0x18, fastestTilt: 0x17, fastestZoom: 7, zoomTele: 0x4000, unitsPerDegree: 14.4 },
  ...{ panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 }, presets: 16 },
  ...{ moveSpeeds: 'separate', panNibbles: 4 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};
const signal = new AbortController().signal;
const setFocus: CameraCommand = { kind: 'setFocus', focus: 'auto' };

const variants: [Framing, 'strict' | 'lenient'][] = [
  ['serial', 'strict'],
  ['packets', 'strict'],
  ['packets', 'lenient'],
];
for (const [framing, mode] of variants) {
  describeConformance<CameraCommand, CameraState, ViscaSimulator>({
    name: `a VISCA camera on ${framing} that is ${mode}`,
    line: framing === 'serial' ? 'serial' : 'connection',
    doesNotApply: framing === 'packets' ? { pieces: 'as a datagram comes whole or not at all' } : {},
    createSimulator: ({ clock }) =>
      createViscaSimulator({ facts, identity: null, framing, mode, warmUpMs: 4_000, moveMs: 1_000, clock }),
    createDriver: ({ line, clock, log }) => createViscaCamera({ line, facts, framing, clock, log }),
    greeted: {
      ...{ identity: { value: '0001:0519 0123', source: 'answer' }, isOn: { value: true } },
      ...{ position: { value: { panDeg: 0, tiltDeg: 0 } }, zoom: { value: 0 } },
    },
    works: [
      { command: { kind: 'setPower', isOn: false }, state: { isOn: { value: false } } },
      {
        command: { kind: 'moveTo', panDeg: 90, tiltDeg: -10 },
        state: { position: { value: { panDeg: 90, tiltDeg: -10 } } },
        ...{ truth: (sim) => [sim.truth().pan, sim.truth().tilt], is: [1296, -144] },
      },
      { command: { kind: 'zoomTo', zoom: 0.5 }, state: { zoom: { value: 0.5, source: 'answer' } } },
      { command: { kind: 'home' }, state: { position: { value: { panDeg: 0, tiltDeg: 0 } } } },
      { command: { kind: 'move', panSpeed: 0.5, tiltSpeed: 0 }, state: {} },
      { command: { kind: 'zoom', zoomSpeed: -0.5 }, state: {} },
      { command: { kind: 'stop' }, state: {} },
      { command: { kind: 'setPreset', preset: 3 }, state: {} },
      { command: { kind: 'recallPreset', preset: 3 }, state: {} },
      { command: setFocus, state: {} },
    ],
    refusals: [
      ...([0x01, 0x02] as const).map((code) => ({
        ...{ says: `refused: error ${code}`, arrange: (sim: ViscaSimulator) => sim.refuse(code) },
        ...{ command: setFocus, fault: 'refused' as const },
      })),
      ...([0x04, 0x05, 0x41] as const).map((code) => ({
        ...{ says: `not now: error ${code}`, arrange: (sim: ViscaSimulator) => sim.refuse(code) },
        ...{ command: setFocus, fault: 'not_now' as const },
      })),
      { says: 'nonsense: error 0x7e', arrange: (sim) => sim.refuse(0x7e), command: setFocus, fault: 'nonsense' },
      { says: 'asks again when the buffer is full', arrange: (sim) => sim.refuse(3), command: setFocus, fault: 'done' },
      {
        says: 'refuses a preset that the model does not have',
        ...{ arrange: () => undefined, command: { kind: 'recallPreset', preset: 17 }, fault: 'refused' },
      },
    ],
    byHand: {
      isTold: false,
      change: (sim) => sim.zoomByHand(0.25),
      state: { zoom: { value: 0.25, source: 'answer' } },
    },
    lie: { command: { kind: 'setPower', isOn: true }, state: { isOn: { value: false, source: 'answer' } } },
    noise: Uint8Array.of(0x00, 0x13, 0xa0, 0x41),
    harmless: setFocus,
    ...{ controllers: 'many', patienceMs: 4_000, depth: 32 },
  });
}

describe.each<[Framing, 'strict' | 'lenient']>([
  ['serial', 'strict'],
  ['packets', 'strict'],
  ['packets', 'lenient'],
])('a camera on %s that is %s', (framing, mode) => {
  let clock: ReturnType<typeof createManualClock>;
  let sim: ViscaSimulator;
  let line: MemoryLine;
  let camera: Camera;

  beforeEach(async () => {
    clock = createManualClock();
    sim = createViscaSimulator({ facts, identity: null, framing, mode, warmUpMs: 20_000, moveMs: 3_000, clock });
    line = createMemoryLine({ device: sim, kind: 'serial', clock });
    camera = createViscaCamera({ line, facts, framing, clock, log: pino({ level: 'silent' }) });
    await passTime(10);
  });
  afterEach(async () => {
    await camera[Symbol.asyncDispose]();
    await line[Symbol.asyncDispose]();
    await sim[Symbol.asyncDispose]();
  });

  /** In small steps, so that what one answer leads to happens in its time. */
  async function passTime(ms: number): Promise<void> {
    const stepMs = Math.max(5, ms / 200);
    for (let passed = 0; passed < ms; passed += stepMs) {
      await clock.advance(stepMs);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  }
  /** How it ended after so much time. */
  async function outcome(command: CameraCommand, { afterMs = 10, on = signal } = {}): Promise<string> {
    let ended = 'under way';
    camera.run(command, { signal: on }).then(
      () => {
        ended = 'done';
      },
      (error: unknown) => {
        ended = error instanceof Error ? ((error as { fault?: string }).fault ?? error.message) : String(error);
      },
    );
    await passTime(afterMs);
    return ended;
  }

  it('keeps presets', async () => {
    await outcome({ kind: 'zoomTo', zoom: 0.5 }, { afterMs: 4_000 });
    expect(await outcome({ kind: 'setPreset', preset: 3 })).toBe('done');
    await outcome({ kind: 'zoomTo', zoom: 0 }, { afterMs: 4_000 });
    expect(await outcome({ kind: 'recallPreset', preset: 3 }, { afterMs: 4_000 })).toBe('done');
    expect(camera.state().zoom?.value).toBe(0.5);
    expect(await outcome({ kind: 'recallPreset', preset: 17 })).toBe('refused');
  });

  it('is stopped in the middle of a movement, before all that waits', async () => {
    const moving = outcome({ kind: 'moveTo', panDeg: 90, tiltDeg: 0 }, { afterMs: 50 });
    await moving;
    const waiting = Promise.allSettled(
      Array.from({ length: 20 }, () => camera.run({ kind: 'setFocus', focus: 'auto' }, { signal })),
    );
    const before = line.sent.length;
    expect(await outcome({ kind: 'stop' }, { afterMs: 200 })).toBe('done');
    expect(line.sent[before]).toContain('8101060118170303ff');
    expect(sim.truth()).toMatchObject({ pan: 0, isMoving: false });
    await passTime(3_000);
    expect((await waiting).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it('sleeps, and says that it is not the time while it warms up', async () => {
    expect(await outcome({ kind: 'setPower', isOn: false })).toBe('done');
    expect(camera.state().isOn?.value).toBe(false);
    expect(await outcome({ kind: 'home' })).toBe('not_now');
    expect(await outcome({ kind: 'setPower', isOn: true })).toBe('done');
    expect(await outcome({ kind: 'home' })).toBe('not_now');
    await passTime(12_000);
    expect(camera.state().isConnected).toBe(true);
    await passTime(8_000);
    expect(await outcome({ kind: 'home' }, { afterMs: 4_000 })).toBe('done');
  });

  it('waits for a socket when another controller has both', async () => {
    sim.setBusy(true);
    expect(await outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: 1_000 })).toBe('under way');
    sim.setBusy(false);
    await passTime(200);
    expect(await outcome({ kind: 'setFocus', focus: 'auto' })).toBe('done');
  });
});

// BirdDog's P100 answers IF_Clear with a syntax error (misterhay/VISCA-IP-Controller, issue 25), others CAM_VersionInq; an
// emulator of obs-ptz knows no CAM_ZoomPosInq.
it.each<Framing>(['serial', 'packets'])(
  'a camera on %s that does not know everything does the rest',
  async (framing) => {
    const clock = createManualClock();
    const how = { facts, identity: null, framing, mode: 'strict', warmUpMs: 0, moveMs: 0, clock } as const;
    await using sim = createViscaSimulator(how);
    for (const unknown of ['clear', 'version', 'zoom'] as const) sim.forget(unknown);
    await using line = createMemoryLine({ device: sim, kind: 'serial', clock });
    await using camera = createViscaCamera({ line, facts, framing, clock, log: pino({ level: 'silent' }) });
    for (let passedMs = 0; passedMs < 3 * facts.timing.askEveryMs; passedMs += 100) await clock.advance(100);
    expect(camera.state()).toMatchObject({
      ...{ isConnected: true, isOn: { value: true }, position: { value: { panDeg: 0, tiltDeg: 0 } } },
      ...{ identity: null, zoom: null },
    });
    const done = camera.run({ kind: 'stop' }, { signal });
    for (let turn = 0; turn < 3; turn++) await clock.advance(10);
    await done;
    // Greeted once, and asked from then on: to be cleared again would stop what moves.
    expect(line.sent.filter((hex) => hex.endsWith('81010001ff'))).toHaveLength(1);
  },
);

// What the Python client visca_over_ip found.
it('the simulated camera says whether its focus is automatic', async () => {
  const clock = createManualClock();
  const heard: string[] = [];
  await using sim = createViscaSimulator({
    facts,
    identity: null,
    framing: 'serial',
    mode: 'strict',
    warmUpMs: 0,
    moveMs: 0,
    clock,
  });
  const send = (bytes: Uint8Array) => void heard.push(Buffer.from(bytes).toString('hex'));
  const controller = sim.connect({ send, hangUp: () => undefined });
  const say = (hex: string) => controller.receive(Buffer.from(hex, 'hex'));
  say('81090438ff');
  say('8101043803ff');
  await clock.advance(1);
  say('81090438ff');
  expect(heard).toEqual(['905002ff', '9041ff', '9051ff', '905003ff']);
});
