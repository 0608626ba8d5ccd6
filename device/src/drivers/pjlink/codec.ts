import { createHash } from 'node:crypto';
import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import type { DisplayAilment, DisplayCommand, DisplayPower } from '../../ports/display.ts';
import type { DisplayFinding, DisplayNotice } from '../../ports/line-display.ts';
import { createLineDecoder } from '../../ports/text-decoder.ts';

/**
 * PJLink classes 1 and 2 over TCP 4352 (JBMIA, "PJLink specifications"): `%` class, four letters, a space and a parameter,
 * ended by CR; answered with `=` in the place of the space. At most 136 characters. What class 2 says unasked comes over UDP
 * 4352, a line in each datagram.
 */
export const pjlinkFacts = z.strictObject({
  /** What the profile calls each input, and its number: 1x RGB, 2x video, 3x digital, 4x storage, 5x network, 6x internal. */
  inputs: z.record(z.string(), z.string().regex(/^[1-6][1-9A-Z]$/)),
  /** `separate`: picture and sound are muted apart; `together`: only both at once; `none`: neither. */
  muting: z.enum(['separate', 'together', 'none']),
  powerSettlesMs: z.int().min(0).max(300_000),
  timing: driverTiming,
});
export type PjlinkFacts = z.infer<typeof pjlinkFacts>;

export const longestLine = 136;

export type PjlinkReply =
  /** The first thing said on a connection; `random` null when it wants no password. */
  | { is: 'greeting'; random: string | null }
  /** The password was wrong: it closes the connection after this. */
  | { is: 'wrongPassword' }
  /** `head` as it was asked: `%1POWR`. */
  | { is: 'answer'; head: string; value: string };

export function parseReply(line: string): PjlinkReply | null {
  const text = line.trim();
  if (/^PJLINK ERRA$/i.test(text)) return { is: 'wrongPassword' };
  const greeting = /^PJLINK (?:(?<open>0)|1 (?<random>[0-9a-f]{8}))$/i.exec(text)?.groups;
  if (greeting) return { is: 'greeting', random: greeting.random ?? null };
  // Some write the header in lower case; the value's case is its own.
  const answer = /^(?<head>%[12][a-z0-9]{4})=(?<value>.*)$/i.exec(text)?.groups;
  if (!answer?.head || answer.value === undefined) return null;
  return { is: 'answer', head: answer.head.toUpperCase(), value: answer.value };
}

export function createPjlinkDecoder(): { push(bytes: Uint8Array): PjlinkReply[] } {
  const lines = createLineDecoder({ ends: '\r\n', longest: longestLine });
  return {
    push: (bytes) =>
      // Some fill each packet up with zeros behind its end, which are not the beginning of the next.
      lines.push(bytes.filter((byte) => byte !== 0)).flatMap((line) => {
        const reply = parseReply(line);
        return reply ? [reply] : [];
      }),
  };
}

const noticed: Readonly<Record<string, PjlinkQuery>> = { '%2POWR': 'power', '%2INPT': 'input', '%2ERST': 'ailments' };

/** What a projector of class 2 says unasked (PJLink class 2, 3.3): no question of ours has these heads. */
export function decodeNotice(reply: PjlinkReply, facts: PjlinkFacts): DisplayFinding | null {
  if (reply.is !== 'answer') return null;
  const query = noticed[reply.head];
  return query ? decodeAnswer(query, reply.value, facts) : null;
}

/** A datagram is one line with its end. LKUP names a MAC address; the host that it came from says the same. */
export function decodeDatagram(datagram: Uint8Array, facts: PjlinkFacts): DisplayNotice | null {
  const text = new TextDecoder('latin1').decode(datagram).replace(/\0+$/, '');
  const line = /^(?<line>[^\r\n]+)\r$/.exec(text)?.groups?.line;
  const reply = line === undefined || line.length > longestLine ? null : parseReply(line);
  if (reply?.is === 'answer' && reply.head === '%2LKUP') return { of: 'linkUp' };
  return reply && decodeNotice(reply, facts);
}

/** PJLink, "authentication procedure": goes before the first command of a connection. */
export const digestOf = (random: string, password: string): string =>
  createHash('md5').update(`${random}${password}`).digest('hex');

export function encodeCommand(
  command: DisplayCommand,
  { inputs, muting }: PjlinkFacts,
): { head: string; value: string } {
  switch (command.kind) {
    case 'setPower':
      return { head: '%1POWR', value: command.isOn ? '1' : '0' };
    case 'setInput':
      return { head: '%1INPT', value: inputs[command.input] ?? '' };
    case 'setMuted':
      return { head: '%1AVMT', value: command.isMuted ? '21' : '20' };
    case 'setBlank':
      return { head: '%1AVMT', value: `${muting === 'together' ? '3' : '1'}${command.isBlank ? '1' : '0'}` };
    case 'setVolume':
      // Class 2 has only steps (SVOL), whose end nobody can ask for.
      return { head: '%2SVOL', value: '' };
  }
}

export type PjlinkQuery = Exclude<DisplayFinding['of'], 'volume'>;

export const queryHeads: Readonly<Record<PjlinkQuery, string>> = {
  identity: '%1INF2',
  power: '%1POWR',
  input: '%1INPT',
  muted: '%1AVMT',
  blank: '%1AVMT',
  ailments: '%1ERST',
};

const powers: Readonly<Record<string, DisplayPower>> = { 0: 'standby', 1: 'on', 2: 'coolingDown', 3: 'warmingUp' };

export function decodeAnswer(query: PjlinkQuery, value: string, { inputs }: PjlinkFacts): DisplayFinding | null {
  switch (query) {
    case 'identity':
      return { of: query, identity: value };
    case 'power': {
      const power = powers[value];
      return power ? { of: query, power } : null;
    }
    case 'input': {
      if (!/^[1-6][1-9A-Z]$/i.test(value)) return null;
      const known = Object.entries(inputs).find(([, each]) => each === value.toUpperCase());
      return { of: query, input: known ? known[0] : value };
    }
    case 'muted':
      return mutePattern.test(value) ? { of: query, isMuted: value === '21' || value === '31' } : null;
    case 'blank':
      return mutePattern.test(value) ? { of: query, isBlank: value === '11' || value === '31' } : null;
    case 'ailments':
      return /^[012]{6}$/.test(value) ? { of: query, ailments: ailmentsOf(value) } : null;
  }
}

const mutePattern = /^[123][01]$/;
const parts = ['fan', 'lamp', 'temperature', 'cover', 'filter', 'other'] as const;

/** ERST: one digit for each part; 0 is well, 1 a warning, 2 an error. */
function ailmentsOf(digits: string): DisplayAilment[] {
  return parts.flatMap((part, index) => {
    const digit = digits[index];
    return digit === '0' ? [] : [{ part, isFatal: digit === '2' }];
  });
}
