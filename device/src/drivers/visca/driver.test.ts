import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Camera, CameraCommand } from '../../ports/camera.ts';
import { createMemoryLine, type MemoryLine } from '../testing/memory-line.ts';
import type { ViscaFacts } from './codec.ts';
import { createViscaCamera } from './driver.ts';
import type { Framing } from './exchanges.ts';
import { createViscaSimulator, type ViscaSimulator } from './simulator.ts';

const facts: ViscaFacts = {
  ...{ address: 1, fastestPan: 0x18, fastestTilt: 0x17, fastestZoom: 7, zoomTele: 0x4000, unitsPerDegree: 14.4 },
  ...{ panDeg: { least: -170, most: 170 }, tiltDeg: { least: -30, most: 90 }, presets: 16 },
  ...{ moveSpeeds: 'separate', panNibbles: 4 },
};
const signal = new AbortController().signal;

describe.each<[Framing, 'strict' | 'lenient']>([
  ['serial', 'strict'],
  ['serial', 'lenient'],
  ['packets', 'strict'],
  ['packets', 'lenient'],
])('a camera on %s that is %s', (framing, mode) => {
  let clock: ReturnType<typeof createManualClock>;
  let sim: ViscaSimulator;
  let line: MemoryLine;
  let camera: Camera;

  beforeEach(async () => {
    clock = createManualClock();
    sim = createViscaSimulator({ facts, framing, mode, warmUpMs: 20_000, moveMs: 3_000, clock });
    line = createMemoryLine({ device: sim, clock });
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

  it('is asked who and where it is as soon as the line opens', () => {
    expect(camera.state()).toMatchObject({
      isConnected: true,
      identity: { value: '0001:0519 0123', source: 'answer' },
      isOn: { value: true },
      position: { value: { panDeg: 0, tiltDeg: 0 } },
      zoom: { value: 0 },
    });
  });

  it('moves, and is done when it has arrived', async () => {
    expect(await outcome({ kind: 'moveTo', panDeg: 90, tiltDeg: -10 }, { afterMs: 1_000 })).toBe('under way');
    await passTime(3_000);
    expect(sim.truth()).toMatchObject({ pan: 1296, tilt: -144 });
    expect(camera.state().position?.value).toEqual({ panDeg: 90, tiltDeg: -10 });
  });

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
    await passTime(20_000);
    expect(await outcome({ kind: 'home' }, { afterMs: 4_000 })).toBe('done');
  });

  it('says what the device says, though it lies', async () => {
    sim.lie(true);
    await outcome({ kind: 'setPower', isOn: true });
    expect(camera.state().isOn).toMatchObject({ value: false, source: 'answer' });
  });

  it('waits for a socket when another controller has both', async () => {
    sim.occupy();
    expect(await outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: 1_000 })).toBe('under way');
    sim.free();
    await passTime(200);
    expect(await outcome({ kind: 'setFocus', focus: 'auto' })).toBe('done');
  });

  it('understands answers in pieces, in one piece, and behind noise', async () => {
    if (framing === 'packets') return; // A datagram comes whole or not at all.
    line.mischief.split();
    line.mischief.garble(Uint8Array.of(0x00, 0x13, 0xa0, 0x41));
    expect(await outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: 100 })).toBe('done');
    line.mischief.join(2);
    expect(await outcome({ kind: 'setFocus', focus: 'manual' }, { afterMs: 100 })).toBe('done');
  });

  it('says that nothing came, and goes on with the next', async () => {
    line.mischief.drop(framing === 'packets' ? 6 : 1);
    const ended = outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: framing === 'packets' ? 6_500 : 2_100 });
    expect(await ended).toBe('no_answer');
    expect(await outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: 100 })).toBe('done');
  });

  it('is unplugged in the middle, and greeted again when it is back', async () => {
    const moving = outcome({ kind: 'moveTo', panDeg: 90, tiltDeg: 0 }, { afterMs: 200 });
    await passTime(100);
    line.unplug();
    expect(await moving).toBe('not_connected');
    expect(camera.state().isConnected).toBe(false);
    expect(await outcome({ kind: 'home' })).toBe('not_connected');
    sim.powerCycle();
    line.plugIn();
    await passTime(25_000);
    expect(await outcome({ kind: 'home' }, { afterMs: 4_000 })).toBe('done');
    expect(camera.state().isConnected).toBe(true);
  });

  it('is given up on by whoever asked, and the next takes no answer of it', async () => {
    const asked = new AbortController();
    const given = outcome({ kind: 'moveTo', panDeg: 90, tiltDeg: 0 }, { afterMs: 100, on: asked.signal });
    await passTime(50);
    asked.abort(new Error('changed my mind'));
    expect(await given).toBe('changed my mind');
    expect(await outcome({ kind: 'setFocus', focus: 'auto' }, { afterMs: 2_000 })).toBe('done');
  });

  it('refuses what would wait too long, but never a stop', async () => {
    const asked = Array.from({ length: 60 }, () => camera.run({ kind: 'zoomTo', zoom: 1 }, { signal }));
    const results = Promise.allSettled(asked);
    expect(await outcome({ kind: 'stop' }, { afterMs: 2_000 })).toBe('done');
    await camera[Symbol.asyncDispose]();
    const faults = (await results).flatMap((each) => (each.status === 'rejected' ? [each.reason.fault] : []));
    expect(faults.filter((fault) => fault === 'queue_full').length).toBeGreaterThanOrEqual(20);
  });
});
