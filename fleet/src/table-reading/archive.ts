import { inflateRawSync } from 'node:zlib';

/** An archive that unpacks to more than it may, or is none. */
export class ArchiveFault extends Error {
  override readonly name = 'ArchiveFault';
  readonly isTooLarge: boolean;

  constructor(message: string, options: { isTooLarge: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.isTooLarge = options.isTooLarge;
  }
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16
const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endBytes = 22;
const longestComment = 0xffff;
const deflated = 8;

/**
 * Unpacks every entry once and throws when together they are larger than `limitBytes`: the sizes that an archive
 * declares may be lies, and whoever reads it next would believe them.
 */
export function checkUnpackedSize(bytes: Buffer, limitBytes: number): void {
  let left = limitBytes;
  for (const { method, start, packedSize } of listEntries(bytes)) {
    const packed = bytes.subarray(start, start + packedSize);
    left -= method === deflated ? inflatedSize(packed, left) : packed.length;
    if (left < 0) throw new ArchiveFault('too large when unpacked', { isTooLarge: true });
  }
}

function inflatedSize(packed: Buffer, limitBytes: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, limitBytes) }).length;
  } catch (cause) {
    const isTooLarge = cause instanceof RangeError;
    throw new ArchiveFault('an entry cannot be unpacked', { isTooLarge, cause });
  }
}

function* listEntries(bytes: Buffer): Generator<{ method: number; start: number; packedSize: number }> {
  try {
    let at = bytes.length - endBytes;
    const earliest = Math.max(0, at - longestComment);
    while (at >= earliest && bytes.readUInt32LE(at) !== endMark) at -= 1;
    if (at < earliest) throw new ArchiveFault('no archive', { isTooLarge: false });
    const count = bytes.readUInt16LE(at + 10);
    let entry = bytes.readUInt32LE(at + 16);
    for (let index = 0; index < count; index += 1) {
      if (bytes.readUInt32LE(entry) !== entryMark) throw new ArchiveFault('no archive', { isTooLarge: false });
      const header = bytes.readUInt32LE(entry + 42);
      const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
      yield { method: bytes.readUInt16LE(entry + 10), start, packedSize: bytes.readUInt32LE(entry + 20) };
      entry += 46 + bytes.readUInt16LE(entry + 28) + bytes.readUInt16LE(entry + 30) + bytes.readUInt16LE(entry + 32);
    }
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause;
    throw new ArchiveFault('cut off', { isTooLarge: false, cause });
  }
}
