import { z } from 'zod';
import { pairingId, terminalId } from '../ids.ts';
import { instant } from './envelope.ts';

/** JSON over HTTPS on the terminals' own listener. The private key never leaves the terminal: only its CSR does. */

/** Letters and digits that nobody confuses on a screen at three metres: no 0 O 1 I L 5 S 2 Z 8 B. */
export const pairingCodeAlphabet = '34679ACDEFGHJKMNPQRTUVWXY';
export const pairingCodeLength = 8;
export const pairingCode = z
  .string()
  .transform((value) => value.toUpperCase().replace(/[\s-]/g, ''))
  .pipe(
    z
      .string()
      .regex(
        new RegExp(`^[${pairingCodeAlphabet}]{${pairingCodeLength}}$`),
        'expected the 8 characters that the terminal shows',
      ),
  );

/** PKCS #10 request in PEM, P-256. */
const certificateRequestPem = z.string().max(4096).startsWith('-----BEGIN CERTIFICATE REQUEST-----');
/** Certificate chain in PEM, leaf first. */
const certificatePem = z.string().max(16_384).startsWith('-----BEGIN CERTIFICATE-----');

/** POST /enrol/v1/pairings */
export const startPairingRequest = z.strictObject({
  csr: certificateRequestPem,
  serial: z.string().min(1).max(64),
  profile: z.string().min(1).max(64),
  software: z.string().max(64),
});
export const startPairingResponse = z.object({
  pairingId,
  /** Shown as `ABCD-EFGH`. */
  code: z.string(),
  /** Two words derived from the key in the CSR; console and terminal show the same. */
  keyPhrase: z.string(),
  expiresAt: instant,
  pollAfterMs: z.int().min(100),
  /** What the QR code holds: the console's claim page with the code filled in. */
  claimUrl: z.url(),
});

/** GET /enrol/v1/pairings/{pairingId}: knowing the id is the right to ask; the certificate is useless without the key. */
export const pairingStatusResponse = z.discriminatedUnion('status', [
  z.object({ status: z.literal('waiting'), expiresAt: instant }),
  z.object({ status: z.literal('expired') }),
  z.object({
    status: z.literal('claimed'),
    terminalId,
    certificate: certificatePem,
    mqttUrl: z.url(),
  }),
]);

/** POST /enrol/v1/renewals: the CSR is signed by the key of `certificate`, which may have ended up to a year ago. */
export const renewRequest = z.strictObject({ certificate: certificatePem, csr: certificateRequestPem });
export const renewResponse = z.object({ certificate: certificatePem, mqttUrl: z.url() });

export type StartPairingRequest = z.infer<typeof startPairingRequest>;
export type StartPairingResponse = z.infer<typeof startPairingResponse>;
export type PairingStatusResponse = z.infer<typeof pairingStatusResponse>;
export type RenewRequest = z.infer<typeof renewRequest>;
export type RenewResponse = z.infer<typeof renewResponse>;

/** Days a terminal's certificate lasts; it renews at two thirds of its life. */
export const certificateDays = 45;
/** Days past its end in which a certificate that was not revoked still renews with proof of its key. */
export const renewableDays = 365;
