/** A token bucket as a value: `burst` frames at once, `perSecond` in the long run. */
export type RateLimit = { burst: number; perSecond: number };
export type Bucket = { tokens: number; atMs: number };

export function fullBucket(limit: RateLimit, atMs: number): Bucket {
  return { tokens: limit.burst, atMs };
}

/** Takes one token when there is one; the bucket after it either way. */
export function takeToken(bucket: Bucket, limit: RateLimit, atMs: number): { isAllowed: boolean; bucket: Bucket } {
  const passedS = Math.max(0, atMs - bucket.atMs) / 1000;
  const tokens = Math.min(limit.burst, bucket.tokens + passedS * limit.perSecond);
  if (tokens < 1) return { isAllowed: false, bucket: { tokens, atMs } };
  return { isAllowed: true, bucket: { tokens: tokens - 1, atMs } };
}
