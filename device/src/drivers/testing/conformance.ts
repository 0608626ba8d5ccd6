import type { DriverFault } from '@anteroom/shared/panel/devices.ts';
import { createManualClock, type ManualClock } from '@anteroom/shared/time/manual-clock.ts';
import { type Logger, pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Device, DeviceState } from '../../ports/device.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Line } from '../../ports/line.ts';
import type { SimulatedDevice } from '../../ports/simulated-device.ts';
import { createMemoryLine, type MemoryLine, type MemoryLineDeps } from './memory-line.ts';
import { createMemoryPrograms, type MemoryPrograms } from './memory-programs.ts';

/** What every driver has to bear, whatever leads to its device, played against its simulator in memory, in no time. */
type Kit<Command, Sim extends SimulatedDevice> = {
  name: string;
  createSimulator: (deps: { clock: ManualClock }) => Sim;
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
  /** Bytes that no frame of the protocol begins with, or that no program says. */
  noise: Uint8Array;
  /** Takes one way through the queue, may be said at any time, and moves nothing. */
  harmless: Command;
  controllers: 'many' | 'one';
  /** Longest that a command may take, from its first byte to its end. */
  patienceMs: number;
  /** Commands that wait at most. */
  depth: number;
  /** What of this cannot happen to it, and why. */
  doesNotApply?: Partial<Record<Case, string>>;
};

/** A device at the other end of a line. */
export type Conformance<Command, State extends DeviceState, Sim extends SimulatedDevice> = Kit<Command, Sim> & {
  line: MemoryLineDeps['kind'];
  createDriver: (deps: { line: Line; clock: ManualClock; log: Logger }) => Device<Command, unknown, State>;
};

/** A device that programs of the system speak to. */
export type ProgramConformance<Command, State extends DeviceState, Sim extends SimulatedDevice> = Kit<Command, Sim> & {
  createDriver: (deps: {
    programs: MemoryPrograms;
    clock: ManualClock;
    log: Logger;
  }) => Device<Command, unknown, State>;
};

/** What leads to the device, and what can go wrong on the way. */
type Way = AsyncDisposable & Pick<MemoryLine, 'mischief' | 'unplug' | 'plugIn' | 'sent'>;

type WayTo<Command, State extends DeviceState, Sim extends SimulatedDevice, Its extends Way> = {
  lead: (deps: { device: Sim; clock: ManualClock }) => Its;
  createDriver: (deps: { way: Its; clock: ManualClock; log: Logger }) => Device<Command, unknown, State>;
  /** Lets a command begin, and not end. */
  begin: () => Promise<void>;
  /** Lets what is under way come to rest, without time passing. */
  settle: () => Promise<void>;
  /** A second controller is connected, although it hears nothing. */
  seesNobody: boolean;
};

/** What can happen to some devices and not to others. */
export type Case = 'lying' | 'byHand' | 'pieces' | 'silence' | 'gone' | 'half' | 'powerLoss' | 'shared';

const signal = new AbortController().signal;
const silent = () => pino({ level: 'silent' });

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const turns = async (count: number, turn: () => Promise<void>) => {
  for (let index = 0; index < count; index++) await turn();
};

export function describeConformance<Command, State extends DeviceState, Sim extends SimulatedDevice>(
  kit: Conformance<Command, State, Sim>,
): void {
  describeDriver(kit, {
    lead: ({ device, clock }) => createMemoryLine({ device, kind: kit.line, clock }),
    createDriver: ({ way, clock, log }) => kit.createDriver({ line: way, clock, log }),
    begin: () => Promise.resolve(),
    settle: () => turns(20, () => Promise.resolve()),
    seesNobody: kit.line === 'serial',
  });

  // Two devices on one line: the second is made when the line is long open.
  it(`${kit.name} is greeted on a line that was open before`, async () => {
    const clock = createManualClock();
    const said: string[] = [];
    const log = pino({ level: 'warn' }, { write: (text) => said.push(text) });
    await using device = kit.createSimulator({ clock });
    await using line = createMemoryLine({ device, kind: kit.line, clock });
    await Promise.resolve();
    expect(line.isOpen()).toBe(true);
    await using driver = kit.createDriver({ line, clock, log });
    const stepMs = Math.max(5, kit.patienceMs / 200);
    for (let passed = 0; passed < kit.patienceMs * 10 && !driver.state().isConnected; passed += stepMs) {
      await clock.advance(stepMs);
      await turns(20, () => Promise.resolve());
    }
    expect(driver.state().isConnected).toBe(true);
    // A device with the first word said it before: its driver may say that it waited for it, and nothing else.
    for (const text of said) expect(text).toContain('"type":"DriverError"');
  });
}

export function describeProgramConformance<Command, State extends DeviceState, Sim extends SimulatedDevice>(
  kit: ProgramConformance<Command, State, Sim>,
): void {
  describeDriver(kit, {
    lead: createMemoryPrograms,
    createDriver: ({ way, clock, log }) => kit.createDriver({ programs: way, clock, log }),
    begin: () => turns(2, nextTurn),
    settle: () => turns(4, nextTurn),
    seesNobody: false,
  });
}

function describeDriver<Command, State extends DeviceState, Sim extends SimulatedDevice, Its extends Way>(
  kit: Kit<Command, Sim>,
  { lead, createDriver, begin, settle, seesNobody }: WayTo<Command, State, Sim, Its>,
): void {
  type Driver = Device<Command, unknown, State>;
  let clock: ManualClock;
  let sim: Sim;
  let way: Its;
  let driver: Driver;
  const more: AsyncDisposable[] = [];

  beforeEach(async () => {
    clock = createManualClock();
    sim = kit.createSimulator({ clock });
    [way, driver] = comeIn();
    await passTime(kit.patienceMs, () => isGreeted(driver));
  });
  afterEach(async () => {
    for (const each of [...more.splice(0).reverse(), sim]) await each[Symbol.asyncDispose]();
  });

  function comeIn(): [Its, Driver] {
    const entered = lead({ device: sim, clock });
    const made = createDriver({ way: entered, clock, log: silent() });
    more.push(entered, made);
    return [entered, made];
  }

  /** In small steps, so that what one answer leads to happens in its time; ends early when `isOver`. */
  async function passTime(ms: number, isOver: () => boolean = () => false): Promise<void> {
    const stepMs = Math.max(5, ms / 200);
    for (let passed = 0; passed < ms && !isOver(); passed += stepMs) {
      await clock.advance(stepMs);
      await settle();
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

  /** What cannot happen to a device has its reason in the driver's kit, and no test. */
  function unless(which: Case, name: string, body: () => Promise<void>): void {
    if (kit.doesNotApply?.[which] === undefined) it(name, body);
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

    unless('lying', 'says what the device says, though it lies', async () => {
      sim.setLying(true);
      await outcome(kit.lie.command);
      expect(driver.state()).toMatchObject(kit.lie.state);
    });

    unless('byHand', 'learns what a hand on the device did', async () => {
      kit.byHand.change(sim);
      await passTime(kit.byHand.isTold ? 100 : kit.patienceMs * 2);
      expect(driver.state()).toMatchObject(kit.byHand.state);
    });

    unless('pieces', 'understands answers in pieces, in one piece, and behind noise', async () => {
      way.mischief.split();
      way.mischief.garble(kit.noise);
      await expectWell();
      way.mischief.join(2);
      await Promise.all([outcome(kit.harmless), outcome(kit.harmless)]);
      await expectWell();
    });

    unless('silence', 'says that nothing came, and goes on with the next', async () => {
      way.mischief.deafen();
      expect(await outcome(kit.harmless)).toBe('no_answer');
      way.mischief.hear();
      await passTime(kit.patienceMs);
      await expectWell();
    });

    unless(
      'gone',
      'says that a device is gone that answers nothing any more, and greets it when it is back',
      async () => {
        way.mischief.deafen();
        await outcome(kit.harmless);
        await outcome(kit.harmless);
        expect(driver.state().isConnected).toBe(false);
        way.mischief.hear();
        await passTime(kit.patienceMs * 2, () => driver.state().isConnected);
        expect(driver.state().isConnected).toBe(true);
      },
    );

    unless('half', 'bears half a reply, and a late one', async () => {
      way.mischief.cutShort();
      expect(['no_answer', 'nonsense', 'done']).toContain(await outcome(kit.harmless));
      await passTime(kit.patienceMs);
      way.mischief.delay(kit.patienceMs / 2);
      await outcome(kit.harmless, { withinMs: kit.patienceMs * 2 });
      await passTime(kit.patienceMs);
      await expectWell();
    });

    it('is unplugged in the middle, and greeted again when it is back', async () => {
      way.mischief.delay(1);
      const running = outcome(kit.harmless);
      await begin();
      way.unplug();
      expect(await running).toBe('not_connected');
      expect(driver.state().isConnected).toBe(false);
      expect(await outcome(kit.harmless)).toBe('not_connected');
      way.plugIn();
      await passTime(kit.patienceMs, () => driver.state().isConnected);
      await expectWell();
    });

    unless('powerLoss', 'finds the device again after it lost its power', async () => {
      way.mischief.delay(1);
      const running = outcome(kit.harmless);
      sim.powerCycle();
      await running;
      await passTime(kit.patienceMs * 3, () => driver.state().isConnected);
      expect(driver.state().isConnected).toBe(true);
    });

    unless('shared', 'shares the device with a second controller, or waits until that one is gone', async () => {
      const [, second] = comeIn();
      await passTime(kit.patienceMs);
      if (kit.controllers === 'one') {
        expect(second.state().isConnected).toBe(seesNobody);
        await expectWell();
        way.unplug();
        await passTime(kit.patienceMs * 2, () => second.state().isConnected);
        expect(second.state().isConnected).toBe(true);
        return;
      }
      const both = await Promise.all([outcome(kit.harmless), outcome(kit.harmless, { of: second })]);
      expect(both).toEqual(['done', 'done']);
      expect(second.state().isConnected).toBe(true);
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
      way.mischief.delay(20);
      const given = outcome(kit.harmless, { on: asked.signal });
      await Promise.resolve();
      asked.abort(new Error('changed my mind'));
      expect(await given).toBe('changed my mind');
      await expectWell();
    });

    it('sends nothing for whoever gave up before', async () => {
      const before = way.sent.length;
      const reason = new Error('gone already');
      await expect(driver.run(kit.harmless, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(way.sent.length).toBe(before);
    });
  });
}
