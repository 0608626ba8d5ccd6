/**
 * Lines of text out of a stream that splits and joins them. A line without an end is thrown away at `longest` characters,
 * and what follows up to the next end with it. Bytes are taken as Latin-1, so that none of them is lost.
 */
export function createLineDecoder({ ends, longest }: { ends: string; longest: number }): {
  push(bytes: Uint8Array): string[];
} {
  let held = '';
  let isTooLong = false;
  return {
    push(bytes) {
      const lines: string[] = [];
      for (const character of Buffer.from(bytes).toString('latin1')) {
        if (ends.includes(character)) {
          if (!isTooLong && held !== '') lines.push(held);
          held = '';
          isTooLong = false;
        } else if (held.length >= longest) isTooLong = true;
        else held += character;
      }
      return lines;
    },
  };
}

export const toBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
