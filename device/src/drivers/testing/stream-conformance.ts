import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What every decoder has to bear: 10,000 streams, split and joined at will, with noise between, and nothing but noise. */
export type StreamConformance<Frame> = {
  name: string;
  createDecoder: () => { push(bytes: Uint8Array): Frame[] };
  /** Frames as the device sends them. */
  frames: fc.Arbitrary<Uint8Array>;
  /** Bytes between frames that cannot be the beginning of one. */
  noise: fc.Arbitrary<Uint8Array>;
  /** Datagrams: nothing splits or joins them. */
  isPackets?: boolean;
};

/** `toEqual` takes longer than all the rest; it is asked only when there is something to show. */
function expectSame<Frame>(heard: readonly Frame[], said: readonly Frame[]): void {
  if (!isDeepStrictEqual(heard, said)) expect(heard).toEqual(said);
}

const numRuns = 10_000;
const joined = (pieces: readonly Uint8Array[]) => Uint8Array.from(pieces.flatMap((piece) => [...piece]));

export function describeStream<Frame>(kit: StreamConformance<Frame>): void {
  const wholly = (pieces: readonly Uint8Array[]) => pieces.flatMap((piece) => kit.createDecoder().push(piece));
  const few = fc.array(kit.frames, { minLength: 1, maxLength: 4 });
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

  describe(`the stream of ${kit.name}`, () => {
    if (!kit.isPackets)
      it('says the same however it is split and joined', () => {
        fc.assert(
          fc.property(few, sizes, (frames, lengths) => {
            const decoder = kit.createDecoder();
            const stream = joined(frames);
            const heard: Frame[] = [];
            for (let at = 0, turn = 0; at < stream.length; turn++) {
              const length = lengths[turn % lengths.length] ?? 1;
              heard.push(...decoder.push(stream.subarray(at, at + length)));
              at += length;
            }
            expectSame(heard, wholly(frames));
          }),
          { numRuns },
        );
      });

    if (!kit.isPackets)
      it('is understood with noise between', () => {
        fc.assert(
          fc.property(fc.array(fc.tuple(kit.noise, kit.frames), { minLength: 1, maxLength: 4 }), (pieces) => {
            const heard = kit.createDecoder().push(joined(pieces.flat()));
            expectSame(heard, wholly(pieces.map(([, frame]) => frame)));
          }),
          { numRuns },
        );
      });

    it('is never thrown at', () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 4 }), (chunks) => {
          const decoder = kit.createDecoder();
          for (const chunk of chunks) decoder.push(chunk);
        }),
        { numRuns },
      );
    });
  });
}
