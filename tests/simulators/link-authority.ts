import 'reflect-metadata';
import { KeyObject, type webcrypto } from 'node:crypto';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { PublicKey, type X509Certificate } from '@peculiar/x509';
import {
  createCaCertificate,
  createServerCertificate,
  createTerminalCertificate,
  type Issuer,
  keyAlgorithm,
  thumbprintOf,
} from '../../fleet/src/enrolment/x509.ts';

export type TestIdentity = { keyPem: string; certificatePem: string; thumbprint: string; serialNumber: string };

/** A private CA of a test's own, and the certificates it issues for the listeners and terminals of that test. */
export type TestAuthority = {
  caPem: string;
  issueServer(names: readonly string[]): Promise<TestIdentity>;
  issueTerminal(terminalId: TerminalId, options: { now: Date; days: number }): Promise<TestIdentity>;
};

export async function createTestAuthority(): Promise<TestAuthority> {
  const caKeys = await createKeys();
  const certificate = await createCaCertificate(caKeys, new Date());
  const issuer: Issuer = { certificate, privateKey: caKeys.privateKey };
  return {
    caPem: certificate.toString('pem'),
    async issueServer(names) {
      const keys = await createKeys();
      const issued = await createServerCertificate(issuer, { publicKey: keys.publicKey, names, now: new Date() });
      return await toIdentity(keys, issued);
    },
    async issueTerminal(terminalId, { now, days }) {
      const keys = await createKeys();
      const publicKey = new PublicKey(await crypto.subtle.exportKey('spki', keys.publicKey));
      return await toIdentity(keys, await createTerminalCertificate(issuer, { publicKey, terminalId, now, days }));
    },
  };
}

function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

async function toIdentity(keys: webcrypto.CryptoKeyPair, certificate: X509Certificate): Promise<TestIdentity> {
  const { serialNumber } = certificate;
  return {
    keyPem: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: certificate.toString('pem'),
    thumbprint: thumbprintOf(new Uint8Array(certificate.rawData)),
    serialNumber,
  };
}
