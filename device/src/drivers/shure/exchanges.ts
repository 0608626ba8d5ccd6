import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { AudioDialect, AudioFinding, AudioQuery } from '../../ports/line-audio.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import {
  createShureDecoder,
  gainCode,
  gainOf,
  keys,
  leastGainDb,
  mostGainDb,
  type ShureFacts,
  type ShureReply,
} from './codec.ts';

/** Each command and each question is answered by a report of what is now; an error says nothing of what it is about. */
export function createShureDialect(facts: ShureFacts): AudioDialect<ShureReply> {
  const channels = Object.entries(facts.channels);
  const within = facts.timing.answerWithinMs;
  const numberOf = (channel: string) => facts.channels[channel] ?? -1;

  function placeOf(of: 'gain' | 'muted', channel: string): { number: number | null; key: string } {
    const number = numberOf(channel);
    if (of === 'gain') return { number, key: keys.gain };
    return number === 0 ? { number: null, key: keys.deviceMute } : { number, key: keys.mute };
  }

  function findingsOf(reply: ShureReply): AudioFinding[] {
    if (reply.is === 'error') return [];
    const found = channels.find(([, number]) => number === (reply.channel ?? 0));
    if (!found) return [];
    const [channel] = found;
    if (reply.key === keys.mute || reply.key === keys.deviceMute) {
      const isMuted = switchOf(reply.value);
      return isMuted === null ? [] : [{ of: 'muted', channel, isMuted }];
    }
    const code = /^\d{1,4}$/.test(reply.value) ? Number(reply.value) : Number.NaN;
    return reply.key === keys.gain && code <= 1400 ? [{ of: 'gain', channel, gainDb: gainOf(code) }] : [];
  }

  function say<T>(
    name: string,
    text: string,
    expects: { number: number | null; key: string },
    read: (reply: ShureReply & { is: 'report' }) => T | null,
  ): Exchange<ShureReply, T> {
    return {
      ...{ name, timeoutMs: within, isUrgent: false },
      start: () => toBytes(`< ${text} >`),
      take(reply): Verdict<T> {
        if (reply.is === 'error') return failed('refused', `${name}: the device says ERR`);
        if (reply.key !== expects.key || reply.channel !== expects.number) return { is: 'foreign' };
        const value = read(reply);
        return value === null ? failed('nonsense', `${name}: answered ${reply.value}`) : { is: 'done', value };
      },
    };
  }

  const addressed = (number: number | null, key: string) => (number === null ? key : `${number} ${key}`);

  return {
    capabilities: {
      commands: ['setGain', 'setMuted', 'recallPreset'],
      channels: channels.map(([name, number]) => ({
        name,
        gainDb: number === 0 ? null : { least: leastGainDb, most: mostGainDb },
      })),
      presets: Object.keys(facts.presets),
    },
    createDecoder: createShureDecoder,
    opening: () => [],
    command(command) {
      if (command.kind === 'recallPreset') {
        const number = facts.presets[command.preset] ?? 0;
        const expects = { number: null, key: keys.preset };
        return say(command.kind, `SET ${keys.preset} ${number}`, expects, () => 'done');
      }
      const place = placeOf(command.kind === 'setGain' ? 'gain' : 'muted', command.channel);
      const value = command.kind === 'setGain' ? String(gainCode(command.gainDb)) : command.isMuted ? 'ON' : 'OFF';
      const name = `${command.kind} ${command.channel}`;
      return say(name, `SET ${addressed(place.number, place.key)} ${value}`, place, () => 'done');
    },
    queries: [
      ...channels.flatMap(([channel, number]): AudioQuery[] =>
        number === 0
          ? [{ of: 'muted', channel }]
          : [
              { of: 'muted', channel },
              { of: 'gain', channel },
            ],
      ),
      { of: 'identity' },
    ],
    query(query) {
      if (query.of === 'gain' || query.of === 'muted') {
        const place = placeOf(query.of, query.channel);
        const text = `GET ${addressed(place.number, place.key)}`;
        return say(`${query.channel} ${query.of}?`, text, place, (reply) => {
          const found = findingsOf(reply);
          return found.length > 0 ? found : null;
        });
      }
      const expects = { number: null, key: keys.model };
      return say('identity?', `GET ${keys.model}`, expects, ({ value }) => [
        { of: 'identity', identity: `Shure ${value}` },
      ]);
    },
    hear: findingsOf,
    isNewBeginning: () => false,
  };
}

const switchOf = (value: string): boolean | null => (value === 'ON' ? true : value === 'OFF' ? false : null);

function failed(fault: DriverError['fault'], message: string): Verdict<never> {
  return { is: 'failed', error: new DriverError(fault, message) };
}
