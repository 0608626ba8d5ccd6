import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import type { DisplayAilment, DisplayCommand } from '../../ports/display.ts';
import type { DisplayFinding, DisplayQuery } from '../../ports/line-display.ts';

/**
 * Samsung MDC as bytes: `AA command id length data… sum`, where the sum is that of all bytes after AA, modulo 256 (Samsung,
 * MDC protocol, "packet structure"). A display answers `AA FF id length 'A'|'N' command data… sum`.
 */
export const samsungMdcFacts = z.strictObject({
  /** As set in the display's menu; 0xFE is everybody, who do not answer. */
  displayId: z.int().min(0).max(0xfd),
  /** What the profile calls each input, and its code (MDC, "input source control"). */
  inputs: z.record(z.string(), z.int().min(0).max(0xff)),
  hasSound: z.boolean(),
  /** Panel off (F9) leaves the display on with a dark picture; not all models have it. */
  hasPanelOff: z.boolean(),
  powerSettlesMs: z.int().min(0).max(120_000),
  timing: driverTiming,
});
export type SamsungMdcFacts = z.infer<typeof samsungMdcFacts>;

export type MdcReply =
  | { is: 'ack'; id: number; command: number; values: Uint8Array }
  | { is: 'nak'; id: number; command: number; code: number }
  /** The display takes only TLS and a PIN, and says so in plain text. */
  | { is: 'secureOnly' };

export const commands = {
  status: 0x00,
  serialNumber: 0x0b,
  errorStatus: 0x0d,
  softwareVersion: 0x0e,
  power: 0x11,
  volume: 0x12,
  mute: 0x13,
  input: 0x14,
  modelName: 0x8a,
  panel: 0xf9,
} as const;

const head = 0xaa;
const replyCommand = 0xff;
const acknowledged = 0x41;
const refused = 0x4e;

export function encode(command: number, id: number, values: readonly number[]): Uint8Array {
  return framed([command, id, values.length, ...values]);
}

export function encodeReply(id: number, mark: 'A' | 'N', command: number, values: readonly number[]): Uint8Array {
  return framed([replyCommand, id, values.length + 2, mark.charCodeAt(0), command, ...values]);
}

const framed = (body: readonly number[]) => Uint8Array.of(head, ...body, sumOf(body));
const sumOf = (bytes: Iterable<number>) => [...bytes].reduce((sum, byte) => sum + byte, 0) & 0xff;

/** The reply in one frame; null for what is none. */
export function parseReply(frame: Uint8Array): MdcReply | null {
  const [first, kind, id = 0, length, mark, command = 0] = frame;
  if (first !== head || kind !== replyCommand || length === undefined || frame.length !== length + 5) return null;
  if (length < 2 || sumOf(frame.subarray(1, -1)) !== frame.at(-1)) return null;
  const values = frame.slice(6, -1);
  if (mark === acknowledged) return { is: 'ack', id, command, values };
  // A refusal bears one error code and no subcommand.
  return mark === refused && values[0] !== undefined ? { is: 'nak', id, command, code: values[0] } : null;
}

const secureGreeting = 'MDCSTART<<TLS>>';

/** Replies out of a stream. What does not add up is searched again from its second byte on. */
export function createMdcDecoder(): { push(bytes: Uint8Array): MdcReply[] } {
  let held: number[] = [];
  return {
    push(bytes) {
      held.push(...bytes);
      const replies: MdcReply[] = [];
      if (String.fromCharCode(...held.slice(0, secureGreeting.length)) === secureGreeting) {
        held = held.slice(secureGreeting.length);
        replies.push({ is: 'secureOnly' });
      }
      for (;;) {
        const size = sizeOfFirst(held);
        if (size === 'unknown' || (typeof size === 'number' && size > held.length)) return replies;
        const reply = size === 'none' ? null : parseReply(Uint8Array.from(held.slice(0, size)));
        if (reply) replies.push(reply);
        held = held.slice(reply && typeof size === 'number' ? size : 1);
      }
    },
  };
}

/** Whole length of the frame that `held` begins with, as far as that can be told. */
function sizeOfFirst(held: readonly number[]): number | 'unknown' | 'none' {
  const [first, kind, , length] = held;
  // The greeting of a secure display may still be on its way.
  if (first === 0x4d && secureGreeting.startsWith(String.fromCharCode(...held))) return 'unknown';
  if (first === undefined || (first === head && kind === undefined)) return 'unknown';
  if (first !== head || kind !== replyCommand) return 'none';
  return length === undefined ? 'unknown' : length + 5;
}

/** Bytes of what a room wants; the display repeats command and value when it has understood. */
export function encodeCommand(command: DisplayCommand, facts: SamsungMdcFacts): { code: number; values: number[] } {
  switch (command.kind) {
    case 'setPower':
      return { code: commands.power, values: [command.isOn ? 1 : 0] };
    case 'setInput':
      return { code: commands.input, values: [facts.inputs[command.input] ?? 0] };
    case 'setVolume':
      return { code: commands.volume, values: [Math.round(Math.min(1, Math.max(0, command.volume)) * 100)] };
    case 'setMuted':
      return { code: commands.mute, values: [command.isMuted ? 1 : 0] };
    case 'setBlank':
      return { code: commands.panel, values: [command.isBlank ? 1 : 0] };
  }
}

export const queryCodes: Readonly<Record<DisplayQuery, number>> = {
  identity: commands.modelName,
  power: commands.power,
  input: commands.input,
  volume: commands.volume,
  muted: commands.mute,
  blank: commands.panel,
  ailments: commands.errorStatus,
};

/** What the values of an answer say to `query`; null when they do not answer it. */
export function decodeAnswer(query: DisplayQuery, values: Uint8Array, facts: SamsungMdcFacts): DisplayFinding | null {
  const [value] = values;
  if (query === 'identity') return { of: query, identity: `Samsung ${Buffer.from(values).toString('latin1').trim()}` };
  if (value === undefined) return null;
  switch (query) {
    case 'power':
      return value <= 1 ? { of: query, power: value === 1 ? 'on' : 'standby' } : null;
    case 'input':
      return { of: query, input: inputName(value, facts) };
    case 'volume':
      return value <= 100 ? { of: query, volume: value / 100 } : null;
    case 'muted':
      return value <= 1 ? { of: query, isMuted: value === 1 } : null;
    case 'blank':
      return value <= 1 ? { of: query, isBlank: value === 1 } : null;
    case 'ailments':
      return { of: query, ailments: ailmentsOf(values) };
  }
}

/** With a computer on HDMI the display tells a code of its own (22 for 21), which cannot be set (MDC, "get only"). */
const pcTwins: Readonly<Record<number, number>> = { 34: 0x21, 36: 0x23, 50: 0x31, 52: 0x33 };

function inputName(code: number, { inputs }: SamsungMdcFacts): string {
  const set = pcTwins[code] ?? code;
  const known = Object.entries(inputs).find(([, each]) => each === set || each === code);
  return known ? known[0] : `code ${code.toString(16).padStart(2, '0')}`;
}

/** MDC, "display status": lamp, temperature, brightness sensor, input signal, temperature in °C, fan; 1 is an error. */
function ailmentsOf([lamp, temperature, , , , fan]: Uint8Array): DisplayAilment[] {
  const found: DisplayAilment[] = [];
  if (lamp === 1) found.push({ part: 'lamp', isFatal: true });
  if (temperature === 1) found.push({ part: 'temperature', isFatal: true });
  if (fan === 1) found.push({ part: 'fan', isFatal: true });
  return found;
}
