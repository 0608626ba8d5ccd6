import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 256 random bits in base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a token is kept: whoever reads the database cannot use it. The token is random, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Nine digits, the first not 0, each number as likely as any other. */
export function newNineDigits(): string {
  return String(randomInt(100_000_000, 1_000_000_000));
}
