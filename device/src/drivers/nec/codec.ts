import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import type { DisplayAilment, DisplayCommand, DisplayPower } from '../../ports/display.ts';
import type { DisplayFinding } from '../../ports/line-display.ts';

/**
 * NEC and Sharp displays (NEC, "External control"): `SOH 0 to from type length STX body ETX check CR`. The length is that
 * of STX to ETX in hexadecimal letters, the check the XOR of everything from after SOH to ETX. Type A is a command, C asks
 * for a parameter, E sets one; B, D and F answer them.
 */
export const necFacts = z.strictObject({
  /** Monitor ID of the display's menu. */
  monitorId: z.int().min(1).max(100),
  /** What the profile calls each input, and its value of parameter 0060 (a table of the model). */
  inputs: z.record(z.string(), z.int().min(1).max(0xffff)),
  hasSound: z.boolean(),
  /** Parameter 10B6; not all models have it. */
  hasScreenMute: z.boolean(),
  /** What a display needs between an answer and the next command. */
  restMs: z.int().min(0).max(5_000),
  powerSettlesMs: z.int().min(0).max(120_000),
  timing: driverTiming,
});
export type NecFacts = z.infer<typeof necFacts>;

/** What a display says: its body, from the monitor that says it. */
export type NecReply = { monitorId: number; type: 'B' | 'D' | 'F'; body: string };

export type NecType = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

const soh = 0x01;
const stx = 0x02;
const etx = 0x03;
const cr = 0x0d;
const headerLength = 7;
/** The controller's own address, and the one that monitor 1 is next to: `A` is 1, `*` is everybody. */
const controllerAddress = 0x30;
const addressOf = (monitorId: number) => 0x40 + monitorId;

export const opcodes = { input: 0x0060, volume: 0x0062, mute: 0x008d, screenMute: 0x10b6 } as const;
export const powerAsked = '01D6';
export const powerSet = 'C203D6';
export const modelAsked = 'C217';
export const modelAnswered = 'C317';
export const diagnosisAsked = 'B1';
export const diagnosisAnswered = 'A1';
/** The display cannot answer now, or does not know the command. */
export const nullMessage = 'BE';

export const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');

export const encode = (type: NecType, monitorId: number, body: string): Uint8Array =>
  framed(addressOf(monitorId), controllerAddress, type, body);

/** As a display answers. */
export const encodeReply = (type: NecType, monitorId: number, body: string): Uint8Array =>
  framed(controllerAddress, addressOf(monitorId), type, body);

function framed(to: number, from: number, type: NecType, body: string): Uint8Array {
  const checked = [
    ...[0x30, to, from, type.charCodeAt(0), ...Buffer.from(hex(body.length + 2, 2))],
    ...[stx, ...Buffer.from(body), etx],
  ];
  return Uint8Array.of(soh, ...checked, checkOf(checked), cr);
}

const checkOf = (bytes: Iterable<number>) => [...bytes].reduce((all, byte) => all ^ byte, 0);

/** The message in one whole frame of either direction; null for what is none. */
export function parseFrame(frame: Uint8Array): { to: number; from: number; type: string; body: string } | null {
  const [, , to = 0, from = 0, type = 0] = frame;
  if (frame[0] !== soh || frame[1] !== 0x30 || frame.at(-1) !== cr || frame[headerLength] !== stx) return null;
  if (frame.at(-3) !== etx || checkOf(frame.subarray(1, -2)) !== frame.at(-2)) return null;
  const body = Buffer.from(frame.subarray(headerLength + 1, -3)).toString('latin1');
  return { to, from, type: String.fromCharCode(type), body };
}

/**
 * Frames of either direction out of a stream. The check may itself be a CR or an ETX (that of `input?` is), so frames end
 * where their length says.
 */
export function createFrameDecoder(): { push(bytes: Uint8Array): ReturnType<typeof parseFrame>[] } {
  let held: number[] = [];
  return {
    push(bytes) {
      held.push(...bytes);
      const messages: ReturnType<typeof parseFrame>[] = [];
      for (;;) {
        const start = held.indexOf(soh);
        held = start < 0 ? [] : held.slice(start);
        if (held.length < 2) return messages;
        const size = held[1] === 0x30 ? sizeOf(held) : 0;
        if (size === null || size > held.length) return messages;
        const message = parseFrame(Uint8Array.from(held.slice(0, size)));
        if (message) messages.push(message);
        held = held.slice(message ? size : 1);
      }
    },
  };
}

/** Whole length of the frame that `held` begins with: null while that is not known, 0 when it is none. */
function sizeOf(held: readonly number[]): number | null {
  if (held.length < headerLength) return null;
  const digits = String.fromCharCode(...held.slice(5, headerLength));
  return /^[0-9A-F]{2}$/i.test(digits) ? headerLength + Number.parseInt(digits, 16) + 2 : 0;
}

export function createNecDecoder(): { push(bytes: Uint8Array): NecReply[] } {
  const frames = createFrameDecoder();
  return {
    push: (bytes) =>
      frames.push(bytes).flatMap((message) => {
        if (message?.to !== controllerAddress) return [];
        const { type, body, from } = message;
        return type === 'B' || type === 'D' || type === 'F' ? [{ type, body, monitorId: from - 0x40 }] : [];
      }),
  };
}

/** An answer about a parameter: result, opcode, kind, greatest value, value. */
export function parseParameter(body: string): { isKnown: boolean; opcode: number; most: number; value: number } | null {
  const parts = /^(?<result>..)(?<opcode>.{4})..(?<most>.{4})(?<value>.{4})$/.exec(body)?.groups;
  if (!parts || !/^[0-9A-F]{16}$/i.test(body)) return null;
  const number = (part: string | undefined) => Number.parseInt(part ?? '', 16);
  return {
    isKnown: number(parts.result) === 0,
    ...{ opcode: number(parts.opcode), most: number(parts.most), value: number(parts.value) },
  };
}

export function encodeCommand(
  command: DisplayCommand,
  { inputs }: NecFacts,
): { opcode: number; value: number } | 'power' {
  switch (command.kind) {
    case 'setPower':
      return 'power';
    case 'setInput':
      return { opcode: opcodes.input, value: inputs[command.input] ?? 0 };
    case 'setVolume':
      return { opcode: opcodes.volume, value: Math.round(Math.min(1, Math.max(0, command.volume)) * 100) };
    case 'setMuted':
      return { opcode: opcodes.mute, value: command.isMuted ? 1 : 2 };
    case 'setBlank':
      return { opcode: opcodes.screenMute, value: command.isBlank ? 1 : 2 };
  }
}

const powers: Readonly<Record<number, DisplayPower>> = { 1: 'on', 2: 'standby', 3: 'standby', 4: 'standby' };

/** `02`, result, `D6000004 000x`: 1 is on, 2 standby, 3 suspended, 4 off. */
export function decodePower(body: string): DisplayFinding | 'refused' | null {
  const { result, state } = /^02(?<result>[0-9A-F]{2})D60000040{3}(?<state>[0-9A-F])$/i.exec(body)?.groups ?? {};
  if (result === undefined) return null;
  const power = powers[Number(state)];
  return result === '00' && power ? { of: 'power', power } : 'refused';
}

export function decodeParameter(
  query: 'input' | 'volume' | 'muted' | 'blank',
  { value, most }: { value: number; most: number },
  { inputs }: NecFacts,
): DisplayFinding {
  switch (query) {
    case 'input': {
      const known = Object.entries(inputs).find(([, each]) => each === value);
      return { of: query, input: known ? known[0] : `code ${hex(value, 4)}` };
    }
    case 'volume':
      return { of: query, volume: most > 0 ? Math.min(1, value / most) : 0 };
    case 'muted':
      return { of: query, isMuted: value === 1 };
    case 'blank':
      return { of: query, isBlank: value === 1 };
  }
}

/** Model names come as pairs of hexadecimal letters, up to a 00. */
export function decodeText(pairs: string): string {
  const bytes = [...(pairs.match(/../g) ?? [])].map((pair) => Number.parseInt(pair, 16));
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.slice(0, end)));
}

/** External control, "self-diagnosis": pairs of hexadecimal letters, 00 when all is well. */
export function decodeDiagnosis(pairs: string): DisplayAilment[] {
  return [...(pairs.match(/../g) ?? [])].flatMap((pair) => ailmentOf(Number.parseInt(pair, 16)) ?? []);
}

function ailmentOf(code: number): DisplayAilment | null {
  if (code === 0x00) return null;
  if (code >= 0x80 && code <= 0x8f) return { part: 'fan', isFatal: true };
  if (code >= 0x90 && code <= 0x9f) return { part: 'lamp', isFatal: true };
  // A0 is the temperature at which it switches off; A1 and A2 come before.
  if (code >= 0xa0 && code <= 0xaf) return { part: 'temperature', isFatal: code === 0xa0 };
  return { part: 'other', isFatal: false };
}
