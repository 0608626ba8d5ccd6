import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange } from '../../ports/exchange.ts';
import type { DisplayDialect } from '../../ports/line-display.ts';
import {
  askValue,
  createLgDecoder,
  decodeAnswer,
  encode,
  encodeCommand,
  type LgFacts,
  type LgReply,
  queryLetters,
} from './codec.ts';

/**
 * The first letter of a command is not repeated, so `ke` and `je` are answered alike: one at a time, and an answer belongs
 * to what was said last.
 */
export function createLgDialect(facts: LgFacts): DisplayDialect<LgReply> {
  return {
    capabilities: {
      commands: ['setPower', 'setInput', 'setVolume', 'setMuted', 'setBlank'],
      inputs: Object.keys(facts.inputs),
    },
    createDecoder: createLgDecoder,
    opening: () => [],
    command: (command) => exchange(command.kind, encodeCommand(command, facts), facts, () => undefined),
    queries: ['power', 'input', 'volume', 'muted', 'blank', 'identity'],
    query(query) {
      if (query === 'ailments') throw new DriverError('refused', `${query}?: it has no such question`);
      const asked = { command: queryLetters[query], value: askValue };
      return exchange(`${query}?`, asked, facts, (value) => decodeAnswer(query, value, facts));
    },
    ...{ hear: () => null, notice: () => null },
    restMs: 0,
    whenLost: 'greet',
  };
}

function exchange<T>(
  name: string,
  { command, value }: { command: string; value: string },
  facts: LgFacts,
  read: (value: string) => T | null,
): Exchange<LgReply, T> {
  return {
    ...{ name, isUrgent: false, timeoutMs: facts.timing.answerWithinMs },
    start: () => encode(command, facts, value),
    take(reply) {
      if (reply.letter !== command[1] || reply.setId !== facts.setId) return { is: 'foreign' };
      // In standby it answers everything but its power so.
      if (!reply.isOk) return { is: 'failed', error: new DriverError('not_now', `${name}: NG ${reply.value}`) };
      const found = read(reply.value);
      if (found !== null) return { is: 'done', value: found };
      return { is: 'failed', error: new DriverError('nonsense', `${name}: answered ${reply.value}`) };
    },
  };
}
