import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DriverError } from '../../ports/driver-error.ts';
import type { RunLines } from '../../ports/programs.ts';
import type { RoomIo, RoomIoCommand, RoomIoState } from '../../ports/room-io.ts';

/**
 * Relays, lamps and contacts on GPIO lines, through the tools of libgpiod 1.6. A line keeps its level only as long as its
 * `gpioset` lives (gpioset(1), `--mode=signal`), so there is one for each output; it ends with this program, and what was
 * on goes off. Contacts are read once with `gpioget` and watched with `gpiomon`; one that cannot be read stays as it was,
 * with its age.
 */
const line = z.strictObject({
  chip: z.string().regex(/^gpiochip\d+$/),
  line: z.int().min(0).max(511),
  /** Low is on. */
  isActiveLow: z.boolean(),
});
type GpioLine = z.infer<typeof line>;

export const gpioFacts = z.strictObject({ outputs: z.record(z.string(), line), contacts: z.record(z.string(), line) });
export type GpioFacts = z.infer<typeof gpioFacts>;

export type GpioRoomIoDeps = { facts: GpioFacts; run: RunLines; clock: Clock; log: Logger };

type Holder = { stop: AbortController; ended: Promise<void> };

/** A gpioset that cannot have its line says so within this time. */
const settledAfterMs = 100;
const againMs = [1_000, 5_000, 30_000] as const;

const address = ({ chip, line: offset, isActiveLow }: GpioLine) => [
  ...(isActiveLow ? ['-l'] : []),
  chip,
  String(offset),
];

export function createGpioRoomIo({ facts, run, clock, log }: GpioRoomIoDeps): RoomIo {
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  const holders = new Map<string, Holder>();
  const unread = new Set(Object.keys(facts.contacts));
  /** Switching is one after the other: two at once would leave two programs that want one line. */
  let last: Promise<unknown> = Promise.resolve();
  let state: RoomIoState = {
    ...{ isConnected: unread.size === 0, identity: null },
    outputs: Object.fromEntries(Object.keys(facts.outputs).map((name) => [name, null])),
    contacts: Object.fromEntries(Object.keys(facts.contacts).map((name) => [name, null])),
  };

  function become(change: Partial<RoomIoState>): void {
    state = { ...state, ...change, isConnected: unread.size === 0 };
    for (const listener of [...listeners]) listener();
  }

  const reading = (value: boolean, source: 'answer' | 'report') => ({
    ...{ value, source, observedAt: clock.now().toISOString() },
  });

  async function readContact(name: string, where: GpioLine, signal: AbortSignal): Promise<void> {
    for await (const text of run('gpioget', address(where), { signal })) see(name, text, 'answer');
  }

  function see(name: string, text: string, source: 'answer' | 'report'): void {
    if (!/^[01]$/.test(text.trim())) throw new DriverError('nonsense', `contact ${name}: expected 0 or 1, got ${text}`);
    unread.delete(name);
    become({ contacts: { ...state.contacts, [name]: reading(text.trim() === '1', source) } });
  }

  async function watch(name: string, where: GpioLine): Promise<void> {
    const { signal } = lifetime;
    const edges = ['--line-buffered', '--format=%e', ...address(where)];
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await readContact(name, where, signal);
        failures = 0;
        for await (const text of run('gpiomon', edges, { signal })) see(name, text, 'report');
      } catch (error) {
        if (signal.aborted) return;
        unread.add(name);
        become({});
        log.error({ err: error, contact: name }, 'contact not read');
      }
      const delayMs = againMs[Math.min(failures, againMs.length - 1)] ?? 30_000;
      await clock.sleep(delayMs, { signal }).catch(() => {}); // The driver ends: so does the loop.
    }
  }
  const watching = Object.entries(facts.contacts).map(([name, where]) => watch(name, where));

  /** Holds the level until `stop`; a line that it cannot have ends it with an error. */
  async function hold(where: GpioLine, isOn: boolean, signal: AbortSignal): Promise<void> {
    const { chip, line: offset, isActiveLow } = where;
    const args = ['--mode=signal', ...(isActiveLow ? ['-l'] : []), chip, `${offset}=${isOn ? 1 : 0}`];
    for await (const _ of run('gpioset', args, { signal })); // It says nothing as long as all is well.
  }

  async function setOutput(name: string, isOn: boolean, signal: AbortSignal): Promise<void> {
    const where = facts.outputs[name];
    if (!where) throw new DriverError('refused', `there is no output ${name}`);
    signal.throwIfAborted();
    await release(name);
    const stop = new AbortController();
    let fault: unknown = null;
    const ended = hold(where, isOn, AbortSignal.any([stop.signal, lifetime.signal])).catch((error: unknown) => {
      if (stop.signal.aborted || lifetime.signal.aborted) return;
      fault = error;
      become({ outputs: { ...state.outputs, [name]: null } });
      log.error({ err: error, output: name }, 'output not held');
    });
    holders.set(name, { stop, ended });
    await Promise.race([ended, clock.sleep(settledAfterMs, { signal: lifetime.signal })]);
    if (fault) throw new DriverError('device_failed', `output ${name}: ${fault}`, { cause: fault });
    become({ outputs: { ...state.outputs, [name]: reading(isOn, 'answer') } });
  }

  async function release(name: string): Promise<void> {
    const holder = holders.get(name);
    holder?.stop.abort();
    holders.delete(name);
    await holder?.ended;
  }

  async function runNow(command: RoomIoCommand, signal: AbortSignal): Promise<void> {
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
    run(command, { signal }) {
      const turn = last.then(() => runNow(command, signal));
      last = turn.catch(() => {}); // Whoever asked hears of it.
      return turn;
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
      await Promise.all([...watching, ...[...holders.values()].map(({ ended }) => ended), last]);
    },
  };
}
