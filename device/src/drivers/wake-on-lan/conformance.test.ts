import type { DisplayCommand, DisplayState } from '../../ports/display.ts';
// What wakes stands before a driver of any display: here, one that is on the kit itself.
import { createLgDisplay } from '../lg/driver.ts';
import { createLgSimulator, type LgSimulator } from '../lg/simulator.ts';
import { describeConformance } from '../testing/conformance.ts';
import { createWakingDisplay, type WakeOnLanFacts } from './driver.ts';

const facts: WakeOnLanFacts = { mac: '02:00:00:00:00:01', secureOn: null, wakesWithinMs: 5_000 };
const lg = {
  ...{ setId: 1, inputs: { hdmi1: 0x90, hdmi2: 0x91 }, powerSettlesMs: 6_000 },
  timing: { answerWithinMs: 500, askEveryMs: 5_000 },
};

describeConformance<DisplayCommand, DisplayState, LgSimulator>({
  name: 'a display that is woken over the network',
  line: 'connection',
  createSimulator: ({ clock }) => createLgSimulator({ facts: lg, mode: 'lenient', warmUpMs: 3_000, clock }),
  createDriver: ({ line, clock, log }) =>
    createWakingDisplay({
      ...{ facts, clock, broadcast: async () => undefined },
      display: createLgDisplay({ line, facts: lg, clock, log }),
    }),
  greeted: { power: { value: 'on', source: 'answer' } },
  works: [
    {
      ...{ command: { kind: 'setPower', isOn: false }, state: { power: { value: 'standby' } } },
      ...{ truth: (sim) => sim.truth.power(), is: 'coolingDown' },
    },
    { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'on' } } },
  ],
  refusals: [
    {
      says: 'refuses what the display has not',
      arrange: () => undefined,
      ...{ command: { kind: 'setInput', input: 'vga' }, fault: 'refused' },
    },
  ],
  byHand: { change: (sim) => sim.truth.losePower(), state: { power: { value: 'standby' } }, isTold: false },
  lie: { command: { kind: 'setPower', isOn: true }, state: { power: { value: 'standby' } } },
  noise: Uint8Array.of(0x3f, 0x3f),
  harmless: { kind: 'setVolume', volume: 0.2 },
  controllers: 'many',
  patienceMs: 15_000,
  depth: 32,
});
