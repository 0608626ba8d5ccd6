import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
import { describeProgramConformance } from '../testing/conformance.ts';
import type { CecFacts } from './codec.ts';
import { createCecDisplay } from './driver.ts';
import { type CecSimulator, createCecSimulator } from './simulator.ts';

const facts: CecFacts = {
  ...{ osdName: 'Anteroom', standbyNeedsActiveSource: true },
  ...{ powerSettlesMs: 5_000, timing: { askEveryMs: 5_000 } },
};

describeProgramConformance<DisplayCommand, DisplayState, CecSimulator>({
  name: 'a display on HDMI-CEC',
  createSimulator: ({ clock }) => createCecSimulator({ warmUpMs: 2_500, clock }),
  createDriver: ({ programs, clock, log }) =>
    createCecDisplay({ device: '/dev/cec0', facts, run: programs.runProgram, clock, log }),
  greeted: { power: { value: 'on', source: 'answer' }, identity: { value: 'Wall TV' } },
  works: [
    {
      ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby' } } },
      ...{ truth: (sim) => sim.truth.power(), is: 'standby' },
    },
    {
      ...{ command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
      ...{ truth: (sim) => sim.truth.power(), is: 'on' },
    },
    {
      ...{ command: { kind: 'setInput', input: 'terminal' }, state: { input: { value: 'terminal' } } },
      ...{ truth: (sim) => sim.truth.input, is: 'terminal' },
    },
  ],
  refusals: [
    {
      says: 'says that the display knows no such message',
      arrange: (sim) => sim.misbehave('abort'),
      ...{ command: { kind: 'setPower', isOn: true }, fault: 'refused' },
    },
    {
      says: 'says that the display is silent',
      arrange: (sim) => sim.setBusy(true),
      ...{ command: { kind: 'setPower', isOn: true }, fault: 'no_answer' },
    },
    {
      says: 'says that nobody acknowledges',
      arrange: (sim) => sim.setPlugged(false),
      ...{ command: { kind: 'setPower', isOn: true }, fault: 'not_connected' },
    },
    {
      says: 'has no volume',
      arrange: () => undefined,
      ...{ command: { kind: 'setVolume', volume: 0.5 }, fault: 'refused' },
    },
  ],
  byHand: { change: (sim) => sim.truth.losePower(), state: { power: { value: 'standby' } }, isTold: false },
  lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
  noise: new TextEncoder().encode('cec-ctl: warning: something\n'),
  harmless: { kind: 'setInput', input: 'terminal' },
  controllers: 'many',
  patienceMs: 30_000,
  depth: 32,
});
