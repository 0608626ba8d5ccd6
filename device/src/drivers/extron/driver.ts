import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { DriverError } from '../../ports/driver-error.ts';
import type { Line } from '../../ports/line.ts';
import { createLineDevice } from '../../ports/line-device.ts';
import type { Reading } from '../../ports/reading.ts';
import type { Switcher, SwitcherCommand, SwitcherCommandKind, SwitcherState } from '../../ports/switcher.ts';
import { createExtronDecoder, type ExtronFacts, type ExtronReply, say } from './codec.ts';
import { commandExchange, exchange, loginExchange, tieExchange } from './exchanges.ts';

/** A switcher or matrix of Extron on a serial line or telnet. `password` null where it wants none. */
export type ExtronDeps = { line: Line; facts: ExtronFacts; password: string | null; clock: Clock; log: Logger };

type Options = { signal: AbortSignal };
type ToReading = <T>(value: T) => Reading<T>;

const depth = 32;

export function createExtron({ line, facts, password, clock, log }: ExtronDeps): Switcher {
  const { timing } = facts;
  const outputs = Array.from({ length: facts.outputs }, (_, index) => index + 1);
  const device = createLineDevice<ExtronReply, Omit<SwitcherState, 'isConnected'>>({
    ...{ line, clock, log, depth, greet, poll: refresh, askEveryMs: timing.askEveryMs, atOnce: 1, restMs: 0 },
    // A password is asked for once in each connection.
    whenLost: 'reopen',
    createDecoder: createExtronDecoder,
    initial: {
      ...{ identity: null, volume: null, isMuted: null },
      routes: Object.fromEntries(outputs.map((output) => [output, { video: null, audio: null }])),
    },
    // What a hand on its front does is told as if it had been asked.
    onUnasked: (reply) => learn(reply, device.reported),
  });

  function learn(reply: ExtronReply, reading: ToReading): void {
    if (reply.is === 'volume') device.learn({ volume: reading(reply.volume / 100) });
    if (reply.is === 'muted') device.learn({ isMuted: reading(reply.isMuted) });
    if (reply.is !== 'route') return;
    const { output, input, layer } = reply;
    if (layer !== 'audio') learnRoute(output, 'video', reading(input));
    if (layer !== 'video') learnRoute(output, 'audio', reading(input));
  }

  function learnRoute(output: number, layer: 'video' | 'audio', input: Reading<number>): void {
    const { routes } = device.state();
    const route = routes[output];
    if (route) device.learn({ routes: { ...routes, [output]: { ...route, [layer]: input } } });
  }

  async function greet(options: Options): Promise<void> {
    if (password !== null) await device.ask(loginExchange(password, facts), options);
    await device.ask(
      exchange('verbose', say.verbose, facts, (reply) => (reply.is === 'verbose' ? true : null)),
      options,
    );
    await refresh(options);
    const number = exchange('identity?', say.partNumber, facts, (reply) => (reply.is === 'word' ? reply.text : null));
    device.learn({ identity: device.answered(`Extron ${await device.ask(number, options)}`) });
  }

  async function refresh(options: Options): Promise<void> {
    for (const output of outputs) await askRoute(output, options);
    if (!facts.hasSound) return;
    await askVolume(options);
    await askMuted(options);
  }

  async function askRoute(output: number, options: Options): Promise<void> {
    for (const layer of ['video', 'audio'] as const) {
      learnRoute(output, layer, device.answered(await device.ask(tieExchange(output, layer, facts), options)));
    }
  }

  async function askVolume(options: Options): Promise<void> {
    const asked = exchange('volume?', say.volume, facts, (reply) => {
      if (reply.is === 'volume') return reply.volume;
      return reply.is === 'word' && /^\d{1,3}$/.test(reply.text) ? Number(reply.text) : null;
    });
    device.learn({ volume: device.answered((await device.ask(asked, options)) / 100) });
  }

  async function askMuted(options: Options): Promise<void> {
    const asked = exchange('muted?', say.mute, facts, (reply) => {
      if (reply.is === 'muted') return reply.isMuted;
      return reply.is === 'word' && /^[01]$/.test(reply.text) ? reply.text === '1' : null;
    });
    device.learn({ isMuted: device.answered(await device.ask(asked, options)) });
  }

  async function run(command: SwitcherCommand, options: Options): Promise<void> {
    const refusal = refusalOf(command, facts);
    if (refusal) throw refusal;
    await device.ask(commandExchange(command, facts), options);
    if (command.kind === 'route') await askRoute(command.output, options);
    if (command.kind === 'setVolume') await askVolume(options);
    if (command.kind === 'setMuted') await askMuted(options);
    if (command.kind === 'recallPreset') await refresh(options);
  }

  const sound: readonly SwitcherCommandKind[] = facts.hasSound ? ['setVolume', 'setMuted'] : [];
  return {
    capabilities: () => ({
      commands: ['route', ...sound, ...(facts.presets > 0 ? (['recallPreset', 'savePreset'] as const) : [])],
      ...{ inputs: facts.inputs, outputs: facts.outputs, presets: facts.presets },
    }),
    ...{ state: device.state, subscribe: device.subscribe, run, refresh },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

/** What the model cannot do is said before anything is sent. */
function refusalOf(command: SwitcherCommand, facts: ExtronFacts): DriverError | null {
  const refused = (why: string) => new DriverError('refused', `${command.kind}: ${why}`);
  const isWithin = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  switch (command.kind) {
    case 'route':
      if (!isWithin(command.input, 0, facts.inputs)) return refused(`input ${command.input} of ${facts.inputs}`);
      return isWithin(command.output, 1, facts.outputs)
        ? null
        : refused(`output ${command.output} of ${facts.outputs}`);
    case 'setVolume':
    case 'setMuted':
      return facts.hasSound ? null : refused('the model has no sound of its own');
    case 'recallPreset':
    case 'savePreset':
      return isWithin(command.preset, 1, facts.presets)
        ? null
        : refused(`preset ${command.preset} of ${facts.presets}`);
  }
}
