import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';

/**
 * Shure's command strings over TCP 2202: `< SET 1 AUDIO_MUTE ON >`, answered and told unasked by `< REP 1 AUDIO_MUTE ON >`
 * (Shure, "command strings" of the MXA910 and P300). There is no end of a line: a string ends with its `>`, unless that is
 * inside a name in braces.
 */
export const shureFacts = z.strictObject({
  /** What the profile calls each channel, and its number; 0 is the whole device, which can be muted only. */
  channels: z.record(z.string(), z.int().min(0).max(64)),
  /** What the profile calls each preset, and its number. */
  presets: z.record(z.string(), z.int().min(1).max(10)),
  timing: driverTiming,
});
export type ShureFacts = z.infer<typeof shureFacts>;

/** `channel` null when it is about the device. */
export type ShureReply = { is: 'report'; channel: number | null; key: string; value: string } | { is: 'error' };

/** Gains go from 0 to 1400 in steps of 0.1 dB, 1100 being 0 dB. */
const gainOffset = 1100;
export const leastGainDb = -110;
export const mostGainDb = 30;
export const gainCode = (gainDb: number): number => Math.round(gainDb * 10) + gainOffset;
export const gainOf = (code: number): number => (code - gainOffset) / 10;

export const keys = {
  deviceMute: 'DEVICE_AUDIO_MUTE',
  mute: 'AUDIO_MUTE',
  gain: 'AUDIO_GAIN_HI_RES',
  preset: 'PRESET',
  model: 'MODEL',
} as const;

/** One string without its angle brackets; null for what is no report. */
export function parseReport(text: string): ShureReply | null {
  if (/^REP ERR$/.test(text.trim())) return { is: 'error' };
  const { channel, key, value } =
    /^REP (?:(?<channel>\d+) )?(?<key>[A-Z0-9_]+)(?: (?<value>.*))?$/.exec(text.trim())?.groups ?? {};
  if (key === undefined) return null;
  // Names are filled up with blanks inside their braces.
  const plain = (value ?? '').replace(/^\{(?<name>.*)\}$/, '$<name>').trim();
  return { is: 'report', channel: channel === undefined ? null : Number(channel), key, value: plain };
}

/** Longer than any string of a device; more is noise without an end. */
const longest = 512;

export function createStringDecoder(): { push(bytes: Uint8Array): string[] } {
  let held: string | null = null;
  let isInName = false;
  return {
    push(bytes) {
      const found: string[] = [];
      for (const character of Buffer.from(bytes).toString('latin1')) {
        if (character === '<' && !isInName) held = '';
        else if (held === null) continue;
        else if (character === '>' && !isInName) {
          found.push(held.trim());
          held = null;
        } else {
          if (character === '{') isInName = true;
          if (character === '}') isInName = false;
          held += character;
        }
        if (held !== null && held.length > longest) {
          held = null;
          isInName = false;
        }
      }
      return found;
    },
  };
}

export function createShureDecoder(): { push(bytes: Uint8Array): ShureReply[] } {
  const strings = createStringDecoder();
  return {
    push: (bytes) =>
      strings.push(bytes).flatMap((text) => {
        const reply = parseReport(text);
        return reply ? [reply] : [];
      }),
  };
}
