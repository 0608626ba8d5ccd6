import type { TerminalId } from '@anteroom/shared/ids.ts';

/** What the registry says of a certificate now. A certificate that it does not know was not issued by this fleet. */
export type CertificateStanding = { ok: true; terminalId: TerminalId } | { ok: false; reason: 'unknown' | 'revoked' };

/** The one registry that every door of the terminals asks: MQTT, signalling, HTTPS. */
export interface CertificateRegistry {
  /** `thumbprint`: SHA-256 of the DER in base64url (`x5t#S256`, RFC 8705). */
  standing(thumbprint: string): Promise<CertificateStanding>;
}
