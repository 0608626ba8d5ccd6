import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { bitString, contextZero, objectIdentifier, sequence, set, smallInteger, utf8String } from './der.ts';

const commonName = objectIdentifier('2.5.4.3');
// RFC 5758 3.2: ecdsa-with-SHA256 has no parameters.
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/**
 * A PKCS #10 certificate request (RFC 2986) in PEM for a P-256 key. The subject only says whose screen asked: the fleet
 * gives the certificate its own name.
 */
export function createCertificateRequest({ privateKey, name }: { privateKey: KeyObject; name: string }): string {
  const publicKeyInfo = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const subject = sequence(set(sequence(commonName, utf8String(name))));
  const information = sequence(smallInteger(0), subject, publicKeyInfo, contextZero());
  const signature = sign('sha256', information, { key: privateKey, dsaEncoding: 'der' });
  const request = sequence(information, ecdsaWithSha256, bitString(signature));
  const lines =
    Buffer.from(request)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join('\n')}\n-----END CERTIFICATE REQUEST-----\n`;
}
