import type { DriverFault } from '@anteroom/shared/panel/devices.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { Camera, CameraCapabilities, CameraCommand, CameraCommandKind, CameraState } from '../../ports/camera.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { RunProgram } from '../../ports/programs.ts';
import { parseControls, positionOf, reachOf, settingsFor, type UvcControls, type UvcFacts, zoomOf } from './codec.ts';

/**
 * A USB camera that is moved through V4L2 controls. The camera says nothing of when it has arrived: what is known after a
 * movement is where it says that it is going. It has no presets and no power of its own.
 */
export type UvcCameraDeps = {
  /** By a name that stays with the camera, as those in /dev/v4l/by-id: a camera has two and more `videoN`. */
  device: string;
  facts: UvcFacts;
  run: RunProgram;
  clock: Clock;
  log: Logger;
};

type Options = { signal: AbortSignal };

/** A control transfer that stalls ends after 5 s in the kernel. */
const programWithinMs = 6_000;
const depth = 32;
const probes: readonly CameraCommand[] = [
  { kind: 'move', panSpeed: 0, tiltSpeed: 0 },
  { kind: 'zoom', zoomSpeed: 0 },
  { kind: 'moveTo', panDeg: 0, tiltDeg: 0 },
  { kind: 'zoomTo', zoom: 0 },
  { kind: 'home' },
];

export function createUvcCamera({ device, facts, run, clock, log }: UvcCameraDeps): Camera {
  const lifetime = new AbortController();
  const listeners = new Set<() => void>();
  let known: UvcControls = {};
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let state: CameraState = { isConnected: false, identity: null, isOn: null, position: null, zoom: null };

  function become(change: Partial<CameraState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  const answered = <T>(value: T) => ({ value, observedAt: clock.now().toISOString(), source: 'answer' as const });

  async function control(name: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    try {
      const said = await run('v4l2-ctl', ['-d', device, ...args], { signal, timeoutMs: programWithinMs });
      if (!state.isConnected) become({ isConnected: true });
      return said;
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw toError(name, cause);
    }
  }

  /** What the kernel says of it (v4l2 ioctl(2)): EBUSY, ERANGE and EINVAL, ENODEV, EIO. */
  function toError(name: string, cause: unknown): DriverError {
    const says = String(cause);
    const fault = faultIn(cause, says);
    if (fault === 'not_connected' || fault === 'no_answer') become({ isConnected: false });
    return new DriverError(fault, `${device}: ${name}: ${says}`, { cause });
  }

  function faultIn(cause: unknown, says: string): DriverFault {
    if (cause instanceof DriverError) return cause.fault;
    if (/busy/i.test(says)) return 'busy';
    return /range|invalid/i.test(says) ? 'refused' : 'not_connected';
  }

  /** One at a time; a stop does not wait for the others, as its control is another. */
  async function inTurn<T>(
    name: string,
    isUrgent: boolean,
    { signal }: Options,
    act: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const ends = AbortSignal.any([signal, lifetime.signal]);
    if (isUrgent) return act(ends);
    if (waiting >= depth) throw new DriverError('queue_full', `${device}: ${name}: ${waiting} commands wait already`);
    waiting += 1;
    const turn = last.then(() => act(ends));
    last = turn.catch(() => {}); // Whoever asked hears of it.
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  }

  async function read(signal: AbortSignal): Promise<void> {
    known = parseControls(await control('controls?', ['-L'], signal));
    const [position, zoom] = [positionOf(known, facts), zoomOf(known)];
    become({
      ...{ identity: state.identity ?? answered(device), isOn: answered(true) },
      ...(position ? { position: answered(position) } : {}),
      ...(zoom === null ? {} : { zoom: answered(zoom) }),
    });
  }

  async function act(command: CameraCommand, signal: AbortSignal): Promise<void> {
    if (Object.keys(known).length === 0) await read(signal);
    const settings = settingsFor(command, known, facts);
    if (!settings) throw new DriverError('refused', `${device}: ${command.kind}: the camera has no such control`);
    const list = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    if (list.length > 0) await control(command.kind, ['-c', list.join(',')], signal);
    if (command.kind !== 'move' && command.kind !== 'zoom') await read(signal);
  }

  async function attend(): Promise<void> {
    const { signal } = lifetime;
    while (!signal.aborted) {
      try {
        // After a replug its controls are what they were at first, and may be others.
        await inTurn('controls?', false, { signal }, read);
      } catch (error) {
        if (!signal.aborted) log.info({ err: error, device }, 'camera did not answer');
      }
      await clock.sleep(facts.timing.askEveryMs, { signal }).catch(() => {}); // The driver ends: so does the loop.
    }
  }
  const attended = attend();

  function capabilities(): CameraCapabilities {
    const able = probes.filter((probe) => settingsFor(probe, known, facts)).map(({ kind }) => kind);
    const commands: CameraCommandKind[] = [...able, 'stop'];
    return { commands, ...reachOf(known, facts), presets: 0 };
  }

  return {
    capabilities,
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run: (command, options) => inTurn(command.kind, command.kind === 'stop', options, (signal) => act(command, signal)),
    refresh: (options) => inTurn('controls?', false, options, read),
    async [Symbol.asyncDispose]() {
      lifetime.abort(new DriverError('not_connected', `${device}: the driver ends`));
      listeners.clear();
      await attended;
    },
  };
}
