import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { controls, type UvcFacts } from '../../../device/src/drivers/uvc/codec.ts';
import { createUvcCamera } from '../../../device/src/drivers/uvc/driver.ts';
import { runProgram } from '../../../device/src/transports/run-program.ts';
import { becomes, createBench } from '../bench.ts';
import { createUsbCamera } from './usb-camera.ts';
import { plugIn } from './usb-socket.ts';

/** Our driver of USB cameras, v4l2-ctl, and the kernel's uvcvideo with a camera at its other end. */
const device = '/dev/video4';
/** vivid has many controls, and none that moves anything. */
const fixedCamera = '/dev/video0';
const facts: UvcFacts = {
  ...{ controls: [...controls], isPanInverted: false, isTiltInverted: false },
  timing: { askEveryMs: 1_000 },
};

async function createCamera(t: TestContext) {
  const usb = createUsbCamera();
  const plug = await plugIn(usb.answer);
  t.after(() => plug.unplug());
  await becomes('camera plugged in', () => existsSync(device), true);
  const { keep, signal, ...deps } = createBench(t);
  const camera = keep(createUvcCamera({ device, facts, run: runProgram, ...deps }));
  await becomes('camera found', () => camera.state().isConnected, true);
  return { usb, plug, camera, signal };
}

test('a camera is found by its controls, and goes where it is told', async (t) => {
  const { usb, camera, signal } = await createCamera(t);
  assert.deepEqual(camera.capabilities().panDeg, { least: -145, most: 145 });
  assert.deepEqual(camera.capabilities().tiltDeg, { least: -90, most: 90 });
  await camera.run({ kind: 'moveTo', panDeg: 10, tiltDeg: -20 }, { signal });
  assert.deepEqual(usb.held.panTiltAbsolute, [36_000, -72_000]);
  assert.deepEqual(camera.state().position?.value, { panDeg: 10, tiltDeg: -20 });
  await camera.run({ kind: 'zoomTo', zoom: 0.5 }, { signal });
  assert.deepEqual(usb.held.zoomAbsolute, [300]);
  assert.equal(camera.state().zoom?.value, 0.5);
  await camera.run({ kind: 'home' }, { signal });
  assert.deepEqual(usb.held.panTiltAbsolute, [0, 0]);
});

test('a camera turns for as long as it is told to, and stops', async (t) => {
  const { usb, camera, signal } = await createCamera(t);
  await camera.run({ kind: 'move', panSpeed: 1, tiltSpeed: 0 }, { signal });
  assert.deepEqual(usb.held.panTiltRelative, [1, 7, 0, 0]);
  await camera.run({ kind: 'move', panSpeed: -0.5, tiltSpeed: -1 }, { signal });
  const [pan, , tilt] = usb.held.panTiltRelative;
  assert.deepEqual([pan, tilt], [-1, -1]);
  await camera.run({ kind: 'stop' }, { signal });
  const [panAfter, , tiltAfter] = usb.held.panTiltRelative;
  assert.deepEqual([panAfter, tiltAfter], [0, 0]);
});

test('a zoom that could not be stopped is not offered, nor begun by a stop', async (t) => {
  const { usb, camera, signal } = await createCamera(t);
  assert.ok(!camera.capabilities().commands.includes('zoom'));
  await assert.rejects(camera.run({ kind: 'zoom', zoomSpeed: 1 }, { signal }), { fault: 'refused' });
  await camera.run({ kind: 'stop' }, { signal });
  assert.equal(usb.held.zoomRelative[0], 0);
});

test('a camera that is busy says so', async (t) => {
  const { usb, camera, signal } = await createCamera(t);
  usb.setBusy(true);
  await assert.rejects(camera.run({ kind: 'home' }, { signal }), { fault: 'busy' });
  usb.setBusy(false);
  await camera.run({ kind: 'home' }, { signal });
});

test('a camera that is unplugged is missed, and one that is plugged in again is found', async (t) => {
  const { usb, plug, camera, signal } = await createCamera(t);
  await camera.run({ kind: 'zoomTo', zoom: 1 }, { signal });
  plug.unplug();
  await becomes('camera missed', () => camera.state().isConnected, false);
  await assert.rejects(camera.run({ kind: 'home' }, { signal }), { fault: 'not_connected' });
  assert.equal(camera.state().zoom?.value, 1);
  usb.held.zoomAbsolute = [100];
  const again = await plugIn(usb.answer);
  t.after(() => again.unplug());
  await becomes('camera found again', () => camera.state().isConnected, true);
  await becomes('zoom read again', () => camera.state().zoom?.value, 0);
});

test('a camera that does not move is known, and offers nothing', async (t) => {
  const { keep, signal, ...deps } = createBench(t);
  const camera = keep(createUvcCamera({ device: fixedCamera, facts, run: runProgram, ...deps }));
  await becomes('camera found', () => camera.state().isConnected, true);
  assert.deepEqual(camera.capabilities().commands, ['stop']);
  assert.equal(camera.state().position, null);
  await assert.rejects(camera.run({ kind: 'home' }, { signal }), { fault: 'refused' });
});
