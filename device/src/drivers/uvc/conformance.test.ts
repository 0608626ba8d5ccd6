import type { CameraCommand, CameraState } from '../../ports/camera.ts';
import { describeProgramConformance } from '../testing/conformance.ts';
import { controls, type UvcFacts } from './codec.ts';
import { createUvcCamera } from './driver.ts';
import { createUvcSimulator, type UvcSimulator } from './simulator.ts';

const facts: UvcFacts = {
  ...{ controls: [...controls], isPanInverted: true, isTiltInverted: false },
  timing: { askEveryMs: 5_000 },
};
const controlOf = (sim: UvcSimulator, control: (typeof controls)[number]) => sim.truth.get(control)?.value;

describeProgramConformance<CameraCommand, CameraState, UvcSimulator>({
  name: 'a USB camera',
  createSimulator: () => createUvcSimulator(facts),
  createDriver: ({ programs, clock, log }) =>
    createUvcCamera({ device: '/dev/video0', facts, run: programs.runProgram, clock, log }),
  greeted: { position: { value: { panDeg: 0, tiltDeg: 0 }, source: 'answer' }, zoom: { value: 0 } },
  works: [
    {
      command: { kind: 'moveTo', panDeg: 10, tiltDeg: -10 },
      state: { position: { value: { panDeg: 10, tiltDeg: -10 } } },
      ...{ truth: (sim) => controlOf(sim, 'pan_absolute'), is: -36_000 },
    },
    {
      ...{ command: { kind: 'zoomTo', zoom: 0.5 }, state: { zoom: { value: 0.5 } } },
      ...{ truth: (sim) => controlOf(sim, 'zoom_absolute'), is: 300 },
    },
    {
      ...{ command: { kind: 'move', panSpeed: -1, tiltSpeed: 0.01 }, state: {} },
      ...{ truth: (sim) => controlOf(sim, 'pan_speed'), is: 7 },
    },
    { command: { kind: 'stop' }, state: {}, truth: (sim) => controlOf(sim, 'pan_speed'), is: 0 },
    { command: { kind: 'home' }, state: { position: { value: { panDeg: 0, tiltDeg: 0 } } } },
  ],
  refusals: [
    {
      says: 'says that another program has the camera',
      arrange: (sim) => sim.setBusy(true),
      ...{ command: { kind: 'home' }, fault: 'busy' },
    },
    {
      says: 'says that the camera is not there',
      arrange: (sim) => sim.setPlugged(false),
      ...{ command: { kind: 'home' }, fault: 'not_connected' },
    },
    {
      says: 'has no presets',
      arrange: () => undefined,
      ...{ command: { kind: 'recallPreset', preset: 1 }, fault: 'refused' },
    },
  ],
  byHand: {
    change: (sim) => sim.truth.set('zoom_absolute', { least: 100, most: 500, step: 1, value: 500 }),
    state: { zoom: { value: 1 } },
    isTold: false,
  },
  lie: { command: { kind: 'moveTo', panDeg: 10, tiltDeg: 0 }, state: { position: { value: { panDeg: -10 } } } },
  noise: new TextEncoder().encode('libv4l2: warning\n'),
  harmless: { kind: 'zoomTo', zoom: 0 },
  controllers: 'many',
  patienceMs: 20_000,
  depth: 32,
});
