import type { DisplayCommand, DisplayCommandKind } from '../../ports/display.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { DisplayDialect, DisplayFinding, DisplayQuery } from '../../ports/line-display.ts';
import {
  createNecDecoder,
  decodeDiagnosis,
  decodeParameter,
  decodePower,
  decodeText,
  diagnosisAnswered,
  diagnosisAsked,
  encode,
  encodeCommand,
  hex,
  modelAnswered,
  modelAsked,
  type NecFacts,
  type NecReply,
  nullMessage,
  opcodes,
  parseParameter,
  powerAsked,
  powerSet,
} from './codec.ts';

/** One command at a time; what a display cannot do now it answers with a null message. */
export function createNecDialect(facts: NecFacts): DisplayDialect<NecReply> {
  const sound: readonly DisplayQuery[] = facts.hasSound ? ['volume', 'muted'] : [];
  const soundCommands: readonly DisplayCommandKind[] = facts.hasSound ? ['setVolume', 'setMuted'] : [];
  return {
    capabilities: {
      commands: ['setPower', 'setInput', ...soundCommands, ...(facts.hasScreenMute ? (['setBlank'] as const) : [])],
      inputs: Object.keys(facts.inputs),
    },
    createDecoder: createNecDecoder,
    opening: () => [],
    command: (command) => commandExchange(command, facts),
    queries: ['power', 'input', ...sound, ...(facts.hasScreenMute ? (['blank'] as const) : []), 'ailments', 'identity'],
    query: (query) => queryExchange(query, facts),
    ...{ hear: () => null, notice: () => null },
    restMs: facts.restMs,
    whenLost: 'greet',
  };
}

function commandExchange(command: DisplayCommand, facts: NecFacts): Exchange<NecReply, unknown> {
  const set = encodeCommand(command, facts);
  if (set === 'power') {
    const state = command.kind === 'setPower' && command.isOn ? '0001' : '0004';
    const asked = { type: 'A', body: `${powerSet}${state}` } as const;
    return exchange(command.kind, asked, facts, (body) => {
      const result = /^(?<result>..)C203D6/.exec(body)?.groups?.result;
      if (result === undefined) return { is: 'foreign' };
      return result === '00' ? done(undefined) : failed('refused', `${command.kind}: result ${result}`);
    });
  }
  const asked = { type: 'E', body: `${hex(set.opcode, 4)}${hex(set.value, 4)}` } as const;
  return exchange(command.kind, asked, facts, (body) => parameterOf(command.kind, body, set.opcode));
}

function queryExchange(query: DisplayQuery, facts: NecFacts): Exchange<NecReply, DisplayFinding> {
  const name = `${query}?`;
  switch (query) {
    case 'power':
      return exchange(name, { type: 'A', body: powerAsked }, facts, (body) => {
        const found = decodePower(body);
        if (found === null) return { is: 'foreign' };
        return found === 'refused' ? failed('refused', `${name}: unsupported`) : done(found);
      });
    case 'identity':
      return exchange(name, { type: 'A', body: modelAsked }, facts, (body) =>
        body.startsWith(modelAnswered) ? done({ of: query, identity: decodeText(body.slice(4)) }) : { is: 'foreign' },
      );
    case 'ailments':
      return exchange(name, { type: 'A', body: diagnosisAsked }, facts, (body) =>
        body.startsWith(diagnosisAnswered)
          ? done({ of: query, ailments: decodeDiagnosis(body.slice(2)) })
          : { is: 'foreign' },
      );
    default: {
      const opcode = { input: opcodes.input, volume: opcodes.volume, muted: opcodes.mute, blank: opcodes.screenMute }[
        query
      ];
      return exchange(name, { type: 'C', body: hex(opcode, 4) }, facts, (body) => {
        const verdict = parameterOf(name, body, opcode);
        return verdict.is === 'done' ? done(decodeParameter(query, verdict.value, facts)) : verdict;
      });
    }
  }
}

function parameterOf(name: string, body: string, opcode: number): Verdict<{ value: number; most: number }> {
  const parameter = parseParameter(body);
  if (parameter?.opcode !== opcode) return { is: 'foreign' };
  if (!parameter.isKnown) return failed('refused', `${name}: the display does not support it`);
  return done(parameter);
}

const answers = { A: 'B', C: 'D', E: 'F' } as const;

function exchange<T>(
  name: string,
  { type, body }: { type: 'A' | 'C' | 'E'; body: string },
  { monitorId, timing }: NecFacts,
  read: (body: string) => Verdict<T>,
): Exchange<NecReply, T> {
  return {
    ...{ name, isUrgent: false, timeoutMs: timing.answerWithinMs },
    start: () => encode(type, monitorId, body),
    take(reply) {
      if (reply.monitorId !== monitorId) return { is: 'foreign' };
      if (reply.body === nullMessage) return failed('not_now', `${name}: null message`);
      return reply.type === answers[type] ? read(reply.body) : { is: 'foreign' };
    },
  };
}

const done = <T>(value: T): Verdict<T> => ({ is: 'done', value });

function failed(fault: DriverError['fault'], message: string): Verdict<never> {
  return { is: 'failed', error: new DriverError(fault, message) };
}
