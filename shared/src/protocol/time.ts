import { z } from 'zod';
import { instant } from './envelope.ts';

/**
 * POST /enrol/v1/time: what time it is, for a terminal whose own clock cannot judge a certificate. The answer is signed
 * by the key of the CA that the terminal pins, over the terminal's own nonce, so that it cannot be an old one.
 */
export const signedTimeRequest = z.strictObject({
  /** 16 to 32 random bytes, base64url. */
  nonce: z.string().regex(/^[\w-]{22,43}$/, 'expected 16 to 32 bytes in base64url'),
});
export const signedTimeResponse = z.object({
  serverTime: instant,
  /** ECDSA on P-256 with SHA-256 of `signedTimeText`, r and s of 32 bytes each (IEEE P1363), base64url. */
  signature: z.string().regex(/^[\w-]{86}$/, 'expected 64 bytes in base64url'),
});
export type SignedTimeResponse = z.infer<typeof signedTimeResponse>;

/** What is signed. It begins with a letter, which no certificate does: a signature of one never passes for the other. */
export function signedTimeText({ nonce, serverTime }: { nonce: string; serverTime: string }): string {
  return `anteroom time 1\n${nonce}\n${serverTime}`;
}
