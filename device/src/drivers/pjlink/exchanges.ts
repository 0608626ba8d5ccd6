import type { DisplayCommandKind } from '../../ports/display.ts';
import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import type { DisplayDialect, DisplayQuery } from '../../ports/line-display.ts';
import { toBytes } from '../../ports/text-decoder.ts';
import {
  createPjlinkDecoder,
  decodeAnswer,
  decodeDatagram,
  decodeNotice,
  digestOf,
  encodeCommand,
  type PjlinkFacts,
  type PjlinkReply,
  queryHeads,
} from './codec.ts';

type Pjlink = { facts: PjlinkFacts; password: string };

/** PJLink, "error response": what a projector calls what it cannot do. */
const refusals: Readonly<Record<string, { fault: DriverError['fault']; says: string }>> = {
  ERR1: { fault: 'refused', says: 'undefined command' },
  ERR2: { fault: 'refused', says: 'out of parameter' },
  ERR3: { fault: 'not_now', says: 'unavailable time' },
  ERR4: { fault: 'device_failed', says: 'projector or display failure' },
};

const mutes: Readonly<Record<PjlinkFacts['muting'], { commands: DisplayCommandKind[]; queries: DisplayQuery[] }>> = {
  separate: { commands: ['setMuted', 'setBlank'], queries: ['muted', 'blank'] },
  together: { commands: ['setBlank'], queries: ['blank'] },
  none: { commands: [], queries: [] },
};

/** The projector speaks first; with what it says, the first command proves that we know the password. */
export function createPjlinkDialect({ facts, password }: Pjlink): DisplayDialect<PjlinkReply> {
  const { commands, queries } = mutes[facts.muting];
  const proof = { next: '' };
  const say = <T>(name: string, said: { head: string; value: string }, read: (value: string) => T | null) =>
    exchange(name, said, { facts, proof, read });

  return {
    capabilities: { commands: ['setPower', 'setInput', ...commands], inputs: Object.keys(facts.inputs) },
    createDecoder: createPjlinkDecoder,
    opening() {
      proof.next = '';
      return [greeting({ facts, password, proof })];
    },
    command: (command) =>
      say(command.kind, encodeCommand(command, facts), (value) => (value === 'OK' ? 'understood' : null)),
    queries: ['power', 'input', ...queries, 'ailments', 'identity'],
    query(query) {
      if (query === 'volume') throw new DriverError('refused', `${query}?: it has no such question`);
      const asked = { head: queryHeads[query], value: '?' };
      return say(`${query}?`, asked, (value) => decodeAnswer(query, value, facts));
    },
    // Some say on the connection what they also say beside it. That they are new they say there of an old one, too.
    hear: (reply) => decodeNotice(reply, facts),
    notice: (datagram) => decodeDatagram(datagram, facts),
    restMs: 0,
    // It greets whoever connects, and nobody twice.
    whenLost: 'reopen',
  };
}

type Proof = { next: string };

function greeting({ facts, password, proof }: Pjlink & { proof: Proof }): Exchange<PjlinkReply, void> {
  return {
    ...{ name: 'greeting', isUrgent: false, timeoutMs: facts.timing.answerWithinMs },
    // The projector begins.
    start: () => new Uint8Array(),
    take(reply) {
      if (reply.is !== 'greeting') return { is: 'foreign' };
      proof.next = reply.random === null ? '' : digestOf(reply.random, password);
      return { is: 'done', value: undefined };
    },
  };
}

function exchange<T>(
  name: string,
  { head, value }: { head: string; value: string },
  { facts, proof, read }: { facts: PjlinkFacts; proof: Proof; read: (value: string) => T | null },
): Exchange<PjlinkReply, T> {
  return {
    ...{ name, isUrgent: false, timeoutMs: facts.timing.answerWithinMs },
    start() {
      const first = proof.next;
      proof.next = '';
      return toBytes(`${first}${head} ${value}\r`);
    },
    take(reply): Verdict<T> {
      if (reply.is === 'wrongPassword') return failed('refused', `${name}: the password is wrong`);
      if (reply.is !== 'answer' || reply.head !== head) return { is: 'foreign' };
      const refusal = refusals[reply.value.toUpperCase()];
      if (refusal) return failed(refusal.fault, `${name}: ${refusal.says}`);
      const found = read(reply.value);
      return found === null ? failed('nonsense', `${name}: answered ${reply.value}`) : { is: 'done', value: found };
    },
  };
}

function failed(fault: DriverError['fault'], message: string): Verdict<never> {
  return { is: 'failed', error: new DriverError(fault, message) };
}
