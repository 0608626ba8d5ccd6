import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullBucket, takeToken } from './rate-limit.ts';

const limit = { burst: 10, perSecond: 5 };

test('never lets more through than the burst and the rate together', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 200 }), (gapsMs) => {
      let nowMs = 0;
      let bucket = fullBucket(limit, nowMs);
      let allowed = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const taken = takeToken(bucket, limit, nowMs);
        bucket = taken.bucket;
        if (taken.isAllowed) allowed += 1;
      }
      expect(allowed).toBeLessThanOrEqual(limit.burst + (nowMs / 1000) * limit.perSecond);
    }),
  );
});

test('a flood that is refused does not keep the bucket empty', () => {
  let bucket = fullBucket(limit, 0);
  for (let frame = 0; frame < 1_000; frame++) bucket = takeToken(bucket, limit, frame / 10).bucket;
  expect(takeToken(bucket, limit, 1_100)).toMatchObject({ isAllowed: true });
});
