import 'reflect-metadata';
import { createHash, randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import * as x509 from '@peculiar/x509';

/**
 * The certificates of the fleet's private CA, as RFC 5280 wants them: makes and reads them, keeps nothing.
 * Everything is ECDSA on P-256 with SHA-256.
 */
export const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** Clocks of terminals may be late by this much. */
const clockSlackMs = dayMs;
const caYears = 30;
export const serverCertificateDays = 397;

export type Issuer = { certificate: x509.X509Certificate; privateKey: webcrypto.CryptoKey };

export async function createCaCertificate(keys: webcrypto.CryptoKeyPair, now: Date): Promise<x509.X509Certificate> {
  return await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=Anteroom fleet CA ${randomBytes(4).toString('hex')}`,
    notBefore: new Date(now.getTime() - clockSlackMs),
    notAfter: new Date(now.getTime() + caYears * 365 * dayMs),
    signingAlgorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

/** For the terminals' listeners; `names` are host names and IP addresses. */
export async function createServerCertificate(
  issuer: Issuer,
  options: { publicKey: webcrypto.CryptoKey; names: readonly string[]; now: Date },
): Promise<x509.X509Certificate> {
  const { publicKey, names, now } = options;
  return await createLeaf(issuer, {
    subject: 'CN=Anteroom fleet',
    publicKey,
    now,
    notAfter: new Date(now.getTime() + serverCertificateDays * dayMs),
    usage: x509.ExtendedKeyUsage.serverAuth,
    extensions: [
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  });
}

export async function createTerminalCertificate(
  issuer: Issuer,
  options: { publicKey: x509.PublicKey; terminalId: TerminalId; now: Date; days: number },
): Promise<x509.X509Certificate> {
  const { publicKey, terminalId, now, days } = options;
  return await createLeaf(issuer, {
    subject: `CN=${terminalId}`,
    publicKey,
    now,
    notAfter: new Date(now.getTime() + days * dayMs),
    usage: x509.ExtendedKeyUsage.clientAuth,
    extensions: [],
  });
}

async function createLeaf(
  issuer: Issuer,
  leaf: {
    subject: string;
    publicKey: webcrypto.CryptoKey | x509.PublicKey;
    now: Date;
    notAfter: Date;
    usage: x509.ExtendedKeyUsage;
    extensions: x509.Extension[];
  },
): Promise<x509.X509Certificate> {
  return await x509.X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: leaf.subject,
    issuer: issuer.certificate.subject,
    notBefore: new Date(leaf.now.getTime() - clockSlackMs),
    notAfter: leaf.notAfter,
    signingAlgorithm,
    publicKey: leaf.publicKey,
    signingKey: issuer.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([leaf.usage]),
      await x509.SubjectKeyIdentifierExtension.create(leaf.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate.publicKey),
      ...leaf.extensions,
    ],
  });
}

/** 127 random bits: positive, and never zero in its first byte (RFC 5280 §4.1.2.2). */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

export type CertificateRequest =
  | { ok: true; publicKey: x509.PublicKey; spki: Uint8Array<ArrayBuffer>; keyHash: string }
  | { ok: false; fault: string };

/** Reads a PKCS #10 request and checks that its sender holds the key. Names in it are ignored: the fleet gives names. */
export async function readCertificateRequest(pem: string): Promise<CertificateRequest> {
  let request: x509.Pkcs10CertificateRequest;
  let isSigned: boolean;
  try {
    request = new x509.Pkcs10CertificateRequest(pem);
    const { algorithm } = request.publicKey;
    if (algorithm.name !== 'ECDSA' || !('namedCurve' in algorithm) || algorithm.namedCurve !== 'P-256')
      return { ok: false, fault: 'the key is not P-256' };
    isSigned = await request.verify();
  } catch {
    // The parser throws many kinds of errors on bytes that are no request; all of them mean the same to the sender.
    return { ok: false, fault: 'it is not a readable PKCS #10 request' };
  }
  if (!isSigned) return { ok: false, fault: 'its signature does not match its key' };
  const spki = new Uint8Array(request.publicKey.rawData);
  return { ok: true, publicKey: request.publicKey, spki, keyHash: sha256Base64url(spki) };
}

/** The certificate in `pem` (the first of a chain), or null when there is none that can be read. */
export function readCertificate(pem: string): x509.X509Certificate | null {
  try {
    const end = '-----END CERTIFICATE-----';
    return new x509.X509Certificate(pem.slice(0, pem.indexOf(end) + end.length));
  } catch {
    return null;
  }
}

/** Whether `issuer` signed `certificate`; says nothing of its time. */
export async function isSignedBy(certificate: x509.X509Certificate, issuer: x509.X509Certificate): Promise<boolean> {
  return await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true });
}

export function sha256Base64url(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}

/** `x5t#S256` (RFC 8705 §3.1) of a certificate in DER. */
export const thumbprintOf = sha256Base64url;
