import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import type { SwitcherCommand } from '../../ports/switcher.ts';
import { createLineDecoder } from '../../ports/text-decoder.ts';

/**
 * Extron's Simple Instruction Set: a few characters each, without an end, answered by a line that ends with CR LF, which is
 * also told when a hand did it (Extron, DXP manual, "command/response table"). Instructions that begin with ESC end with CR.
 */
export const extronFacts = z.strictObject({
  inputs: z.int().min(1).max(128),
  outputs: z.int().min(1).max(128),
  presets: z.int().min(0).max(64),
  /** A volume of its own, 0 to 100, and a mute. */
  hasSound: z.boolean(),
  timing: driverTiming,
});
export type ExtronFacts = z.infer<typeof extronFacts>;

export type ExtronLayer = 'both' | 'video' | 'audio';

export type ExtronReply =
  | { is: 'route'; output: number; input: number; layer: ExtronLayer }
  | { is: 'volume'; volume: number }
  | { is: 'muted'; isMuted: boolean }
  | { is: 'recalled'; preset: number }
  | { is: 'saved'; preset: number }
  | { is: 'verbose'; mode: number }
  | { is: 'login' }
  | { is: 'password' }
  | { is: 'error'; code: number }
  /** A bare word: what was asked for, when something was. */
  | { is: 'word'; text: string };

const layers: Readonly<Record<string, ExtronLayer>> = { All: 'both', Vid: 'video', RGB: 'video', Aud: 'audio' };
const signs: Readonly<Record<ExtronLayer, string>> = { both: '!', video: '%', audio: '$' };
const esc = '\u001b';

export function parseLine(line: string): ExtronReply | null {
  const text = line.trim();
  const numbered = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  const {
    output,
    input,
    layer = '',
  } = /^(?:Out(?<output>\d+) )?In(?<input>\d+) (?<layer>\w{3})$/i.exec(text)?.groups ?? {};
  const named = layers[layer];
  if (input !== undefined && named)
    return { is: 'route', output: Number(output ?? 1), input: Number(input), layer: named };
  const [volume, muted, recalled, saved, verbose, error] = [
    ...[/^Vol(\d{1,3})$/, /^Amt([01])$/, /^Rpr(\d+)$/, /^Spr(\d+)$/, /^Vrb(\d)$/, /^E(\d{2})$/].map(numbered),
  ];
  if (isNumber(volume)) return volume <= 100 ? { is: 'volume', volume } : null;
  if (isNumber(muted)) return { is: 'muted', isMuted: muted === 1 };
  if (isNumber(recalled)) return { is: 'recalled', preset: recalled };
  if (isNumber(saved)) return { is: 'saved', preset: saved };
  if (isNumber(verbose)) return { is: 'verbose', mode: verbose };
  if (isNumber(error)) return { is: 'error', code: error };
  if (/^Login (Administrator|User)$/.test(text)) return { is: 'login' };
  if (/^Password:/.test(text)) return { is: 'password' };
  // The copyright of the first line, and the date after it, answer nothing.
  return text === '' || /Copyright|^\w{3}, /.test(text) ? null : { is: 'word', text };
}

const isNumber = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value);

/** `Password:` comes without an end of its line. */
export function createExtronDecoder(): { push(bytes: Uint8Array): ExtronReply[] } {
  const lines = createLineDecoder({ ends: '\r\n:', longest: 200 });
  return {
    push: (bytes) =>
      lines.push(bytes).flatMap((line) => {
        const reply = parseLine(line.trim() === 'Password' ? 'Password:' : line);
        return reply ? [reply] : [];
      }),
  };
}

export const say = {
  /** What is done by hand is told, and answers name what they are about. */
  verbose: `${esc}3CV\r`,
  partNumber: 'N',
  volume: 'V',
  mute: 'Z',
  tie: (output: number, layer: ExtronLayer) => `${output}${signs[layer]}`,
};

export function encodeCommand(command: SwitcherCommand, { outputs }: ExtronFacts): string {
  switch (command.kind) {
    case 'route': {
      const { input, output, layer } = command;
      return outputs === 1 ? `${input}${signs[layer]}` : `${input}*${output}${signs[layer]}`;
    }
    case 'setVolume':
      return `${Math.round(Math.min(1, Math.max(0, command.volume)) * 100)}V`;
    case 'setMuted':
      return command.isMuted ? '1Z' : '0Z';
    case 'recallPreset':
      return `${command.preset}.`;
    case 'savePreset':
      return `${command.preset},`;
  }
}
