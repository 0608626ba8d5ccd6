import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, DeviceState } from '../../ports/device.ts';
import { DriverError, type DriverFault } from '../../ports/driver-error.ts';
import type { Line } from '../../ports/line.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';
import { createMemoryLine, type MemoryLine, type MemoryLineDeps } from './memory-line.ts';

/** What every driver of a device on a line has to bear, played against its simulator in memory, in no time. */
export type Conformance<Command, State extends DeviceState, Sim extends SimulatedDevice> = {
  name: string;
  line: MemoryLineDeps['kind'];
  createSimulator: (deps: { clock: ManualClock }) => Sim;
  createDriver: (deps: { line: Line; clock: ManualClock; log: Logger }) => Device<Command, unknown, State>;
  /** What is known once the conversation has begun. */
  greeted: object;
  /** Each command that the driver has, what the state is then, and what is true of the device. */
  works: readonly { command: Command; state: object; truth?: (sim: Sim) => unknown; is?: unknown }[];
  /** Each answer that refuses, and what it is called. */
  refusals: readonly { says: string; arrange: (sim: Sim) => void; command: Command; fault: DriverFault | 'done' }[];
  /** What a hand on the device changes; the device tells it by itself, or is asked in the course of time. */
  byHand: { change: (sim: Sim) => void; state: object; isTold: boolean };
  /** What is told while it lies. */
  lie: { command: Command; state: object };
  /** Bytes that no frame of the protocol begins with. */
  noise: Uint8Array;
  /** Takes one way through the queue, may be said at any time, and moves nothing. */
  harmless: Command;
  controllers: 'many' | 'one';
  /** Longest that a command may take, from its first byte to its end. */
  patienceMs: number;
  /** Commands that wait at most. */
  depth: number;
  /** A datagram comes whole or not at all. */
  isPackets?: boolean;
};

const signal = new AbortController().signal;
const silent = () => pino({ level: 'silent' });

export function describeConformance<Command, State extends DeviceState, Sim extends SimulatedDevice>(
  kit: Conformance<Command, State, Sim>,
): void {
  type Driver = Device<Command, unknown, State>;
  let clock: ManualClock;
  let sim: Sim;
  let line: MemoryLine;
  let driver: Driver;
  const more: AsyncDisposable[] = [];

  beforeEach(async () => {
    clock = createManualClock();
    sim = kit.createSimulator({ clock });
    [line, driver] = comeIn();
    await passTime(kit.patienceMs, () => isGreeted(driver));
  });
  afterEach(async () => {
    for (const each of [...more.splice(0).reverse(), sim]) await each[Symbol.asyncDispose]();
  });

  function comeIn(): [MemoryLine, Driver] {
    const entered = createMemoryLine({ device: sim, kind: kit.line, clock });
    const made = kit.createDriver({ line: entered, clock, log: silent() });
    more.push(entered, made);
    return [entered, made];
  }

  /** In small steps, so that what one answer leads to happens in its time; ends early when `isOver`. */
  async function passTime(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const stepMs = Math.max(5, ms / 200);
    for (let passed = 0; passed < ms && !isOver(); passed += stepMs) {
      await clock.advance(stepMs);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  }

  const isGreeted = (of: Driver) => {
    try {
      expect(of.state()).toMatchObject(kit.greeted);
      return true;
    } catch {
      return false;
    }
  };

  /** How it ends, or `under way` when it has not after so long. */
  async function outcome(command: Command, { of = driver, withinMs = kit.patienceMs, on = signal } = {}) {
    let ended: string | null = null;
    of.run(command, { signal: on }).then(
      () => {
        ended = 'done';
      },
      (error: unknown) => {
        ended = error instanceof DriverError ? error.fault : error instanceof Error ? error.message : String(error);
      },
    );
    await passTime(withinMs, () => ended !== null);
    return ended ?? 'under way';
  }

  async function expectWell(of: Driver = driver): Promise<void> {
    expect(await outcome(kit.harmless, { of })).toBe('done');
    expect(of.state().isConnected).toBe(true);
  }

  describe(kit.name, () => {
    it('is known as soon as the line opens, with age and source', () => {
      expect(driver.state()).toMatchObject({ isConnected: true, ...kit.greeted });
    });

    it.each(kit.works)('does $command', async ({ command, state, truth, is }) => {
      expect(await outcome(command)).toBe('done');
      expect(driver.state()).toMatchObject(state);
      if (truth) expect(truth(sim)).toEqual(is);
    });

    it.each(kit.refusals)('$says', async ({ arrange, command, fault }) => {
      arrange(sim);
      expect(await outcome(command)).toBe(fault);
    });

    it('says what the device says, though it lies', async () => {
      sim.setLying(true);
      await outcome(kit.lie.command);
      expect(driver.state()).toMatchObject(kit.lie.state);
    });

    it('learns what a hand on the device did', async () => {
      kit.byHand.change(sim);
      await passTime(kit.byHand.isTold ? 100 : kit.patienceMs * 2);
      expect(driver.state()).toMatchObject(kit.byHand.state);
    });

    it('understands answers in pieces, in one piece, and behind noise', async () => {
      if (kit.isPackets) return;
      line.mischief.split();
      line.mischief.garble(kit.noise);
      await expectWell();
      line.mischief.join(2);
      await Promise.all([outcome(kit.harmless), outcome(kit.harmless)]);
      await expectWell();
    });

    it('says that nothing came, and goes on with the next', async () => {
      line.mischief.deafen();
      expect(await outcome(kit.harmless)).toBe('no_answer');
      line.mischief.hear();
      await passTime(kit.patienceMs);
      await expectWell();
    });

    it('says that a device is gone that answers nothing any more, and greets it when it is back', async () => {
      line.mischief.deafen();
      await outcome(kit.harmless);
      await outcome(kit.harmless);
      expect(driver.state().isConnected).toBe(false);
      line.mischief.hear();
      await passTime(kit.patienceMs * 2, () => driver.state().isConnected);
      expect(driver.state().isConnected).toBe(true);
    });

    it('bears half a reply, and a late one', async () => {
      line.mischief.cutShort();
      expect(['no_answer', 'nonsense', 'done']).toContain(await outcome(kit.harmless));
      await passTime(kit.patienceMs);
      line.mischief.delay(kit.patienceMs / 2);
      await outcome(kit.harmless, { withinMs: kit.patienceMs * 2 });
      await passTime(kit.patienceMs);
      await expectWell();
    });

    it('is unplugged in the middle, and greeted again when it is back', async () => {
      line.mischief.delay(1);
      const running = outcome(kit.harmless);
      await Promise.resolve();
      line.unplug();
      expect(await running).toBe('not_connected');
      expect(driver.state().isConnected).toBe(false);
      expect(await outcome(kit.harmless)).toBe('not_connected');
      line.plugIn();
      await passTime(kit.patienceMs, () => driver.state().isConnected);
      await expectWell();
    });

    it('finds the device again after it lost its power', async () => {
      line.mischief.delay(1);
      const running = outcome(kit.harmless);
      sim.powerCycle();
      await running;
      await passTime(kit.patienceMs * 3, () => driver.state().isConnected);
      expect(driver.state().isConnected).toBe(true);
    });

    it('shares the device with a second controller, or waits until that one is gone', async () => {
      const [secondLine, second] = comeIn();
      await passTime(kit.patienceMs);
      if (kit.controllers === 'one') {
        expect(second.state().isConnected).toBe(kit.line === 'serial');
        await expectWell();
        line.unplug();
        await passTime(kit.patienceMs * 2, () => second.state().isConnected);
        expect(second.state().isConnected).toBe(true);
        return;
      }
      const both = await Promise.all([outcome(kit.harmless), outcome(kit.harmless, { of: second })]);
      expect(both).toEqual(['done', 'done']);
      expect(secondLine.isOpen()).toBe(true);
      expect(second.state()).toMatchObject(driver.state().identity ? { identity: { source: 'answer' } } : {});
    });

    it('refuses what would wait too long', async () => {
      const asked = Array.from({ length: kit.depth + 20 }, () => driver.run(kit.harmless, { signal }));
      const results = Promise.allSettled(asked);
      await passTime(50);
      await driver[Symbol.asyncDispose]();
      const faults = (await results).flatMap((each) => (each.status === 'rejected' ? [each.reason.fault] : []));
      expect(faults.filter((fault) => fault === 'queue_full').length).toBeGreaterThanOrEqual(10);
    });

    it('is given up on by whoever asked, and the next takes no answer of it', async () => {
      const asked = new AbortController();
      line.mischief.delay(20);
      const given = outcome(kit.harmless, { on: asked.signal });
      await Promise.resolve();
      asked.abort(new Error('changed my mind'));
      expect(await given).toBe('changed my mind');
      await expectWell();
    });

    it('sends nothing for whoever gave up before', async () => {
      const before = line.sent.length;
      const reason = new Error('gone already');
      await expect(driver.run(kit.harmless, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(line.sent.length).toBe(before);
    });
  });
}
