import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { AudioDialect, AudioFinding, AudioQuery } from '../../ports/line-audio.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import {
  createTesiraDecoder,
  gainText,
  parseFaults,
  parseGain,
  parseSwitch,
  say,
  type TesiraFacts,
  type TesiraReply,
} from './codec.ts';

export type TesiraAccess = { user: string; password: string } | null;

/** Answers bear no number: one command at a time, and what was published meanwhile goes its own way. */
export function createTesiraDialect(facts: TesiraFacts, access: TesiraAccess): AudioDialect<TesiraReply> {
  const channels = Object.entries(facts.channels);
  const within = facts.timing.answerWithinMs;
  /** Tokens are words; names of channels need not be. */
  const tokens = new Map<string, { of: 'gain' | 'muted'; channel: string }>();
  for (const [index, [channel]] of channels.entries()) {
    tokens.set(`gain${index}`, { of: 'gain', channel });
    tokens.set(`muted${index}`, { of: 'muted', channel });
  }

  function blockOf(channel: string, of: 'gain' | 'muted') {
    const block = facts.channels[channel]?.[of === 'gain' ? 'gain' : 'mute'];
    if (!block) throw new DriverError('refused', `${channel}: it has no ${of}`);
    return { ...block, attribute: of === 'gain' ? ('level' as const) : ('mute' as const) };
  }

  const queries = channels.flatMap(([channel, { gain, mute }]): AudioQuery[] => [
    ...(gain ? [{ of: 'gain' as const, channel }] : []),
    ...(mute ? [{ of: 'muted' as const, channel }] : []),
  ]);

  return {
    capabilities: {
      commands: ['setGain', 'setMuted', 'recallPreset'],
      channels: channels.map(([name, { gain }]) => ({
        name,
        gainDb: gain ? { least: gain.leastDb, most: gain.mostDb } : null,
      })),
      presets: Object.keys(facts.presets),
    },
    createDecoder: createTesiraDecoder,
    opening: () => [
      ...(access ? login(access, within) : []),
      tolerant('verbose', say.verbose, within),
      ...[...tokens].flatMap(([token, { of, channel }]) => {
        if (!facts.channels[channel]?.[of === 'gain' ? 'gain' : 'mute']) return [];
        const { tag, index, attribute } = blockOf(channel, of);
        return [tolerant(`subscribe ${channel}`, say.subscribe(tag, attribute, index, token), within)];
      }),
    ],
    command(command) {
      const read = () => [];
      if (command.kind === 'recallPreset') {
        return exchange(command.kind, say.recall(facts.presets[command.preset] ?? 0), within, read);
      }
      const of = command.kind === 'setGain' ? 'gain' : 'muted';
      const { tag, index, attribute } = blockOf(command.channel, of);
      const value = command.kind === 'setGain' ? gainText(command.gainDb) : String(command.isMuted);
      return exchange(`${command.kind} ${command.channel}`, say.set(tag, attribute, index, value), within, read);
    },
    queries: [...queries, { of: 'ailments' }, { of: 'identity' }],
    query(query) {
      const name = `${query.of}?`;
      if (query.of === 'identity') {
        return exchange(name, say.hostname, within, (value) => [{ of: 'identity', identity: `Tesira ${value ?? ''}` }]);
      }
      if (query.of === 'ailments') {
        return exchange(name, say.faults, within, (_value, text) => [{ of: 'ailments', ailments: parseFaults(text) }]);
      }
      const { tag, index, attribute } = blockOf(query.channel, query.of);
      return exchange(`${query.channel} ${name}`, say.get(tag, attribute, index), within, (value) =>
        findingOf(query, value),
      );
    },
    hear(reply) {
      const subscribed = reply.is === 'published' ? tokens.get(reply.token) : undefined;
      return (reply.is === 'published' && subscribed && findingOf(subscribed, reply.value)) || [];
    },
    // Subscriptions are gone with a restart; over TCP, a new connection says so already.
    isNewBeginning: (reply) => reply.is === 'banner',
  };
}

function findingOf(query: { of: 'gain' | 'muted'; channel: string }, value: string | null): AudioFinding[] | null {
  const { channel } = query;
  const gainDb = parseGain(value ?? '');
  const isMuted = parseSwitch(value ?? '');
  if (query.of === 'gain') return gainDb === null ? null : [{ of: 'gain', channel, gainDb }];
  return isMuted === null ? null : [{ of: 'muted', channel, isMuted }];
}

/** What a protected device asks before anything else; it asks for the user again when it does not take the password. */
function login({ user, password }: NonNullable<TesiraAccess>, timeoutMs: number): Exchange<TesiraReply, true>[] {
  const step = (name: string, text: string, isNext: (reply: TesiraReply) => boolean): Exchange<TesiraReply, true> => ({
    ...{ name, timeoutMs, isUrgent: false, start: () => toBytes(text) },
    take(reply): Verdict<true> {
      if (isNext(reply)) return { is: 'done', value: true };
      if (reply.is !== 'prompt') return { is: 'foreign' };
      return { is: 'failed', error: new DriverError('refused', `${name}: it asks for the ${reply.for} again`) };
    },
  });
  const asksFor = (what: 'user' | 'password') => (reply: TesiraReply) => reply.is === 'prompt' && reply.for === what;
  return [
    // The device begins.
    step('login prompt', '', asksFor('user')),
    step('user', `${user}\n`, asksFor('password')),
    step('password', `${password}\n`, (reply) => reply.is === 'banner'),
  ];
}

function exchange<T>(
  name: string,
  text: string,
  timeoutMs: number,
  read: (value: string | null, text: string) => T | null,
): Exchange<TesiraReply, T> {
  return {
    ...{ name, timeoutMs, isUrgent: false },
    start: () => toBytes(`${text}\n`),
    take(reply): Verdict<T> {
      if (reply.is === 'error') {
        return { is: 'failed', error: new DriverError(faultOf(reply.says), `${name}: ${reply.says}`) };
      }
      if (reply.is !== 'ok') return { is: 'foreign' };
      const value = read(reply.value, reply.text);
      if (value !== null) return { is: 'done', value };
      return { is: 'failed', error: new DriverError('nonsense', `${name}: answered ${reply.value}`) };
    },
  };
}

/** A block that cannot be subscribed, or a session that is verbose already, does not end the conversation. */
function tolerant(name: string, text: string, timeoutMs: number): Exchange<TesiraReply, boolean> {
  const strict = exchange(name, text, timeoutMs, () => true);
  return {
    ...strict,
    take: (reply) => (reply.is === 'error' ? { is: 'done', value: false } : strict.take(reply)),
  };
}

function faultOf(says: string): DriverError['fault'] {
  return /GENERAL_FAILURE|CANNOT_DELIVER/.test(says) ? 'device_failed' : 'refused';
}
