import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { controls, parseControls, reachOf, settingsFor, type UvcFacts } from './codec.ts';
import { createUvcCamera } from './driver.ts';
import { createUvcSimulator } from './simulator.ts';

const device = '/dev/v4l/by-id/usb-camera-video-index0';
const facts: UvcFacts = {
  ...{ controls: [...controls], isPanInverted: true, isTiltInverted: false },
  timing: { askEveryMs: 5_000 },
};
const { signal } = new AbortController();

async function createBench({ hasSpeeds = true } = {}) {
  const clock = createManualClock();
  const sim = createUvcSimulator({
    controls: hasSpeeds ? controls : ['pan_absolute', 'tilt_absolute', 'zoom_absolute'],
  });
  const camera = createUvcCamera({ device, facts, run: sim.run, clock, log: pino({ level: 'silent' }) });
  onTestFinished(() => camera[Symbol.asyncDispose]());
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  await settle();
  return { clock, sim, camera, settle };
}

test('a camera is found out by its controls, and moved in degrees, the right way round', async () => {
  const { sim, camera } = await createBench();
  expect(camera.state()).toMatchObject({
    isConnected: true,
    position: { value: { panDeg: 0, tiltDeg: 0 } },
    zoom: { value: 0 },
  });
  expect(camera.capabilities()).toMatchObject({ panDeg: { least: -145, most: 145 }, presets: 0 });
  await camera.run({ kind: 'moveTo', panDeg: 10, tiltDeg: -10 }, { signal });
  expect(sim.ran).toContain(`v4l2-ctl -d ${device} -c pan_absolute=-36000,tilt_absolute=-36000`);
  expect(camera.state().position).toMatchObject({ value: { panDeg: 10, tiltDeg: -10 }, source: 'answer' });
  await camera.run({ kind: 'zoomTo', zoom: 0.5 }, { signal });
  expect(camera.state().zoom?.value).toBe(0.5);
  await camera.run({ kind: 'move', panSpeed: -1, tiltSpeed: 0.01 }, { signal });
  expect([sim.truth.get('pan_speed')?.value, sim.truth.get('tilt_speed')?.value]).toEqual([7, 1]);
  await camera.run({ kind: 'stop' }, { signal });
  expect(sim.truth.get('pan_speed')?.value).toBe(0);
  await camera.run({ kind: 'home' }, { signal });
  expect(camera.state().position?.value).toEqual({ panDeg: 0, tiltDeg: 0 });
});

test('a camera that is the wrong way round reaches the other way round', () => {
  const controls = parseControls(
    'pan_absolute 0x009a0908 (int) : min=-36000 max=72000 step=3600 default=0 value=0\n' +
      'tilt_absolute 0x009a0909 (int) : min=-36000 max=72000 step=3600 default=0 value=0\n',
  );
  expect(reachOf(controls, facts)).toEqual({ panDeg: { least: -20, most: 10 }, tiltDeg: { least: -10, most: 20 } });
});

test('what a camera has not, it refuses and does not offer', async () => {
  const { camera } = await createBench({ hasSpeeds: false });
  expect(camera.capabilities().commands).toEqual(['moveTo', 'zoomTo', 'home', 'stop']);
  await expect(camera.run({ kind: 'move', panSpeed: 1, tiltSpeed: 0 }, { signal })).rejects.toMatchObject({
    fault: 'refused',
  });
  await expect(camera.run({ kind: 'recallPreset', preset: 1 }, { signal })).rejects.toMatchObject({ fault: 'refused' });
  await camera.run({ kind: 'stop' }, { signal });
});

test('a busy camera, an unplugged one and one that is back are told apart', async () => {
  const { clock, sim, camera, settle } = await createBench();
  sim.setBusy(true);
  await expect(camera.run({ kind: 'home' }, { signal })).rejects.toMatchObject({ fault: 'busy' });
  sim.setBusy(false);
  sim.setPlugged(false);
  await expect(camera.run({ kind: 'home' }, { signal })).rejects.toMatchObject({ fault: 'not_connected' });
  expect(camera.state()).toMatchObject({ isConnected: false, position: { value: { panDeg: 0 } } });
  sim.setPlugged(true);
  await clock.advance(5_000);
  await settle();
  expect(camera.state().isConnected).toBe(true);
});

test('too many do not wait, a stop does not, and who gave up is not served', async () => {
  const { sim, camera } = await createBench();
  const all = Promise.allSettled(Array.from({ length: 60 }, () => camera.run({ kind: 'zoomTo', zoom: 1 }, { signal })));
  const before = sim.ran.length;
  await camera.run({ kind: 'stop' }, { signal });
  expect(sim.ran.slice(before, before + 3).some((each) => each.includes('pan_speed=0'))).toBe(true);
  const faults = (await all).flatMap((each) => (each.status === 'rejected' ? [each.reason.fault] : []));
  expect(faults.length).toBeGreaterThanOrEqual(20);
  const reason = new Error('gone');
  await expect(camera.run({ kind: 'home' }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('whatever is asked stays within what the camera tells, and no words of it are thrown at', async () => {
  const { sim } = await createBench();
  const known = parseControls(await sim.run('v4l2-ctl', ['-L'], { signal, timeoutMs: 1 }));
  const wide = fc.double({ min: -1_000, max: 1_000, noNaN: true });
  fc.assert(
    fc.property(wide, wide, (panDeg, tiltDeg) => {
      const { pan_absolute = 0, tilt_absolute = 0 } =
        settingsFor({ kind: 'moveTo', panDeg, tiltDeg }, known, facts) ?? {};
      return Math.abs(pan_absolute) <= 522_000 && Math.abs(tilt_absolute) <= 324_000 && Number.isInteger(pan_absolute);
    }),
    { numRuns: 10_000 },
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseControls(`pan_absolute 0x${text}`);
    }),
    { numRuns: 10_000 },
  );
});
