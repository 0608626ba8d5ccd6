import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type { DriverTiming } from './device.ts';
import type {
  Display,
  DisplayAilment,
  DisplayCapabilities,
  DisplayCommand,
  DisplayCommandKind,
  DisplayPower,
  DisplayState,
} from './display.ts';
import { DriverError } from './driver-error.ts';
import type { Exchange } from './exchange.ts';
import type { Line } from './line.ts';
import { createLineDevice } from './line-device.ts';

/** What can be asked of a display, and what it says about itself. */
export type DisplayFinding =
  | { of: 'identity'; identity: string }
  | { of: 'power'; power: DisplayPower }
  | { of: 'input'; input: string }
  | { of: 'volume'; volume: number }
  | { of: 'muted'; isMuted: boolean }
  | { of: 'blank'; isBlank: boolean }
  | { of: 'ailments'; ailments: readonly DisplayAilment[] };
export type DisplayQuery = DisplayFinding['of'];
/** What a display tells by itself in a datagram; `linkUp`: it has just come to the network. */
export type DisplayNotice = DisplayFinding | { of: 'linkUp' };

/** A language that displays speak: the rest of a driver is the same for all of them. */
export type DisplayDialect<Frame> = {
  capabilities: DisplayCapabilities;
  createDecoder: () => { push(bytes: Uint8Array): Frame[] };
  /** What has to be said before anything else, in this order. */
  opening: () => readonly Exchange<Frame, unknown>[];
  command: (command: DisplayCommand) => Exchange<Frame, unknown>;
  /** What can be asked, in this order; most displays answer only the first while they are in standby. */
  queries: readonly DisplayQuery[];
  query: (query: DisplayQuery) => Exchange<Frame, DisplayFinding>;
  /** What a frame says that nobody asked for. */
  hear: (frame: Frame) => DisplayFinding | null;
  /** What a datagram says that came beside the line. */
  notice: (datagram: Uint8Array) => DisplayNotice | null;
  /** Between the end of one exchange and the next. */
  restMs: number;
  whenLost: 'greet' | 'reopen';
};

export type LineDisplayDeps<Frame> = {
  line: Line;
  dialect: DisplayDialect<Frame>;
  timing: DriverTiming;
  /** How long its power takes to be as it was told. */
  powerSettlesMs: number;
  clock: Clock;
  log: Logger;
};

type Options = { signal: AbortSignal };

const depth = 32;
/** How often its power is asked while it changes. */
const powerAgainMs = 1_000;

/** A connection that is no older was made with the display as it is now. */
const freshMs = 10_000;

/** What to ask after a command, to know what it did. */
const asksAfter: Readonly<Record<DisplayCommandKind, DisplayQuery>> = {
  setPower: 'power',
  setInput: 'input',
  setVolume: 'volume',
  setMuted: 'muted',
  setBlank: 'blank',
};

/** One thing at a time, because most displays answer what comes meanwhile with nothing. */
export function createLineDisplay<Frame>(deps: LineDisplayDeps<Frame>): Display {
  const { line, dialect, timing, clock, log } = deps;
  const device = createLineDevice<Frame, Omit<DisplayState, 'isConnected'>>({
    ...{ line, clock, log, depth, greet, poll: refreshState, askEveryMs: timing.askEveryMs, atOnce: 1 },
    ...{ createDecoder: dialect.createDecoder, restMs: dialect.restMs, whenLost: dialect.whenLost },
    initial: {
      ...{ identity: null, power: null, input: null, volume: null, isMuted: null, isBlank: null, ailments: null },
    },
    onUnasked(frame) {
      const finding = dialect.hear(frame);
      if (finding) device.learn(toReadings(finding, device.reported));
    },
  });

  let openedAtMs = clock.monotonicMs();
  const unsubscribe = line.subscribe((event) => {
    if (event.type === 'opened') openedAtMs = clock.monotonicMs();
    if (event.type === 'noticed') heed(event.bytes);
  });

  function heed(datagram: Uint8Array): void {
    const notice = dialect.notice(datagram);
    if (!notice) {
      log.debug({ line: line.name, length: datagram.length }, 'datagram of a display means nothing');
      return;
    }
    if (notice.of !== 'linkUp') device.learn(toReadings(notice, device.reported));
    const isStale = notice.of === 'linkUp' && clock.monotonicMs() - openedAtMs >= freshMs;
    if (isStale || !line.isOpen()) line.reopen('the display has come to the network anew');
  }

  async function greet(options: Options): Promise<void> {
    for (const exchange of dialect.opening()) await device.ask(exchange, options);
    await refreshState(options);
    if (dialect.queries.includes('identity')) await askIfItCan('identity', options);
  }

  async function refreshState(options: Options): Promise<void> {
    for (const query of dialect.queries) {
      if (query === 'identity') continue;
      if (query !== 'power' && device.state().power?.value !== 'on') continue;
      await (query === 'power' ? ask(query, options) : askIfItCan(query, options));
    }
  }

  async function ask(query: DisplayQuery, options: Options): Promise<DisplayFinding> {
    const finding = await device.ask(dialect.query(query), options);
    device.learn(toReadings(finding, device.answered));
    return finding;
  }

  /** A model that cannot answer this still answers the rest. */
  async function askIfItCan(query: DisplayQuery, options: Options): Promise<void> {
    try {
      await ask(query, options);
    } catch (error) {
      const cannot = error instanceof DriverError && (error.fault === 'refused' || error.fault === 'not_now');
      if (!cannot) throw error;
      log.debug({ err: error, query, line: line.name }, 'display does not answer this');
    }
  }

  async function run(command: DisplayCommand, { signal }: Options): Promise<void> {
    const refusal = refusalOf(command, dialect.capabilities);
    if (refusal) throw refusal;
    await device.ask(dialect.command(command), { signal });
    if (command.kind === 'setPower') await awaitPower(command.isOn, { signal });
    else if (dialect.queries.includes(asksAfter[command.kind])) await ask(asksAfter[command.kind], { signal });
  }

  /**
   * Its power goes through states in which it says little, or the wrong thing; some end the connection with it. What it
   * says in the end stays.
   */
  async function awaitPower(isOn: boolean, { signal }: Options): Promise<void> {
    const untilMs = clock.monotonicMs() + deps.powerSettlesMs;
    for (;;) {
      const power = await powerNow({ signal });
      if (power === (isOn ? 'on' : 'standby') || clock.monotonicMs() >= untilMs) return;
      await clock.sleep(powerAgainMs, { signal: AbortSignal.any([signal, device.lifetime]) });
    }
  }

  async function powerNow(options: Options): Promise<DisplayPower | null> {
    try {
      const finding = await ask('power', options);
      return finding.of === 'power' ? finding.power : null;
    } catch (error) {
      if (options.signal.aborted || !(error instanceof DriverError) || error.fault === 'nonsense') throw error;
      return null;
    }
  }

  return {
    capabilities: () => dialect.capabilities,
    state: device.state,
    subscribe: device.subscribe,
    run,
    refresh: refreshState,
    [Symbol.asyncDispose]() {
      unsubscribe();
      return device[Symbol.asyncDispose]();
    },
  };
}

function toReadings(
  finding: DisplayFinding,
  reading: <T>(value: T) => { value: T; observedAt: string; source: 'answer' | 'report' },
): Partial<Omit<DisplayState, 'isConnected'>> {
  switch (finding.of) {
    case 'identity':
      return { identity: reading(finding.identity) };
    case 'power':
      return { power: reading(finding.power) };
    case 'input':
      return { input: reading(finding.input) };
    case 'volume':
      return { volume: reading(finding.volume) };
    case 'muted':
      return { isMuted: reading(finding.isMuted) };
    case 'blank':
      return { isBlank: reading(finding.isBlank) };
    case 'ailments':
      return { ailments: reading(finding.ailments) };
  }
}

/** What the model cannot do is said before anything is sent. */
function refusalOf(command: DisplayCommand, { commands, inputs }: DisplayCapabilities): DriverError | null {
  if (!commands.includes(command.kind))
    return new DriverError('refused', `${command.kind}: the model has no such thing`);
  if (command.kind !== 'setInput' || inputs.includes(command.input)) return null;
  return new DriverError('refused', `${command.kind}: ${command.input}, but it has ${inputs.join(', ')}`);
}
