import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createGpioTools } from '../../transports/gpio-tools.ts';
import { createGpioPresence, type GpioPresenceFacts } from './presence.ts';
import { createSimulatedGpio, simulatedChip } from './simulator.ts';

const facts: GpioPresenceFacts = {
  contact: { line: 17, isActiveLow: true, bias: 'pullUp' },
  timing: { settleMs: 50, holdMs: 10_000 },
};
const { signal } = new AbortController();

async function createBench() {
  const clock = createManualClock();
  const sim = createSimulatedGpio({ outputs: {}, contacts: { presence: facts.contact } });
  const lines = createGpioTools({ chip: simulatedChip, run: sim.chip.run, clock });
  const sensor = createGpioPresence({ facts, lines, clock, log: pino({ level: 'silent' }) });
  onTestFinished(() => sensor[Symbol.asyncDispose]());
  const passTime = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  await passTime(0);
  return { sim, sensor, passTime, close: (isClosed: boolean) => sim.contacts?.set('presence', isClosed) };
}

test('a room is occupied as long as the contact is closed, and for the hold after it', async () => {
  const { sim, sensor, passTime, close } = await createBench();
  expect(sim.chip.ran[0]).toBe('gpioget --bias=pull-up -l gpiochip0 17');
  expect(sensor.state()).toMatchObject({ isConnected: true, isOccupied: null, people: null });
  close(true);
  await passTime(100);
  const seen = sensor.state().isOccupied;
  expect(seen).toMatchObject({ value: true, source: 'report' });
  close(false);
  await passTime(9_900);
  expect(sensor.state().isOccupied).toEqual(seen);
  await passTime(200);
  expect(sensor.state().isOccupied).toMatchObject({ value: false, source: 'report' });
});

test('a contact that cannot be read says nothing, and the room stays what it was, with its age', async () => {
  const { sim, sensor, passTime, close } = await createBench();
  close(true);
  await passTime(100);
  const seen = sensor.state().isOccupied;
  sim.setBusy(true);
  await passTime(100);
  expect(sensor.state()).toMatchObject({ isConnected: false, isOccupied: seen });
  await expect(sensor.refresh({ signal })).rejects.toMatchObject({ fault: 'no_answer' });
  sim.setBusy(false);
  close(false);
  await passTime(6_000);
  expect(sensor.state()).toMatchObject({ isConnected: true, isOccupied: seen });
  await passTime(10_100);
  expect(sensor.state().isOccupied).toMatchObject({ value: false, source: 'answer' });
});

test('what changes between the first reading and the watch is read soon after', async () => {
  const { sim, sensor, passTime, close } = await createBench();
  sim.chip.missNextEdge();
  close(true);
  await passTime(900);
  expect(sensor.state().isOccupied).toBeNull();
  await passTime(200);
  expect(sensor.state().isOccupied).toMatchObject({ value: true });
});
