import { crc32 } from 'node:zlib';

/**
 * A journal is text: one line for each append, `<CRC-32 of the JSON, 8 hex digits> <JSON array of its entries>`. An append
 * is on disk before the next one begins, so a crash can only tear the last line; anything else that does not check is
 * damage.
 */

export function encodeAppend(entries: readonly unknown[]): string {
  const json = JSON.stringify(entries);
  return `${checksum(json)} ${json}\n`;
}

export type DecodedJournal = {
  entries: unknown[];
  /** Length of the file up to a torn last line; its whole length when nothing is torn. */
  intactBytes: number;
  /** Numbers, from 1, of lines before the last that do not check. */
  damagedLines: number[];
};

const newline = 0x0a;

export function decodeJournal(bytes: Buffer): DecodedJournal {
  const entries: unknown[] = [];
  const damagedLines: number[] = [];
  let start = 0;
  let line = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(newline, start);
    if (end === -1) return { entries, intactBytes: start, damagedLines };
    line += 1;
    const appended = decodeLine(bytes.subarray(start, end));
    if (appended) entries.push(...appended);
    else if (end + 1 === bytes.length) return { entries, intactBytes: start, damagedLines };
    else damagedLines.push(line);
    start = end + 1;
  }
  return { entries, intactBytes: bytes.length, damagedLines };
}

function decodeLine(bytes: Buffer): unknown[] | null {
  const text = bytes.toString('utf8');
  const json = text.slice(9);
  if (text[8] !== ' ' || text.slice(0, 8) !== checksum(json)) return null;
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}
