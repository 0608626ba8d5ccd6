import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Display, DisplayCommand, DisplayPower, DisplayState } from '../../ports/display.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { RunProgram } from '../../ports/programs.ts';
import { type CecFacts, isEntered, parseFailure, parseName, parsePhysicalAddress, parsePower, say } from './codec.ts';

/**
 * A display on HDMI-CEC, through cec-ctl: switched on and off, and shown our input. Its volume is only pressed up and down,
 * which nobody can ask for, so it is not offered.
 */
export type CecDisplayDeps = {
  /** /dev/cec0 and so on. */
  device: string;
  facts: CecFacts;
  run: RunProgram;
  clock: Clock;
  log: Logger;
};

type Options = { signal: AbortSignal };

/** A message has 1 s for its answer (CEC 9.2); taking an address has several messages. */
const programWithinMs = 8_000;
const powerAgainMs = 1_000;
const depth = 32;
/** The one input that can be chosen: ours. */
const ownInput = 'terminal';

const faults = { nobody: 'not_connected', refused: 'refused', silent: 'no_answer' } as const;

export function createCecDisplay({ device, facts, run, clock, log }: CecDisplayDeps): Display {
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let state: DisplayState = {
    ...{ isConnected: false, identity: null, power: null, input: null, volume: null },
    ...{ isMuted: null, isBlank: null, ailments: null },
  };

  function become(change: Partial<DisplayState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  const answered = <T>(value: T) => ({ value, observedAt: clock.now().toISOString(), source: 'answer' as const });

  /** One at a time: the bus has room for no more, and neither has cec-ctl. */
  async function inTurn<T>(name: string, { signal }: Options, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (waiting >= depth) throw new DriverError('queue_full', `cec: ${name}: ${waiting} commands wait already`);
    waiting += 1;
    const turn = last.then(() => act(AbortSignal.any([signal, lifetime.signal])));
    last = turn.catch(() => {}); // Whoever asked hears of it.
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  }

  const tell = (name: string, args: readonly string[], options: Options) =>
    inTurn(name, options, (signal) => tellNow(name, args, signal));

  async function tellNow(name: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const said = await runProgram(name, args, signal);
    const failure = parseFailure(said);
    become({ isConnected: failure === null || failure === 'refused' });
    if (failure) throw new DriverError(faults[failure], `cec: ${name}: ${failure}`);
    return said;
  }

  async function runProgram(name: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    try {
      return await run('cec-ctl', ['-d', device, ...args], { signal, timeoutMs: programWithinMs });
    } catch (cause) {
      if (signal.aborted) throw cause;
      become({ isConnected: false });
      const fault = cause instanceof DriverError ? cause.fault : 'not_connected';
      throw new DriverError(fault, `cec: ${name}: ${cause}`, { cause });
    }
  }

  async function askPower(options: Options): Promise<DisplayPower> {
    const said = await tell('power?', say.power, options);
    const power = parsePower(said);
    if (!power) throw new DriverError('nonsense', `cec: power?: ${said.trim()}`);
    become({ power: answered(power) });
    return power;
  }

  /**
   * Takes an address where there is none, or one by another name. It is announced to the whole bus, and who takes one
   * again at once may get another: so not each time.
   */
  function enter(options: Options): Promise<string | null> {
    return inTurn('enter', options, async (signal) => {
      const before = await runProgram('adapter?', say.adapter, signal);
      const isIn = isEntered(before, facts.osdName);
      return parsePhysicalAddress(isIn ? before : await tellNow('enter', say.enter(facts.osdName), signal));
    });
  }

  async function showUs(options: Options): Promise<void> {
    const address = await enter(options);
    if (!address) throw new DriverError('not_connected', 'cec: there is no display at the plug');
    await tell('active source', say.activeSource(address), options);
    // Nobody answers a broadcast: what is known is that it was said.
    become({ input: answered(ownInput) });
  }

  async function refresh(options: Options): Promise<void> {
    await enter(options);
    await askPower(options);
    const name = parseName(await tell('name?', say.name, options));
    if (name) become({ identity: answered(name) });
  }

  async function setPower(isOn: boolean, options: Options): Promise<void> {
    if (isOn) {
      await enter(options);
      await tell('on', say.imageViewOn, options);
    } else {
      if (facts.standbyNeedsActiveSource) await showUs(options);
      await tell('standby', say.standby, options);
    }
    const untilMs = clock.monotonicMs() + facts.powerSettlesMs;
    for (;;) {
      const power = await powerNow(options);
      if (power === (isOn ? 'on' : 'standby') || clock.monotonicMs() >= untilMs) return;
      await clock.sleep(powerAgainMs, { signal: AbortSignal.any([options.signal, lifetime.signal]) });
    }
  }

  /** A display that changes its power may answer nothing for a while. */
  async function powerNow(options: Options): Promise<DisplayPower | null> {
    try {
      return await askPower(options);
    } catch (error) {
      if (options.signal.aborted || lifetime.signal.aborted || !(error instanceof DriverError)) throw error;
      return null;
    }
  }

  async function runCommand(command: DisplayCommand, options: Options): Promise<void> {
    switch (command.kind) {
      case 'setPower':
        return setPower(command.isOn, options);
      case 'setInput':
        if (command.input === ownInput) return showUs(options);
        throw new DriverError('refused', `cec: ${command.input}, but only ${ownInput} can be chosen`);
      default:
        throw new DriverError('refused', `cec: ${command.kind}: there is no such thing`);
    }
  }

  async function attend(): Promise<void> {
    const { signal } = lifetime;
    while (!signal.aborted) {
      try {
        await refresh({ signal });
      } catch (error) {
        if (!signal.aborted) log.info({ err: error, device }, 'display did not answer on CEC');
      }
      await clock.sleep(facts.timing.askEveryMs, { signal }).catch(() => {}); // The driver ends: so does the loop.
    }
  }
  const attended = attend();

  return {
    capabilities: () => ({ commands: ['setPower', 'setInput'], inputs: [ownInput] }),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run: runCommand,
    refresh,
    async [Symbol.asyncDispose]() {
      lifetime.abort(new DriverError('not_connected', 'cec: the driver ends'));
      listeners.clear();
      await attended;
    },
  };
}
