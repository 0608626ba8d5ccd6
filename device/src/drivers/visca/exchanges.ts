import { DriverError } from '../../ports/driver-error.ts';
import type { Exchange, Verdict } from '../../ports/exchange.ts';
import { type Answer, decodeAnswer, encodeInquiry, type Inquiry, type ViscaFacts } from './codec.ts';
import { resetSequence, type ViscaReply, withHeader } from './frames.ts';

/**
 * What a camera answers to what. It acknowledges a command with the socket that it runs in, and ends it with that
 * socket's completion or error; two commands at most, a third is answered "buffer full". Inquiries use no socket. Behind
 * Sony's header, each reply bears the number of its request.
 */
export type Framing = 'serial' | 'packets';

/** How a conversation goes on. */
export type Numbering = { framing: Framing; nextSequence: () => number; acknowledgedWithinMs: number };

/** A slow head from one end to the other. */
const movedWithinMs = 30_000;
const switchedWithinMs = 5_000;
const fullAgainMs = 100;

/** Sony VISCA command list, error codes. */
const faults: Readonly<Record<number, { fault: DriverError['fault']; says: string }>> = {
  1: { fault: 'refused', says: 'message length error' },
  2: { fault: 'refused', says: 'syntax error' },
  4: { fault: 'not_now', says: 'cancelled' },
  5: { fault: 'not_now', says: 'no socket' },
  65: { fault: 'not_now', says: 'not executable in the present state' },
};
const bufferFull = 3;

type ToCamera = { name: string; payload: Uint8Array; isUrgent?: boolean };

export function commandExchange(
  { name, payload, isUrgent = false }: ToCamera,
  { isMotion }: { isMotion: boolean },
  numbering: Numbering,
): Exchange<ViscaReply, void> {
  let socket: number | null = null;
  const sent = numbered('command', payload, numbering);

  function take(reply: ViscaReply): Verdict<void> {
    if (!sent.isAnsweredBy(reply)) return { is: 'foreign' };
    switch (reply.is) {
      case 'ack':
        if (socket === reply.socket) return lost(name);
        if (socket !== null) return { is: 'foreign' };
        socket = reply.socket;
        return { is: 'progress', withinMs: isMotion ? movedWithinMs : switchedWithinMs };
      case 'completion':
        // Socket 0: done at once, without a socket.
        return reply.socket === (socket ?? 0) ? { is: 'done', value: undefined } : { is: 'foreign' };
      case 'error':
        return reply.socket === (socket ?? reply.socket) ? failed(name, reply.code) : { is: 'foreign' };
      default:
        return { is: 'foreign' };
    }
  }

  return {
    ...{ name, take, isUrgent, timeoutMs: numbering.acknowledgedWithinMs },
    start() {
      socket = null;
      return sent.start();
    },
  };
}

export function inquiryExchange(
  { inquiry, isUrgent = false }: { inquiry: Inquiry; isUrgent?: boolean },
  facts: ViscaFacts,
  numbering: Numbering,
): Exchange<ViscaReply, Answer> {
  const name = `${inquiry}?`;
  const sent = numbered('inquiry', encodeInquiry(inquiry, facts), numbering);
  return {
    ...{ name, isUrgent, timeoutMs: numbering.acknowledgedWithinMs, start: sent.start },
    take(reply) {
      if (!sent.isAnsweredBy(reply)) return { is: 'foreign' };
      // Behind Sony's header its number says whose it is; without, a socket is another command's.
      const isIts = reply.is === 'error' && (reply.socket === 0 || numbering.framing === 'packets');
      if (isIts) return failed(name, reply.code);
      if (reply.is !== 'answer') return { is: 'foreign' };
      const value = decodeAnswer(inquiry, reply.data, facts);
      if (value) return { is: 'done', value };
      const bytes = Buffer.from(reply.data).toString('hex');
      return { is: 'failed', error: new DriverError('nonsense', `${name}: answered ${bytes}`) };
    },
  };
}

/** Begins Sony's numbering anew; the first thing said on a line with packets. */
export function resetExchange(numbering: Numbering): Exchange<ViscaReply, void> {
  return {
    ...{ name: 'reset sequence', isUrgent: false, timeoutMs: numbering.acknowledgedWithinMs },
    start: () => withHeader('control', 0, resetSequence),
    take: (reply) => (reply.is === 'control' ? { is: 'done', value: undefined } : { is: 'foreign' }),
  };
}

/** Each try has a number of its own: a camera takes the same number for the same packet come twice. */
function numbered(type: 'command' | 'inquiry', payload: Uint8Array, { framing, nextSequence }: Numbering) {
  let sequence = 0;
  return {
    start(): Uint8Array {
      if (framing === 'serial') return payload;
      sequence = nextSequence();
      return withHeader(type, sequence, payload);
    },
    isAnsweredBy: (reply: ViscaReply) => framing === 'serial' || !('sequence' in reply) || reply.sequence === sequence,
  };
}

/** A camera gives a socket away only when what ran in it has ended, as a movement does that was stopped. */
function lost(name: string): Verdict<never> {
  return { is: 'lost', error: new DriverError('no_answer', `${name}: its socket was given to the next`) };
}

function failed(name: string, code: number): Verdict<never> {
  if (code === bufferFull) return { is: 'again', afterMs: fullAgainMs };
  const { fault, says } = faults[code] ?? { fault: 'nonsense', says: `error ${code.toString(16)}` };
  return { is: 'failed', error: new DriverError(fault, `${name}: ${says}`) };
}
