import type { webcrypto } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { TerminalId } from '@anteroom/shared/ids.ts';
import { certificateDays } from '@anteroom/shared/protocol/enrolment.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { PublicKey, X509Certificate } from '@peculiar/x509';
import { readOrCreateSecret, writePublicFile } from './key-file.ts';
import {
  createCaCertificate,
  createServerCertificate,
  createTerminalCertificate,
  type Issuer,
  isSignedBy,
  keyAlgorithm,
  readCertificate,
  signingAlgorithm,
  thumbprintOf,
} from './x509.ts';

/** What a TLS listener for terminals needs. Client certificates are asked for and judged by the registry. */
export type ServerCredentials = { key: string; cert: string; ca: string };

export type IssuedCertificate = {
  thumbprint: string;
  serialNumber: string;
  /** Leaf first, then the CA. */
  chainPem: string;
  issuedAt: Date;
  notAfter: Date;
};

/** The fleet's private CA: its key is in the data folder and signs this fleet's servers and terminals only. */
export interface Authority {
  readonly caPem: string;
  /** Where terminals' set-up finds the CA certificate. */
  readonly caFile: string;
  serverCredentials(): ServerCredentials;
  /** Makes a new server certificate when this machine's addresses changed or the present one nears its end. */
  refreshServerCredentials(): Promise<{ isChanged: boolean }>;
  issueTerminalCertificate(options: { terminalId: TerminalId; publicKey: PublicKey }): Promise<IssuedCertificate>;
  /** Signature of `text` by the CA's own key, base64url. Callers sign only what can never be read as a certificate. */
  signText(text: string): Promise<string>;
  /** Whether this CA signed the certificate, whatever its time. */
  hasIssued(certificate: X509Certificate): Promise<boolean>;
}

const renewServerBeforeMs = 30 * 86_400_000;

export async function createAuthority(options: {
  dataDir: string;
  /** Names under which terminals reach this machine, beside its own addresses. */
  names: readonly string[];
  clock: Clock;
}): Promise<Authority> {
  const { dataDir, names, clock } = options;
  const issuer = await readOrCreateIssuer(join(dataDir, 'keys', 'ca.pem'), clock.now());
  const caPem = `${issuer.certificate.toString('pem')}\n`;
  const caFile = join(dataDir, 'ca.pem');
  await writePublicFile(caFile, caPem);
  const serverKeys = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
  const serverKeyPem = await toPem(serverKeys.privateKey);

  async function issueServerCertificate() {
    const issuedNames = listNames(names);
    const certificate = await createServerCertificate(issuer, {
      publicKey: serverKeys.publicKey,
      names: issuedNames,
      now: clock.now(),
    });
    const credentials = { key: serverKeyPem, cert: `${certificate.toString('pem')}\n${caPem}`, ca: caPem };
    return { credentials, names: issuedNames, notAfter: certificate.notAfter };
  }
  let server = await issueServerCertificate();

  return {
    caPem,
    caFile,
    serverCredentials: () => server.credentials,
    async refreshServerCredentials() {
      const isFresh = server.notAfter.getTime() - clock.now().getTime() > renewServerBeforeMs;
      if (isFresh && server.names.join() === listNames(names).join()) return { isChanged: false };
      server = await issueServerCertificate();
      return { isChanged: true };
    },
    async issueTerminalCertificate({ terminalId, publicKey }) {
      const issuedAt = clock.now();
      const certificate = await createTerminalCertificate(issuer, {
        publicKey,
        terminalId,
        now: issuedAt,
        days: certificateDays,
      });
      return {
        thumbprint: thumbprintOf(new Uint8Array(certificate.rawData)),
        serialNumber: certificate.serialNumber,
        chainPem: `${certificate.toString('pem')}\n${caPem}`,
        issuedAt,
        notAfter: certificate.notAfter,
      };
    },
    async signText(text) {
      const signature = await crypto.subtle.sign(signingAlgorithm, issuer.privateKey, new TextEncoder().encode(text));
      return Buffer.from(signature).toString('base64url');
    },
    hasIssued: (certificate) => isSignedBy(certificate, issuer.certificate),
  };
}

/** Key and certificate are one file, so that they cannot come apart. */
async function readOrCreateIssuer(file: string, now: Date): Promise<Issuer> {
  const text = await readOrCreateSecret(file, async () => {
    const keys = await crypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
    const certificate = await createCaCertificate(keys, now);
    return `${await toPem(keys.privateKey)}${certificate.toString('pem')}\n`;
  });
  const [keyPem] = text.match(/-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/) ?? [];
  const certificate = readCertificate(text.slice(text.indexOf('-----BEGIN CERTIFICATE-----')));
  if (keyPem === undefined || certificate === null)
    throw new Error(`${file}: expected a private key and a certificate`);
  const der = Buffer.from(keyPem.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  return { certificate, privateKey: await crypto.subtle.importKey('pkcs8', der, keyAlgorithm, false, ['sign']) };
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** Everything by which a terminal may call this machine; sorted, so that equal sets are equal. */
function listNames(extra: readonly string[]): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return [...new Set(['localhost', '127.0.0.1', '::1', ...extra, ...addresses])].sort();
}
