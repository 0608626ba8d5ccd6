import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { keyAlgorithm } from '../enrolment/x509.ts';

/** What a terminal makes for itself: a key that stays with it, and requests that prove it. */
export type TerminalKey = { keyPem: string; spki: Uint8Array<ArrayBuffer>; createCsr(): Promise<string> };

export async function createTerminalKey(
  algorithm: { name: string; namedCurve: string } = keyAlgorithm,
): Promise<TerminalKey> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  return {
    keyPem: `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`,
    spki: new Uint8Array(await webcrypto.subtle.exportKey('spki', keys.publicKey)),
    async createCsr() {
      const request = await x509.Pkcs10CertificateRequestGenerator.create({
        name: 'CN=whatever the terminal says',
        keys,
        signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      });
      return request.toString('pem');
    },
  };
}
