import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { keyPhraseOfKey } from '@anteroom/shared/identity/key-phrase.ts';
import { type TerminalId, terminalId } from '@anteroom/shared/ids.ts';
import { z } from 'zod';

/** The terminal's identity on disk: its key, which never leaves it, and what the fleet signed for that key. */
export const storedIdentity = z.object({
  keyPem: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  /** Null until an administrator claimed the terminal. */
  enrolment: z.object({ terminalId, certificatePem: z.string(), mqttUrl: z.url() }).nullable(),
});
export type StoredIdentity = z.infer<typeof storedIdentity>;
export type Enrolment = NonNullable<StoredIdentity['enrolment']>;

/** A new identity with a P-256 key of its own. */
export function createIdentity(): StoredIdentity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), enrolment: null };
}

export function privateKeyOf(identity: StoredIdentity): KeyObject {
  return createPrivateKey(identity.keyPem);
}

export function ownKeyPhrase(identity: StoredIdentity): Promise<string> {
  const spki = createPublicKey(identity.keyPem).export({ type: 'spki', format: 'der' });
  return keyPhraseOfKey(new Uint8Array(spki));
}

export type CertificateCheck = { ok: true } | { ok: false; why: string };

/** Whether a certificate that came over the network is for this terminal's key and bears its id. */
export function checkCertificate(pem: string, expected: { key: KeyObject; terminalId: TerminalId }): CertificateCheck {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(pem);
  } catch (cause) {
    return { ok: false, why: `not a certificate: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  if (!leaf.checkPrivateKey(expected.key)) return { ok: false, why: 'it is for another key' };
  const names = leaf.subject.split('\n');
  if (!names.includes(`CN=${expected.terminalId}`)) return { ok: false, why: `its subject is ${names.join(', ')}` };
  return { ok: true };
}

/** When the certificate begins and ends, in milliseconds since 1970. */
export function certificateLife(pem: string): { fromMs: number; untilMs: number } {
  const leaf = new X509Certificate(pem);
  return { fromMs: leaf.validFromDate.getTime(), untilMs: leaf.validToDate.getTime() };
}

/** A certificate renews when two thirds of its life are over. */
export function renewAtMs({ fromMs, untilMs }: { fromMs: number; untilMs: number }): number {
  return fromMs + ((untilMs - fromMs) * 2) / 3;
}
