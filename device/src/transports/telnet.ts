import type { OpenConnection } from '../ports/connection.ts';

/**
 * Telnet around a connection: what a device wants to negotiate (RFC 854) is refused, and only its own words come through.
 * A byte 255 of ours would be a command: it is doubled.
 */
const iac = 0xff;
const verbs = { will: 0xfb, wont: 0xfc, do: 0xfd, dont: 0xfe } as const;
const subnegotiation = { begin: 0xfa, end: 0xf0 } as const;

export function openTelnet(open: OpenConnection): OpenConnection {
  return async ({ onBytes, onEnd }, options) => {
    const filter = createTelnetFilter();
    const early: Uint8Array[] = [];
    let say = (answer: Uint8Array): void => void early.push(answer);
    const hear = (bytes: Uint8Array) => {
      const { words, answer } = filter.push(bytes);
      if (answer.length > 0) say(answer);
      if (words.length > 0) onBytes(words);
    };
    const connection = await open({ onBytes: hear, onEnd }, options);
    // A connection that fails says so by its end; what was to be refused is then of no matter.
    say = (answer) => void connection.send(answer).catch(() => {});
    for (const answer of early.splice(0)) say(answer);
    return { send: (bytes) => connection.send(Uint8Array.from([...bytes].flatMap((b) => (b === iac ? [b, b] : [b])))) };
  };
}

/** What a device says in words, and what is to be answered to what it wants. */
export function createTelnetFilter(): { push(bytes: Uint8Array): { words: Uint8Array; answer: Uint8Array } } {
  let held: number[] = [];
  return {
    push(bytes) {
      held.push(...bytes);
      const words: number[] = [];
      const answer: number[] = [];
      while (held.length > 0) {
        const length = lengthOfFirst(held);
        if (length === null) break;
        const [first = 0, verb, option = 0] = held;
        if (first !== iac) words.push(first);
        else if (verb === iac) words.push(iac);
        else if (verb === verbs.do) answer.push(iac, verbs.wont, option);
        else if (verb === verbs.will) answer.push(iac, verbs.dont, option);
        held = held.slice(length);
      }
      return { words: Uint8Array.from(words), answer: Uint8Array.from(answer) };
    },
  };
}

/** Bytes of the word or command that `held` begins with; null while it is not whole. */
function lengthOfFirst(held: readonly number[]): number | null {
  const [first, verb] = held;
  if (first !== iac) return 1;
  if (verb === undefined) return null;
  if (verb === subnegotiation.begin) {
    const end = held.findIndex((byte, at) => byte === subnegotiation.end && held[at - 1] === iac);
    return end < 0 ? null : end + 1;
  }
  const hasOption = verb >= verbs.will && verb <= verbs.dont;
  if (!hasOption) return 2;
  return held.length < 3 ? null : 3;
}
