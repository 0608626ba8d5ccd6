import { randomBytes, verify } from 'node:crypto';
import { type SignedTimeResponse, signedTimeResponse, signedTimeText } from '@anteroom/shared/protocol/time.ts';
import { readAuthorities } from './authorities.ts';
import type { FleetAnswer, FleetClient } from './fleet-client.ts';

/** Asks the fleet what time it is. The answer counts only with the pinned CA's signature over the nonce of this call. */
export async function askSignedTime(
  { fleet, caPem }: { fleet: FleetClient; caPem: string },
  { signal }: { signal: AbortSignal },
): Promise<FleetAnswer<SignedTimeResponse>> {
  const nonce = randomBytes(24).toString('base64url');
  const options = { method: 'POST', path: '/enrol/v1/time', body: { nonce }, schema: signedTimeResponse } as const;
  const answer = await fleet.call({ ...options, signal });
  if (!answer.ok || isSignedTime(answer.body, { nonce, caPem })) return answer;
  const detail = 'the signature of the time is not the pinned CA’s';
  return { ok: false, fault: { kind: 'untrusted', detail }, serverTime: null };
}

/** Whether a pinned CA signed this time for this nonce. */
export function isSignedTime(
  { serverTime, signature }: SignedTimeResponse,
  { nonce, caPem }: { nonce: string; caPem: string },
): boolean {
  const text = Buffer.from(signedTimeText({ nonce, serverTime }));
  const bytes = Buffer.from(signature, 'base64url');
  return readAuthorities(caPem).some(({ publicKey: key }) =>
    verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, bytes),
  );
}
