import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DriverError } from '../../ports/driver-error.ts';
import { type GpioLines, gpioContact, gpioOutput, type HeldOutput } from '../../ports/gpio-lines.ts';
import type { RoomIo, RoomIoCommand, RoomIoState } from '../../ports/room-io.ts';
import { watchContact } from './contact.ts';

/**
 * Relays, lamps and contacts on the lines of a GPIO chip, by the names of the profile. Outputs are held as long as the
 * driver lives: with it, what was on goes off. A contact that cannot be read stays as it was, with its age.
 */
export const gpioFacts = z.strictObject({
  outputs: z.record(z.string(), gpioOutput),
  contacts: z.record(z.string(), gpioContact),
});
export type GpioFacts = z.infer<typeof gpioFacts>;

export type GpioRoomIoDeps = { facts: GpioFacts; lines: GpioLines; clock: Clock; log: Logger };

/** An output that was lost is tried again so often. */
const takeAgainMs = 5_000;
/** Commands that wait at most. */
const depth = 32;

export function createGpioRoomIo({ facts, lines, clock, log }: GpioRoomIoDeps): RoomIo {
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  const held = new Map<string, HeldOutput>();
  /** What each output is to be for good, which the end of a pulse is; and which of them wait to be had again. */
  const wanted = new Map<string, boolean>();
  const missing = new Set<string>();
  const unread = new Set(Object.keys(facts.contacts));
  /** What was last heard of the chip was good. */
  let isThere = true;
  /** Switching is one after the other: two at once would want one line. */
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let state: RoomIoState = {
    ...{ isConnected: unread.size === 0, identity: null },
    outputs: Object.fromEntries(Object.keys(facts.outputs).map((name) => [name, null])),
    contacts: Object.fromEntries(Object.keys(facts.contacts).map((name) => [name, null])),
  };

  function become(change: Partial<RoomIoState>): void {
    state = { ...state, ...change, isConnected: isThere && unread.size === 0 };
    for (const listener of [...listeners]) listener();
  }

  const reading = (value: boolean, source: 'answer' | 'report') => ({
    ...{ value, source, observedAt: clock.now().toISOString() },
  });

  const watching = Object.entries(facts.contacts).map(([name, contact]) =>
    watchContact(
      {
        ...{ name, contact, lines, clock, log },
        onLevel(isActive, source) {
          unread.delete(name);
          isThere = true;
          become({ contacts: { ...state.contacts, [name]: reading(isActive, source) } });
        },
        onUnread() {
          unread.add(name);
          become({});
        },
      },
      lifetime,
    ),
  );

  async function setOutput(name: string, isOn: boolean, signal: AbortSignal): Promise<void> {
    const output = facts.outputs[name];
    if (!output) throw new DriverError('refused', `there is no output ${name}`);
    signal.throwIfAborted();
    await release(name);
    let holder: HeldOutput;
    try {
      holder = await lines.hold(output, isOn, { signal: lifetime.signal });
    } catch (cause) {
      isThere = false;
      become({ outputs: { ...state.outputs, [name]: null } });
      lifetime.signal.throwIfAborted();
      void takeAgain(name);
      const fault = cause instanceof DriverError ? cause.fault : 'device_failed';
      throw new DriverError(fault, `output ${name}: ${cause}`, { cause });
    }
    held.set(name, holder);
    isThere = true;
    void holder.lost.then((reason) => lose(name, holder, reason));
    become({ outputs: { ...state.outputs, [name]: reading(isOn, 'answer') } });
  }

  function lose(name: string, holder: HeldOutput, reason: unknown): void {
    if (held.get(name) !== holder) return;
    held.delete(name);
    isThere = false;
    become({ outputs: { ...state.outputs, [name]: null } });
    log.error({ err: reason, output: name }, 'output not held');
    void takeAgain(name);
  }

  /** Nobody asks anything of a chip that does not answer, so that it is there again has to be found out here. */
  async function takeAgain(name: string): Promise<void> {
    if (missing.has(name)) return;
    missing.add(name);
    while (!lifetime.signal.aborted && !held.has(name)) {
      await clock.sleep(takeAgainMs, { signal: lifetime.signal }).catch(() => {}); // The driver ends: so does the loop.
      const isOn = wanted.get(name);
      if (lifetime.signal.aborted || held.has(name) || isOn === undefined) break;
      await inTurn(() => setOutput(name, isOn, lifetime.signal)).catch(() => {}); // Said by `isConnected`; tried again.
    }
    missing.delete(name);
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = last.then(work);
    last = turn.catch(() => {}); // Whoever asked hears of it.
    return turn;
  }

  async function release(name: string): Promise<void> {
    const holder = held.get(name);
    held.delete(name);
    await holder?.[Symbol.asyncDispose]();
  }

  async function runNow(command: RoomIoCommand, signal: AbortSignal): Promise<void> {
    wanted.set(command.output, command.kind === 'setOutput' && command.isOn);
    if (command.kind === 'setOutput') return setOutput(command.output, command.isOn, signal);
    await setOutput(command.output, true, signal);
    try {
      await clock.sleep(command.forMs, { signal: AbortSignal.any([signal, lifetime.signal]) });
    } finally {
      // Also when whoever asked gave up: a motor must not run on.
      if (!lifetime.signal.aborted) await setOutput(command.output, false, lifetime.signal);
    }
  }

  return {
    capabilities: () => ({
      commands: Object.keys(facts.outputs).length > 0 ? ['setOutput', 'pulseOutput'] : [],
      ...{ outputs: Object.keys(facts.outputs), contacts: Object.keys(facts.contacts) },
    }),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async run(command, { signal }) {
      if (waiting >= depth) throw new DriverError('queue_full', `${command.kind}: ${waiting} commands wait already`);
      waiting += 1;
      try {
        await inTurn(() => runNow(command, AbortSignal.any([signal, lifetime.signal])));
        // The output is what was wanted, and nobody waits for it any more.
        signal.throwIfAborted();
      } finally {
        waiting -= 1;
      }
    },
    // Watched lines say what changes by themselves, and have one reader at a time: there is nothing more to ask.
    async refresh({ signal }) {
      signal.throwIfAborted();
      const [missing] = unread;
      if (missing !== undefined) throw new DriverError('no_answer', `contact ${missing} cannot be read`);
    },
    async [Symbol.asyncDispose]() {
      lifetime.abort(new DriverError('not_connected', 'the driver ends'));
      listeners.clear();
      await Promise.all([...watching, last]);
      await Promise.all([...held.keys()].map(release));
    },
  };
}
