import type { DeviceFault } from '@anteroom/shared/panel/devices.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { RoomDevice } from '../ports/room-device.ts';
import { runCommand } from './commands.ts';
import { type Failure, failAgain, failureOf, faultOf } from './faults.ts';
import { isReady, type ObservedDevice, observe } from './observed.ts';
import { type Done, isFulfilled, plan, type RoomStep, rowOf } from './plan.ts';
import { isSameProperty, propertiesOf } from './properties.ts';
import type { Wish } from './wish.ts';

/**
 * The loop of one device: observe, plan, take one step, observe again. What fails is tried again, ever more rarely; a device
 * that does not answer is told nothing until its driver hears of it.
 */
export interface Attendant extends AsyncDisposable {
  observed(): ObservedDevice;
  done(): Done;
  fault(): DeviceFault | null;
  /** Something that is wanted may have changed. */
  look(): void;
  /** Somebody stands in front of it: what failed is tried again now. */
  retry(): void;
  /** Asks the device for everything that it is. */
  ask(): void;
}

export type AttendantDeps = {
  name: string;
  /** Where it hangs, in words. */
  address: string;
  device: RoomDevice;
  isLineOpen(): boolean;
  wishes(): readonly Wish[];
  /** What it is, or what is wrong with it, may have changed. */
  onChange(): void;
  clock: Clock;
  log: Logger;
};

/** Nothing happens for so long: time alone may have brought a retry. */
const lookEveryMs = 1_000;

export function attend(deps: AttendantDeps): Attendant {
  const { name, device, clock, log } = deps;
  const ended = new AbortController();
  const { signal } = ended;
  const nowText = () => clock.now().toISOString();
  let waiting = new AbortController();
  let done: Done = [];
  let failures: readonly Failure[] = [];
  let askFault: DeviceFault | null = null;
  let isAsked = false;
  let isConnected = device.device.state().isConnected;
  let silentSince = nowText();

  function look(): void {
    waiting.abort();
  }

  const unsubscribe = device.device.subscribe(() => {
    const observed = observe(device);
    if (observed.state.isConnected !== isConnected) {
      isConnected = observed.state.isConnected;
      silentSince = nowText();
      failures = [];
      askFault = null;
    }
    // It forgets where it stood.
    if (!isReady(observed)) done = [];
    deps.onChange();
    look();
  });

  function nextStep(): RoomStep | null {
    const wishes = deps.wishes();
    const observed = observe(device);
    const rows = propertiesOf(observed, 'en');
    const isOpen = ({ property, value }: Failure) =>
      wishes.some(
        (wish) =>
          isSameProperty(wish.property, property) &&
          wish.value === value &&
          !isFulfilled(wish, rowOf(rows, property), done),
      );
    const left = failures.filter(isOpen);
    if (left.length !== failures.length) {
      failures = left;
      deps.onChange();
    }
    const nowMs = clock.monotonicMs();
    const mayBeTried = (step: RoomStep) => nowMs >= (failureOf(failures, step)?.retryAtMs ?? 0);
    return plan(wishes, observed, done).find(mayBeTried) ?? null;
  }

  async function take(step: RoomStep): Promise<void> {
    const { property, value, reason } = step;
    try {
      await runCommand(device, step, { signal });
      done = [
        ...done.filter((other) => !isSameProperty(other.property, property)),
        { property, value, doneAt: nowText() },
      ];
      const complaint = contradiction(step);
      if (complaint !== null) throw new Error(complaint);
      log.info({ device: name, property, value, reason }, 'device set');
    } catch (error) {
      if (signal.aborted) return;
      failures = failAgain(failures, { property, value, fault: faultOf(error, nowText()), nowMs: clock.monotonicMs() });
      log.warn({ err: error, device: name, property, value, reason }, 'device could not be set');
    }
    deps.onChange();
  }

  /** The driver has asked what became of it: a device that says otherwise is believed, and tried again. */
  function contradiction({ device: _name, property, value, reason }: RoomStep): string | null {
    const observed = observe(device);
    const row = rowOf(propertiesOf(observed, 'en'), property);
    const isSo = isFulfilled({ device: name, property, value, reason }, row, done);
    if (isSo || !row?.reading) return null;
    return `${property.kind} was set to ${value}, and it says ${row.reading.value}`;
  }

  async function askAll(): Promise<void> {
    isAsked = false;
    try {
      await device.device.refresh({ signal });
      askFault = null;
    } catch (error) {
      if (signal.aborted) return;
      askFault = faultOf(error, nowText());
      log.info({ err: error, device: name }, 'device did not answer when it was asked');
    }
    deps.onChange();
  }

  async function pause(): Promise<void> {
    waiting = new AbortController();
    await clock.sleep(lookEveryMs, { signal: AbortSignal.any([signal, waiting.signal]) }).catch(() => {}); // Woken early.
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      if (isAsked) await askAll();
      const step = nextStep();
      if (step) await take(step);
      else if (!isAsked) await pause();
    }
  }
  const running = loop();

  function silence(): DeviceFault | null {
    if (isConnected) return null;
    return deps.isLineOpen()
      ? { kind: 'no_answer', detail: `nothing answers at ${deps.address}`, since: silentSince }
      : { kind: 'not_connected', detail: `${deps.address} is closed`, since: silentSince };
  }

  return {
    observed: () => observe(device),
    done: () => done,
    fault: () => silence() ?? failures[0]?.fault ?? askFault,
    look,
    retry() {
      failures = [];
      look();
    },
    ask() {
      isAsked = true;
      look();
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      ended.abort(new Error('the room is attended no more'));
      await running;
    },
  };
}
