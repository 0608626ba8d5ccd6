import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { AudioDialect, AudioFinding, AudioQuery } from '../../ports/line-audio.ts';
import {
  createQsysDecoder,
  type EngineStatus,
  encode,
  parseControls,
  parseStatus,
  type QsysControl,
  type QsysFacts,
  type QsysReply,
} from './codec.ts';

/** Answers bear the number of what they answer; changes of the subscribed controls come in between. */
export type QsysAccess = { user: string; password: string } | null;

/** A connection has at most four of these; we need one. */
const changeGroup = 'anteroom';
const pollEveryS = 0.2;

/** QRC, "error codes". */
const faults: Readonly<Record<number, DriverError['fault']>> = {
  [-32604]: 'busy',
  2: 'refused',
  4: 'not_now',
  5: 'refused',
  6: 'refused',
  7: 'refused',
  8: 'refused',
  10: 'refused',
};

export function createQsysDialect(facts: QsysFacts, access: QsysAccess): AudioDialect<QsysReply> {
  const channels = Object.entries(facts.channels);
  const controls = channels.flatMap(([, { gain, mute }]) => [gain?.control ?? [], mute ?? []].flat());
  let lastId = 0;

  function call<T>(
    name: string,
    method: string,
    params: unknown,
    read: (result: unknown) => T | null,
  ): Exchange<QsysReply, T> {
    let id = 0;
    return {
      ...{ name, isUrgent: false, timeoutMs: facts.timing.answerWithinMs },
      start() {
        id = ++lastId;
        return encode(id, method, params);
      },
      take(reply): Verdict<T> {
        if (reply.is === 'error' && (reply.id === id || reply.id === null)) {
          const fault = faults[reply.code] ?? (reply.code < 0 ? 'refused' : 'nonsense');
          return failed(fault, `${name}: error ${reply.code}, ${reply.says}`);
        }
        if (reply.is !== 'result' || reply.id !== id) return { is: 'foreign' };
        const value = read(reply.result);
        if (value !== null) return { is: 'done', value };
        return failed('nonsense', `${name}: answered ${JSON.stringify(reply.result)}`);
      },
    };
  }

  function findingOf({ Name, Value }: QsysControl): AudioFinding[] {
    const found = channels.find(([, { gain, mute }]) => gain?.control === Name || mute === Name);
    if (!found) return [];
    const [channel, { mute }] = found;
    if (mute === Name) return [{ of: 'muted', channel, isMuted: Value === true || Value === 1 || Value === 'true' }];
    return typeof Value === 'number' ? [{ of: 'gain', channel, gainDb: Math.round(Value * 10) / 10 }] : [];
  }

  const controlOf = (of: 'gain' | 'muted', channel: string): string => {
    const { gain, mute } = facts.channels[channel] ?? { gain: null, mute: null };
    const name = of === 'gain' ? gain?.control : mute;
    if (!name) throw new DriverError('refused', `${channel}: it has no ${of}`);
    return name;
  };

  return {
    capabilities: {
      commands: ['setGain', 'setMuted', 'recallPreset'],
      channels: channels.map(([name, { gain }]) => ({
        name,
        gainDb: gain ? { least: gain.leastDb, most: gain.mostDb } : null,
      })),
      presets: Object.keys(facts.presets),
    },
    createDecoder: createQsysDecoder,
    opening: () => [
      ...(access ? [call('log on', 'Logon', { User: access.user, Password: access.password }, () => true)] : []),
      call('subscribe', 'ChangeGroup.AddControl', { Id: changeGroup, Controls: controls }, () => true),
      call('watch', 'ChangeGroup.AutoPoll', { Id: changeGroup, Rate: pollEveryS }, () => true),
    ],
    command(command) {
      if (command.kind === 'recallPreset') {
        const { bank, number } = facts.presets[command.preset] ?? { bank: '', number: 0 };
        return call(command.kind, 'Snapshot.Load', { Name: bank, Bank: number }, () => true);
      }
      const Name = controlOf(command.kind === 'setGain' ? 'gain' : 'muted', command.channel);
      const Value = command.kind === 'setGain' ? command.gainDb : command.isMuted;
      return call(`${command.kind} ${command.channel}`, 'Control.Set', { Name, Value }, () => true);
    },
    queries: [
      ...channels.flatMap(([channel, { gain, mute }]): AudioQuery[] => [
        ...(gain ? [{ of: 'gain' as const, channel }] : []),
        ...(mute ? [{ of: 'muted' as const, channel }] : []),
      ]),
      { of: 'identity' },
    ],
    query(query) {
      if (query.of === 'gain' || query.of === 'muted') {
        const asked = [controlOf(query.of, query.channel)];
        return call(`${query.channel} ${query.of}?`, 'Control.Get', asked, (result) => {
          const found = parseControls(result)?.flatMap(findingOf) ?? [];
          return found.length > 0 ? found : null;
        });
      }
      return call(`${query.of}?`, 'StatusGet', 0, (result) => {
        const status = parseStatus(result);
        return status && findingsOf(status);
      });
    },
    hear(reply) {
      if (reply.is === 'status') return findingsOf(reply.status);
      return reply.is === 'changes' ? reply.controls.flatMap(findingOf) : [];
    },
    isNewBeginning: () => false,
  };
}

/** A status code other than 0 is the core's own word for something being wrong. */
function findingsOf({ Platform, DesignName, State, Status }: EngineStatus): AudioFinding[] {
  const ailments = Status && Status.Code !== 0 ? [Status.String] : [];
  return [
    { of: 'identity', identity: `Q-SYS ${Platform} ${DesignName}` },
    { of: 'ailments', ailments: State === 'Active' ? ailments : [`core is ${State}`, ...ailments] },
  ];
}

function failed(fault: DriverError['fault'], message: string): Verdict<never> {
  return { is: 'failed', error: new DriverError(fault, message) };
}
