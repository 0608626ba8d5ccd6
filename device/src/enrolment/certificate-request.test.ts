import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { expect, test } from 'vitest';
import { createCertificateRequest } from './certificate-request.ts';

test.each(['SIM-0123456789', '终端 7', 'x'.repeat(64)])(
  'another implementation reads and verifies the request of %s',
  async (name) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const request = new x509.Pkcs10CertificateRequest(createCertificateRequest({ privateKey, name }));
    expect(await request.verify()).toBe(true);
    expect(request.subjectName.getField('CN')).toEqual([name]);
    const own = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    expect(Buffer.from(request.publicKey.rawData).equals(own)).toBe(true);
  },
);

test('a request that was changed on its way does not verify', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = createCertificateRequest({ privateKey, name: 'SIM-A' });
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
  const at = der.indexOf('SIM-A');
  der[at + 4] = 'B'.charCodeAt(0);
  expect(await new x509.Pkcs10CertificateRequest(der).verify()).toBe(false);
});
