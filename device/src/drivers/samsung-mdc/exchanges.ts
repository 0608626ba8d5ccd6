import type { DisplayCommandKind } from '../../ports/display.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange } from '../../ports/exchange.ts';
import type { DisplayDialect, DisplayQuery } from '../../ports/line-display.ts';
import {
  createMdcDecoder,
  decodeAnswer,
  encode,
  encodeCommand,
  type MdcReply,
  queryCodes,
  type SamsungMdcFacts,
} from './codec.ts';

/** MDC as a display's dialect: each command and each question is answered with its own code. */
export function createSamsungDialect(facts: SamsungMdcFacts): DisplayDialect<MdcReply> {
  const sound: readonly DisplayQuery[] = facts.hasSound ? ['volume', 'muted'] : [];
  const soundCommands: readonly DisplayCommandKind[] = facts.hasSound ? ['setVolume', 'setMuted'] : [];
  return {
    capabilities: {
      commands: ['setPower', 'setInput', ...soundCommands, ...(facts.hasPanelOff ? (['setBlank'] as const) : [])],
      inputs: Object.keys(facts.inputs),
    },
    createDecoder: createMdcDecoder,
    opening: () => [],
    command(command) {
      const { code, values } = encodeCommand(command, facts);
      return exchange(command.kind, { code, values }, facts, () => undefined);
    },
    queries: ['power', 'input', ...sound, ...(facts.hasPanelOff ? (['blank'] as const) : []), 'ailments', 'identity'],
    query: (query) =>
      exchange(`${query}?`, { code: queryCodes[query], values: [] }, facts, (values) =>
        decodeAnswer(query, values, facts),
      ),
    // A display speaks when it is spoken to.
    ...{ hear: () => null, notice: () => null },
    restMs: 0,
    whenLost: 'greet',
  };
}

function exchange<T>(
  name: string,
  { code, values }: { code: number; values: readonly number[] },
  { displayId, timing }: SamsungMdcFacts,
  read: (values: Uint8Array) => T | null,
): Exchange<MdcReply, T> {
  return {
    ...{ name, isUrgent: false, timeoutMs: timing.answerWithinMs },
    start: () => encode(code, displayId, values),
    take(reply) {
      if (reply.is === 'secureOnly') return failed('refused', `${name}: the display takes only TLS and a PIN`);
      if (reply.id !== displayId || reply.command !== code) return { is: 'foreign' };
      if (reply.is === 'nak') return failed('refused', `${name}: NAK ${reply.code}`);
      const value = read(reply.values);
      if (value !== null) return { is: 'done', value };
      return failed('nonsense', `${name}: answered ${Buffer.from(reply.values).toString('hex')}`);
    },
  };
}

function failed(fault: DriverError['fault'], message: string) {
  return { is: 'failed', error: new DriverError(fault, message) } as const;
}
