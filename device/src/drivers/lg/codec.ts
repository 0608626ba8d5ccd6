import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import type { DisplayCommand } from '../../ports/display.ts';
import type { DisplayFinding } from '../../ports/line-display.ts';
import { createLineDecoder, toBytes } from '../../ports/text-decoder.ts';

/**
 * LG's RS-232 and TCP 9761 language: two letters, set id and value in hexadecimal, CR; the display answers with the second
 * letter, its id, OK or NG, the value and an `x` (LG signage manuals, "External control"; lg_control, "Command Protocol").
 */
export const lgFacts = z.strictObject({
  /** As set in the display's menu; 0 is everybody, of whom many do not answer. */
  setId: z.int().min(1).max(0xff),
  /** What the profile calls each input, and its code of `xb` (a table of the model). */
  inputs: z.record(z.string(), z.int().min(0).max(0xfe)),
  powerSettlesMs: z.int().min(0).max(120_000),
  timing: driverTiming,
});
export type LgFacts = z.infer<typeof lgFacts>;

export type LgReply = { letter: string; setId: number; isOk: boolean; value: string };

export const letters = { power: 'ka', input: 'xb', volume: 'kf', mute: 'ke', screenMute: 'kd', serial: 'fy' } as const;
export const askValue = 'FF';

const hex = (value: number) => value.toString(16).toUpperCase().padStart(2, '0');

export const encode = (command: string, { setId }: Pick<LgFacts, 'setId'>, value: string): Uint8Array =>
  toBytes(`${command} ${hex(setId)} ${value}\r`);

/** Of what came before an `x`, a reply is the end: noise before it is none of its. */
const replyPattern = /(?<letter>[a-z]) (?<id>[0-9a-f]{2}) (?<mark>OK|NG)(?<value>[0-9a-z]*)$/i;

export function createLgDecoder(): { push(bytes: Uint8Array): LgReply[] } {
  const lines = createLineDecoder({ ends: 'x', longest: 120 });
  return {
    push: (bytes) =>
      lines.push(bytes).flatMap((line) => {
        const { letter, id, mark, value } = replyPattern.exec(line)?.groups ?? {};
        if (letter === undefined || id === undefined || mark === undefined || value === undefined) return [];
        return [{ letter: letter.toLowerCase(), setId: Number.parseInt(id, 16), isOk: /ok/i.test(mark), value }];
      }),
  };
}

export function encodeCommand(command: DisplayCommand, { inputs }: LgFacts): { command: string; value: string } {
  switch (command.kind) {
    case 'setPower':
      return { command: letters.power, value: command.isOn ? '01' : '00' };
    case 'setInput':
      return { command: letters.input, value: hex(inputs[command.input] ?? 0) };
    case 'setVolume':
      return { command: letters.volume, value: hex(Math.round(Math.min(1, Math.max(0, command.volume)) * 100)) };
    case 'setMuted':
      // The volume's own switch: 00 is silent, 01 is heard.
      return { command: letters.mute, value: command.isMuted ? '00' : '01' };
    case 'setBlank':
      return { command: letters.screenMute, value: command.isBlank ? '01' : '00' };
  }
}

export type LgQuery = Exclude<DisplayFinding['of'], 'ailments'>;

export const queryLetters: Readonly<Record<LgQuery, string>> = {
  identity: letters.serial,
  power: letters.power,
  input: letters.input,
  volume: letters.volume,
  muted: letters.mute,
  blank: letters.screenMute,
};

export function decodeAnswer(query: LgQuery, value: string, { inputs }: LgFacts): DisplayFinding | null {
  if (query === 'identity') return { of: query, identity: `LG ${value}` };
  const code = /^[0-9a-f]{2}$/i.test(value) ? Number.parseInt(value, 16) : -1;
  switch (query) {
    case 'power':
      return code === 0 || code === 1 ? { of: query, power: code === 1 ? 'on' : 'standby' } : null;
    case 'input': {
      const known = Object.entries(inputs).find(([, each]) => each === code);
      return code < 0 ? null : { of: query, input: known ? known[0] : `code ${hex(code)}` };
    }
    case 'volume':
      return code >= 0 && code <= 100 ? { of: query, volume: code / 100 } : null;
    case 'muted':
      return code === 0 || code === 1 ? { of: query, isMuted: code === 0 } : null;
    case 'blank':
      // 10 mutes the video and leaves what is drawn over it.
      return [0x00, 0x01, 0x10].includes(code) ? { of: query, isBlank: code !== 0 } : null;
  }
}
