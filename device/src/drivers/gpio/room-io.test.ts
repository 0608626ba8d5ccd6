import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createGpioTools } from '../../transports/gpio-tools.ts';
import { createGpioRoomIo, type GpioFacts } from './room-io.ts';
import { createGpioSimulator } from './simulator.ts';

const facts: GpioFacts = {
  outputs: {
    screen: { line: 2, isActiveLow: false },
    lamp: { line: 3, isActiveLow: true },
  },
  contacts: { door: { line: 4, isActiveLow: false, bias: 'none' } },
};
const { signal } = new AbortController();

async function createBench() {
  const clock = createManualClock();
  const sim = createGpioSimulator();
  const io = createGpioRoomIo({
    facts,
    lines: createGpioTools({ chip: 'gpiochip0', run: sim.run, clock }),
    clock,
    log: pino({ level: 'silent' }),
  });
  onTestFinished(() => io[Symbol.asyncDispose]());
  /** Until `promise` ends, in steps. */
  const within = async <T>(ms: number, promise: Promise<T>): Promise<T | string> => {
    let ended: { value: T } | { fault: string } | null = null;
    promise.then(
      (value) => {
        ended = { value };
      },
      (error: { fault?: string; message: string }) => {
        ended = { fault: error.fault ?? error.message };
      },
    );
    for (let passed = 0; passed < ms && !ended; passed += 20) {
      await clock.advance(20);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const end = ended as { value: T } | { fault: string } | null; // Set by the callbacks above.
    if (end === null) return 'under way';
    return 'fault' in end ? end.fault : end.value;
  };
  await within(20, new Promise(() => {}));
  return { clock, sim, io, within };
}

test('outputs are held, one program for each, and let go of at the end', async () => {
  const { sim, io, within } = await createBench();
  expect(io.state().outputs).toEqual({ screen: null, lamp: null });
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }));
  await within(500, io.run({ kind: 'setOutput', output: 'lamp', isOn: true }, { signal }));
  expect([sim.level('gpiochip0', 2), sim.level('gpiochip0', 3)]).toEqual([true, false]);
  expect(io.state().outputs).toMatchObject({ screen: { value: true, source: 'answer' }, lamp: { value: true } });
  expect(sim.ran).toContain('gpioset --mode=signal -l gpiochip0 3=1');
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: false }, { signal }));
  expect(sim.level('gpiochip0', 2)).toBe(false);
  await io[Symbol.asyncDispose]();
  expect(sim.level('gpiochip0', 2)).toBeNull();
});

test('a pulse goes off again, also when whoever asked gives up', async () => {
  const { sim, io, within } = await createBench();
  const asked = new AbortController();
  const pulse = io.run({ kind: 'pulseOutput', output: 'screen', forMs: 2_000 }, { signal: asked.signal });
  expect(await within(1_000, pulse)).toBe('under way');
  expect(sim.level('gpiochip0', 2)).toBe(true);
  asked.abort(new Error('changed my mind'));
  expect(await within(1_000, pulse)).toBe('changed my mind');
  expect(sim.level('gpiochip0', 2)).toBe(false);
});

test('contacts are read and then tell what changes', async () => {
  const { sim, io, within } = await createBench();
  expect(io.state()).toMatchObject({ isConnected: true, contacts: { door: { value: false, source: 'answer' } } });
  sim.setInput('gpiochip0', 4, true);
  await within(20, new Promise(() => {}));
  expect(io.state().contacts.door).toMatchObject({ value: true, source: 'report' });
});

test('a contact that cannot be read any more stays as it was, with its age, and is read again', async () => {
  const { clock, sim, io, within } = await createBench();
  const before = io.state().contacts.door;
  sim.occupy('gpiochip0', 4);
  await within(20, new Promise(() => {}));
  expect(io.state()).toMatchObject({ isConnected: false, contacts: { door: before } });
  await expect(io.refresh({ signal })).rejects.toMatchObject({ fault: 'no_answer' });
  sim.free('gpiochip0', 4);
  sim.setInput('gpiochip0', 4, true);
  await clock.advance(6_000);
  await within(100, new Promise(() => {}));
  expect(io.state()).toMatchObject({ isConnected: true, contacts: { door: { value: true } } });
});

test('an output that somebody else has is refused, and so is one that there is not', async () => {
  const { sim, io, within } = await createBench();
  sim.occupy('gpiochip0', 2);
  expect(await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }))).toBe('busy');
  expect(await within(500, io.run({ kind: 'setOutput', output: 'fan', isOn: true }, { signal }))).toBe('refused');
  expect(io.state()).toMatchObject({ isConnected: false, outputs: { screen: null } });
  sim.free('gpiochip0', 2);
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }));
  expect(io.state()).toMatchObject({ isConnected: true, outputs: { screen: { value: true } } });
});

test('an output that is taken away is not known any more, and nobody is told that it is on', async () => {
  const { sim, io, within } = await createBench();
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }));
  sim.occupy('gpiochip0', 2);
  await within(20, new Promise(() => {}));
  expect(io.state()).toMatchObject({ isConnected: false, outputs: { screen: null } });
});

test('an output that was lost is taken again as it is to be for good, without being asked', async () => {
  const { clock, sim, io, within } = await createBench();
  const settled = () => within(200, new Promise(() => {}));
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }));
  sim.occupy('gpiochip0', 2);
  await settled();
  await clock.advance(6_000);
  await settled();
  expect(io.state()).toMatchObject({ isConnected: false, outputs: { screen: null } });
  sim.free('gpiochip0', 2);
  await clock.advance(6_000);
  await settled();
  expect(io.state()).toMatchObject({ isConnected: true, outputs: { screen: { value: true } } });
});

test('an output that could not be pulsed stays off when it can be had again', async () => {
  const { clock, sim, io, within } = await createBench();
  sim.occupy('gpiochip0', 2);
  expect(await within(500, io.run({ kind: 'pulseOutput', output: 'screen', forMs: 100 }, { signal }))).toBe('busy');
  sim.free('gpiochip0', 2);
  await clock.advance(6_000);
  await within(200, new Promise(() => {}));
  expect(sim.level('gpiochip0', 2)).toBe(false);
});

test('an output whose chip is gone is not known any more, and nothing is left to hold it', async () => {
  const { clock, sim, io, within } = await createBench();
  await within(500, io.run({ kind: 'setOutput', output: 'screen', isOn: true }, { signal }));
  await clock.advance(11_000);
  await within(20, new Promise(() => {}));
  expect(io.state().outputs.screen?.value).toBe(true);
  sim.loseChip('gpiochip0');
  await clock.advance(11_000);
  await within(20, new Promise(() => {}));
  expect(io.state()).toMatchObject({ isConnected: false, outputs: { screen: null } });
  expect(sim.level('gpiochip0', 2)).toBeNull();
});

test('a contact that bounces more than the kernel remembers ends as it stays', async () => {
  const { clock, sim, io, within } = await createBench();
  await clock.advance(1_000);
  await within(20, new Promise(() => {}));
  for (let bounce = 0; bounce < 16; bounce += 1) sim.setInput('gpiochip0', 4, bounce % 2 === 0);
  sim.missNextEdge();
  sim.setInput('gpiochip0', 4, true);
  await within(1_100, new Promise(() => {}));
  expect(io.state().contacts.door?.value).toBe(true);
});
