import type { RoomIoCommand, RoomIoState } from '../../ports/room-io.ts';
import { createGpioTools } from '../../transports/gpio-tools.ts';
import { describeProgramConformance } from '../testing/conformance.ts';
import { createGpioRoomIo, type GpioFacts } from './room-io.ts';
import { createSimulatedGpio, type SimulatedGpio, simulatedChip } from './simulator.ts';

const facts: GpioFacts = {
  outputs: { lamp: { line: 2, isActiveLow: false }, sign: { line: 3, isActiveLow: true } },
  contacts: { door: { line: 4, isActiveLow: true, bias: 'pullUp' } },
};
const silent = 'as gpioset says nothing while all is well, and contacts are only watched';

describeProgramConformance<RoomIoCommand, RoomIoState, SimulatedGpio>({
  name: 'room I/O on GPIO lines',
  createSimulator: () => createSimulatedGpio(facts),
  createDriver: ({ programs, clock, log }) =>
    createGpioRoomIo({
      ...{ facts, clock, log },
      lines: createGpioTools({ chip: simulatedChip, run: programs.runLines, clock }),
    }),
  greeted: { contacts: { door: { value: false, source: 'answer' } } },
  works: [
    {
      ...{ command: { kind: 'setOutput', output: 'lamp', isOn: true }, state: { outputs: { lamp: { value: true } } } },
      ...{ truth: (sim) => sim.isOn('lamp'), is: true },
    },
    {
      ...{
        command: { kind: 'setOutput', output: 'sign', isOn: false },
        state: { outputs: { sign: { value: false } } },
      },
      ...{ truth: (sim) => sim.isOn('sign'), is: false },
    },
    {
      command: { kind: 'pulseOutput', output: 'lamp', forMs: 500 },
      state: { outputs: { lamp: { value: false } } },
      ...{ truth: (sim) => sim.isOn('lamp'), is: false },
    },
  ],
  refusals: [
    {
      says: 'says that a line is in use',
      arrange: (sim) => sim.setBusy(true),
      ...{ command: { kind: 'setOutput', output: 'lamp', isOn: true }, fault: 'busy' },
    },
    {
      says: 'knows no output that there is not',
      arrange: () => undefined,
      ...{ command: { kind: 'setOutput', output: 'fan', isOn: true }, fault: 'refused' },
    },
  ],
  byHand: {
    change: (sim) => sim.contacts?.set('door', true),
    state: { contacts: { door: { value: true, source: 'report' } } },
    isTold: true,
  },
  lie: { command: { kind: 'setOutput', output: 'lamp', isOn: true }, state: {} },
  noise: Uint8Array.of(0x3f),
  harmless: { kind: 'setOutput', output: 'lamp', isOn: false },
  controllers: 'many',
  patienceMs: 20_000,
  depth: 32,
  doesNotApply: {
    lying: 'as nobody reads an output, and a contact is what it is',
    pieces: silent,
    silence: silent,
    gone: silent,
    half: silent,
    shared: 'as the kernel gives a line to one program: the second hears that it is busy, as above',
  },
});
