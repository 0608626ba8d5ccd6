import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import type {
  AudioChannelState,
  AudioProcessor,
  AudioProcessorCapabilities,
  AudioProcessorCommand,
  AudioProcessorState,
} from './audio-processor.ts';
import type { DriverTiming } from './device.ts';
import { DriverError } from './driver-error.ts';
import type { Exchange } from './exchange.ts';
import type { Line } from './line.ts';
import { createLineDevice, type LineDevice } from './line-device.ts';

export type AudioFinding =
  | { of: 'identity'; identity: string }
  | { of: 'ailments'; ailments: readonly string[] }
  | { of: 'gain'; channel: string; gainDb: number }
  | { of: 'muted'; channel: string; isMuted: boolean };

export type AudioQuery =
  | { of: 'identity' }
  | { of: 'ailments' }
  | { of: 'gain'; channel: string }
  | { of: 'muted'; channel: string };

/** A language that sound processors speak: the rest of a driver is the same for all of them. */
export type AudioDialect<Frame> = {
  capabilities: AudioProcessorCapabilities;
  createDecoder: () => { push(bytes: Uint8Array): Frame[] };
  /** What has to be said before anything else, in this order: logging in, subscribing. */
  opening: () => readonly Exchange<Frame, unknown>[];
  command: (command: AudioProcessorCommand) => Exchange<Frame, unknown>;
  queries: readonly AudioQuery[];
  query: (query: AudioQuery) => Exchange<Frame, readonly AudioFinding[]>;
  /** What a frame says that nobody asked for. */
  hear: (frame: Frame) => readonly AudioFinding[];
  /** The device forgot the conversation: it was restarted, or has a new configuration. */
  isNewBeginning: (frame: Frame) => boolean;
};

export type LineAudioDeps<Frame> = {
  line: Line;
  dialect: AudioDialect<Frame>;
  timing: DriverTiming;
  clock: Clock;
  log: Logger;
};

type Options = { signal: AbortSignal };
type Known = Omit<AudioProcessorState, 'isConnected'>;

const depth = 32;

export function createLineAudio<Frame>(deps: LineAudioDeps<Frame>): AudioProcessor {
  const { line, dialect, timing, clock, log } = deps;
  const { capabilities } = dialect;
  const device: LineDevice<Frame, Known> = createLineDevice<Frame, Known>({
    ...{ line, clock, log, depth, greet, poll: refresh, askEveryMs: timing.askEveryMs, atOnce: 1, restMs: 0 },
    whenLost: 'reopen',
    createDecoder: dialect.createDecoder,
    initial: {
      ...{ identity: null, ailments: null },
      channels: Object.fromEntries(capabilities.channels.map(({ name }) => [name, { gainDb: null, isMuted: null }])),
    },
    onUnasked(frame) {
      for (const finding of dialect.hear(frame)) learn(finding, device.reported);
      if (dialect.isNewBeginning(frame)) device.greetAgain();
    },
  });

  async function greet(options: Options): Promise<void> {
    for (const exchange of dialect.opening()) await device.ask(exchange, options);
    await refresh(options);
  }

  async function refresh(options: Options): Promise<void> {
    for (const query of dialect.queries) await askIfItCan(query, options);
  }

  async function ask(query: AudioQuery, options: Options): Promise<void> {
    for (const finding of await device.ask(dialect.query(query), options)) learn(finding, device.answered);
  }

  /** One channel that the device's configuration does not have must not hide the others. */
  async function askIfItCan(query: AudioQuery, options: Options): Promise<void> {
    try {
      await ask(query, options);
    } catch (error) {
      if (!(error instanceof DriverError && error.fault === 'refused')) throw error;
      log.warn({ err: error, query, line: line.name }, 'sound processor does not know this');
    }
  }

  function learn(finding: AudioFinding, reading: LineDevice<Frame, Known>['answered']): void {
    switch (finding.of) {
      case 'identity':
        device.learn({ identity: reading(finding.identity) });
        break;
      case 'ailments':
        device.learn({ ailments: reading(finding.ailments) });
        break;
      case 'gain':
        learnChannel(finding.channel, { gainDb: reading(finding.gainDb) });
        break;
      case 'muted':
        learnChannel(finding.channel, { isMuted: reading(finding.isMuted) });
    }
  }

  function learnChannel(name: string, change: Partial<AudioChannelState>): void {
    const { channels } = device.state();
    const channel = channels[name] ?? { gainDb: null, isMuted: null };
    device.learn({ channels: { ...channels, [name]: { ...channel, ...change } } });
  }

  async function run(command: AudioProcessorCommand, options: Options): Promise<void> {
    const refusal = refusalOf(command, capabilities);
    if (refusal) throw refusal;
    await device.ask(dialect.command(command), options);
    if (command.kind === 'recallPreset') await refresh(options);
    else await ask({ of: command.kind === 'setGain' ? 'gain' : 'muted', channel: command.channel }, options);
  }

  return {
    capabilities: () => capabilities,
    ...{ state: device.state, subscribe: device.subscribe, run, refresh },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

/** What the model cannot do is said before anything is sent. */
function refusalOf(command: AudioProcessorCommand, capabilities: AudioProcessorCapabilities): DriverError | null {
  const { kind } = command;
  const refused = (why: string) => new DriverError('refused', `${kind}: ${why}`);
  if (!capabilities.commands.includes(kind)) return refused('the model has no such thing');
  if (command.kind === 'recallPreset') {
    return capabilities.presets.includes(command.preset) ? null : refused(`there is no preset ${command.preset}`);
  }
  const channel = capabilities.channels.find(({ name }) => name === command.channel);
  if (!channel) return refused(`there is no channel ${command.channel}`);
  if (command.kind !== 'setGain') return null;
  if (!channel.gainDb) return refused(`${command.channel} has no gain to set`);
  const { least, most } = channel.gainDb;
  const isWithin = command.gainDb >= least && command.gainDb <= most;
  return isWithin ? null : refused(`${command.channel}: ${command.gainDb} dB, but it takes ${least} to ${most} dB`);
}
