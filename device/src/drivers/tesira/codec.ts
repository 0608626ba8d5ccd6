import { z } from 'zod';
import { driverTiming } from '../../ports/device.ts';
import { createLineDecoder } from '../../ports/text-decoder.ts';

/**
 * Biamp's Tesira Text Protocol: `instanceTag command attribute index value`, ended by LF, answered by `+OK …` or `-ERR …`;
 * what was subscribed comes as `! "publishToken":"…" "value":…`, also between a command and its answer (Biamp, "Tesira Text
 * Protocol").
 */
const attribute = z.strictObject({
  /** Instance tag of the block in the device's configuration; letter case counts. */
  tag: z.string().min(1).max(100),
  index: z.int().min(1).max(2048),
});

export const tesiraFacts = z.strictObject({
  /** What the profile calls each channel, and where its level and its mute are. */
  channels: z.record(
    z.string(),
    z.strictObject({
      gain: attribute.extend({ leastDb: z.number().min(-100), mostDb: z.number().max(12) }).nullable(),
      mute: attribute.nullable(),
    }),
  ),
  /** What the profile calls each preset, and its id: 1001 and up. */
  presets: z.record(z.string(), z.int().min(1001).max(9999)),
  timing: driverTiming,
});
export type TesiraFacts = z.infer<typeof tesiraFacts>;

export type TesiraReply =
  | { is: 'ok'; value: string | null; text: string }
  | { is: 'error'; says: string }
  | { is: 'published'; token: string; value: string }
  | { is: 'banner' }
  /** What a protected device asks for first, over telnet. */
  | { is: 'prompt'; for: 'user' | 'password' };

const banner = /Welcome to the Tesira Text Protocol Server/;

/** A line of the device; null for echoes of what was sent, and for prompts. */
export function parseReply(line: string): TesiraReply | null {
  const text = line.trim();
  if (banner.test(text)) return { is: 'banner' };
  if (/^\+OK(\s|$)/.test(text)) return { is: 'ok', value: valueIn(text), text };
  if (/^-(ERR|GENERAL_FAILURE|CANNOT_DELIVER)/.test(text))
    return { is: 'error', says: text.replace(/^-(ERR\s*)?/, '') };
  const token = /^! "publishToken":"(?<token>[^"]*)"/.exec(text)?.groups?.token;
  const value = valueIn(text);
  return token !== undefined && value !== null ? { is: 'published', token, value } : null;
}

/** `"value":-10.000000`, `"value":true`, `"value":"Room 1"`. */
function valueIn(text: string): string | null {
  const { quoted, bare } = /"value":(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"]+))/.exec(text)?.groups ?? {};
  return quoted ?? bare ?? null;
}

const prompt = /(?:^|\s)(?<asked>login|password): ?$/i;

export function createTesiraDecoder(): { push(bytes: Uint8Array): TesiraReply[] } {
  const lines = createLineDecoder({ ends: '\r\n', longest: 4_000 });
  /** The end of what came, for prompts, which have no end of line. */
  let tail = '';
  return {
    push(bytes) {
      const replies = lines.push(bytes).flatMap((line) => parseReply(line) ?? []);
      tail = (tail + Buffer.from(bytes).toString('latin1')).replace(/^.*[\r\n]/s, '').slice(-longestPrompt);
      const asked = prompt.exec(tail)?.groups?.asked?.toLowerCase();
      if (asked === undefined) return replies;
      tail = '';
      return [...replies, { is: 'prompt', for: asked === 'login' ? 'user' : 'password' }];
    },
  };
}

const longestPrompt = 80;

/** Tags with spaces are quoted. */
export const tagOf = (tag: string): string => (/[^A-Za-z0-9_.-]/.test(tag) ? `"${tag}"` : tag);

export type TesiraAttribute = 'level' | 'mute';

export const say = {
  verbose: 'SESSION set verbose true',
  hostname: 'DEVICE get hostname',
  faults: 'DEVICE get activeFaultList',
  get: (tag: string, attribute: TesiraAttribute, index: number) => `${tagOf(tag)} get ${attribute} ${index}`,
  set: (tag: string, attribute: TesiraAttribute, index: number, value: string) =>
    `${tagOf(tag)} set ${attribute} ${index} ${value}`,
  subscribe: (tag: string, attribute: TesiraAttribute, index: number, token: string) =>
    `${tagOf(tag)} subscribe ${attribute} ${index} ${token} ${publishEveryMs}`,
  recall: (preset: number) => `DEVICE recallPreset ${preset}`,
};

/** What changes is published no more often. */
const publishEveryMs = 200;

export const gainText = (gainDb: number): string => gainDb.toFixed(1);
export const parseGain = (value: string): number | null => {
  const gainDb = Number(value);
  return value !== '' && Number.isFinite(gainDb) ? Math.round(gainDb * 10) / 10 : null;
};
export const parseSwitch = (value: string): boolean | null =>
  value === 'true' ? true : value === 'false' ? false : null;

/** `"faults":[{"id":FAULT_… "name":"…"} …]` for each indicator; empty when there is no fault. */
export function parseFaults(text: string): string[] {
  const lists = [...text.matchAll(/"faults":\[(?<list>[^\]]*)\]/g)];
  return lists.flatMap(({ groups }) =>
    [...(groups?.list ?? '').matchAll(/"name":"([^"]*)"/g)].flatMap(([, name]) => name ?? []),
  );
}
