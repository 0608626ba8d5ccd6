import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { SwitcherCommand } from '../../ports/switcher.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import { type ExtronFacts, type ExtronReply, encodeCommand, say } from './codec.ts';

/** Extron, DXP manual, "error responses". */
const errors: Readonly<Record<number, { fault: DriverError['fault']; says: string }>> = {
  1: { fault: 'refused', says: 'there is no such input' },
  10: { fault: 'refused', says: 'unknown command' },
  11: { fault: 'refused', says: 'there is no such preset' },
  12: { fault: 'refused', says: 'there is no such output' },
  13: { fault: 'refused', says: 'value out of range' },
  14: { fault: 'refused', says: 'not for this configuration' },
  17: { fault: 'not_now', says: 'the switcher timed out' },
  22: { fault: 'busy', says: 'busy' },
  24: { fault: 'refused', says: 'no right to this' },
  25: { fault: 'refused', says: 'not present' },
  26: { fault: 'busy', says: 'too many connections' },
  28: { fault: 'refused', says: 'no such file' },
};

export function exchange<T>(
  name: string,
  text: string,
  { timing }: ExtronFacts,
  read: (reply: ExtronReply) => T | null,
): Exchange<ExtronReply, T> {
  return {
    ...{ name, isUrgent: false, timeoutMs: timing.answerWithinMs },
    start: () => toBytes(text),
    take(reply): Verdict<T> {
      if (reply.is === 'error') {
        const { fault, says } = errors[reply.code] ?? { fault: 'nonsense', says: 'unknown error' };
        return { is: 'failed', error: new DriverError(fault, `${name}: E${reply.code}, ${says}`) };
      }
      const value = read(reply);
      return value === null ? { is: 'foreign' } : { is: 'done', value };
    },
  };
}

export function commandExchange(command: SwitcherCommand, facts: ExtronFacts): Exchange<ExtronReply, ExtronReply> {
  return exchange(command.kind, encodeCommand(command, facts), facts, (reply) =>
    isAnswerTo(command, reply, facts) ? reply : null,
  );
}

function isAnswerTo(command: SwitcherCommand, reply: ExtronReply, { outputs }: ExtronFacts): boolean {
  switch (command.kind) {
    case 'route':
      return reply.is === 'route' && (outputs === 1 || reply.output === command.output);
    case 'setVolume':
      return reply.is === 'volume';
    case 'setMuted':
      return reply.is === 'muted';
    case 'recallPreset':
      return reply.is === 'recalled';
    case 'savePreset':
      return reply.is === 'saved';
  }
}

/** The number of the input that is on an output, alone on its line; a switcher in verbose mode 3 says more. */
export function tieExchange(
  output: number,
  layer: 'video' | 'audio',
  facts: ExtronFacts,
): Exchange<ExtronReply, number> {
  return exchange(`output ${output} ${layer}?`, say.tie(output, layer), facts, (reply) => {
    if (reply.is === 'route' && reply.output === output) return reply.input;
    return reply.is === 'word' && /^(In)?\d+$/.test(reply.text) ? Number(reply.text.replace('In', '')) : null;
  });
}

/** A switcher with a password asks for it first; one without says only who made it. */
export function loginExchange(password: string, facts: ExtronFacts): Exchange<ExtronReply, boolean> {
  return {
    ...exchange('log in', `${password}\r`, facts, (reply) => (reply.is === 'login' ? true : null)),
  };
}
