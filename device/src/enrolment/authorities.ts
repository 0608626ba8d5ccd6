import { X509Certificate } from 'node:crypto';

/** The pinned authorities of a PEM file that holds one or, while the fleet changes its own, several. */
export function readAuthorities(caPem: string): X509Certificate[] {
  const blocks = caPem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => new X509Certificate(pem));
}
