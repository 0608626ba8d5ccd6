import { z } from 'zod';

/** Updates of a board travel as base64 in parts, each of which fits into a frame; the last one is marked. */
export const maxPartBytes = 96 * 1024;
/** Characters of a part. */
export const maxPartLength = Math.ceil(maxPartBytes / 3) * 4;
export const boardPart = { part: z.base64().max(maxPartLength), isLast: z.boolean() };
export type BoardPart = { part: string; isLast: boolean };

export const toBase64 = (bytes: Uint8Array): string => z.util.uint8ArrayToBase64(bytes);
export const fromBase64 = (text: string): Uint8Array => z.util.base64ToUint8Array(text);

export function toParts(bytes: Uint8Array): BoardPart[] {
  const parts: BoardPart[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += maxPartBytes) {
    const end = start + maxPartBytes;
    parts.push({ part: toBase64(bytes.subarray(start, end)), isLast: end >= bytes.length });
  }
  return parts;
}

/** Collects parts in the order in which they came; gives the whole with the last one, or says that it is too large. */
export function createPartReader(maxBytes: number) {
  let parts: Uint8Array[] = [];
  let size = 0;
  return (next: BoardPart): { isWhole: true; bytes: Uint8Array } | { isWhole: false; isTooLarge: boolean } => {
    const bytes = fromBase64(next.part);
    size += bytes.length;
    if (size > maxBytes) parts = [];
    else parts.push(bytes);
    if (!next.isLast) return { isWhole: false, isTooLarge: size > maxBytes };
    const whole = size > maxBytes ? null : join(parts, size);
    parts = [];
    size = 0;
    return whole === null ? { isWhole: false, isTooLarge: true } : { isWhole: true, bytes: whole };
  };
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
