import { expect, test } from 'vitest';
import { maxFrameBytes } from '../signalling/messages.ts';
import { createPartReader, maxPartBytes, toParts } from './parts.ts';

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251);

test.each([0, 1, maxPartBytes - 1, maxPartBytes, maxPartBytes + 1, 3 * maxPartBytes + 7])(
  '%i bytes come through in parts that fit into frames',
  (length) => {
    const parts = toParts(bytes(length));
    expect(parts.every((part) => JSON.stringify(part).length < maxFrameBytes)).toBe(true);
    const read = createPartReader(10 * maxPartBytes);
    const results = parts.map((part) => read(part));
    expect(results.slice(0, -1).every(({ isWhole }) => !isWhole)).toBe(true);
    expect(results.at(-1)).toEqual({ isWhole: true, bytes: bytes(length) });
  },
);

test('what is larger than it may be is not kept, and what follows is read again', () => {
  const read = createPartReader(maxPartBytes);
  const tooLarge = toParts(bytes(maxPartBytes + 1)).map((part) => read(part));
  expect(tooLarge.at(-1)).toEqual({ isWhole: false, isTooLarge: true });
  const [small] = toParts(bytes(3));
  expect(small && read(small)).toEqual({ isWhole: true, bytes: bytes(3) });
});
