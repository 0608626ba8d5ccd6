import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJournal, encodeAppend } from './journal-lines.ts';

const appends = fc.array(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }), { maxLength: 6 });
const fileOf = (all: unknown[][]) => Buffer.from(all.map(encodeAppend).join(''));
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

test('what was appended comes back', () => {
  fc.assert(
    fc.property(appends, (all) => {
      const bytes = fileOf(all);
      expect(decodeJournal(bytes)).toEqual({
        entries: asJson(all.flat()),
        intactBytes: bytes.length,
        damagedLines: [],
      });
    }),
  );
});

test('a file cut anywhere gives whole appends only, and says where they end', () => {
  fc.assert(
    fc.property(appends, fc.nat(), (all, cut) => {
      const whole = fileOf(all);
      const bytes = whole.subarray(0, cut % (whole.length + 1));
      const decoded = decodeJournal(bytes);
      const kept = all.findIndex((_, index) => fileOf(all.slice(0, index + 1)).length > bytes.length);
      const expected = kept === -1 ? all : all.slice(0, kept);
      expect(decoded).toEqual({
        entries: asJson(expected.flat()),
        intactBytes: fileOf(expected).length,
        damagedLines: [],
      });
    }),
  );
});

test('a torn last line full of zeros, as a file system may leave it, is no damage', () => {
  const intact = encodeAppend([1]);
  const decoded = decodeJournal(Buffer.concat([Buffer.from(intact), Buffer.alloc(4096), Buffer.from('\n')]));
  expect(decoded).toEqual({ entries: [1], intactBytes: intact.length, damagedLines: [] });
});

test('a changed byte before the last line is found, and costs its own line only', () => {
  const all = [[1], ['two'], [{ three: 3 }]];
  const bytes = fileOf(all);
  const second = encodeAppend([1]).length;
  bytes[second + 12] = (bytes[second + 12] ?? 0) ^ 0x01;
  expect(decodeJournal(bytes)).toEqual({ entries: [1, { three: 3 }], intactBytes: bytes.length, damagedLines: [2] });
});

test('garbage is never read as entries', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
      expect(decodeJournal(Buffer.from(garbage)).entries).toEqual([]);
    }),
  );
});
