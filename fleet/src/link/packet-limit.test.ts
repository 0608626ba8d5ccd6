import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacketLimit } from './packet-limit.ts';

/** A packet with this many bytes after its fixed header (MQTT 3.1.1, 2.2.3). */
function packet(length: number): Buffer {
  const header = [0x30];
  let rest = length;
  do {
    header.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

function split(bytes: Buffer, cuts: number[]): Buffer[] {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

test('packets up to the limit pass however the stream is cut, and the first one above is refused', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400)), fc.array(fc.nat()), fc.boolean(), (lengths, cuts, isOver) => {
      const stream = Buffer.concat([...lengths.map(packet), ...(isOver ? [packet(401)] : [])]);
      const limit = createPacketLimit(400);
      expect(split(stream, cuts).every((chunk) => limit.accepts(chunk))).toBe(!isOver);
    }),
  );
});

test('an announced length is enough to refuse, before any of the body came', () => {
  expect(createPacketLimit(1_000).accepts(Buffer.from([0x30, 0xff, 0xff, 0x7f]))).toBe(false);
});

test('a length of more than four bytes is malformed', () => {
  expect(createPacketLimit(2 ** 31).accepts(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80]))).toBe(false);
});
