import { isIP } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { readAuthorities } from './authorities.ts';

/**
 * TLS to the fleet, judged by the terminal's clock and not by the machine's, which OpenSSL reads and which may say 1970.
 * Nothing is sent before the server's certificate was judged.
 */
export type DoorOptions = {
  /** The pinned CA; more than one while a CA is rolled over. */
  caPem: string;
  /** When the certificate has to be valid; null for the one call that asks what time it is. */
  at: Date | null;
  /** The terminal's own certificate, where it shows one. */
  identity: { keyPem: string; certificatePem: string } | null;
  signal: AbortSignal;
};

export class UntrustedServerError extends Error {
  /** As OpenSSL and Node call it. */
  readonly code: string;

  constructor(host: string, code: string) {
    super(`${host}: certificate not trusted (${code})`);
    this.name = 'UntrustedServerError';
    this.code = code;
  }
}

/** Resolves with a socket whose other end has proved itself. */
export function openDoor(url: URL, { caPem, at, identity, signal }: DoorOptions): Promise<TLSSocket> {
  // URLs write IPv6 addresses in brackets; TLS does not.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const socket = connect({
      ...{ host, port: Number(url.port || 443), ca: caPem, rejectUnauthorized: false },
      ...(isIP(host) ? {} : { servername: host }),
      ...(identity ? { key: identity.keyPem, cert: identity.certificatePem } : {}),
    });
    const settle = () => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off('close', onClose);
    };
    const refuse = (cause: unknown) => {
      settle();
      socket.on('error', () => undefined).destroy();
      reject(cause);
    };
    const onAbort = () => refuse(signal.reason);
    const onError = (cause: Error) => refuse(cause);
    const onClose = () => refuse(new Error(`${url.host} closed the connection before it was secure`));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', onError).on('close', onClose);
    socket.once('secureConnect', () => {
      const code = faultOfServer(socket, { host, caPem, at });
      if (code !== null) {
        refuse(new UntrustedServerError(url.host, code));
        return;
      }
      settle();
      resolve(socket);
    });
  });
}

/** What OpenSSL says when nothing but the machine's clock speaks against a certificate. */
const timeFaults = ['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED'];
/** Extended key usage `serverAuth` (RFC 5280 §4.2.1.12). */
const serverAuth = '1.3.6.1.5.5.7.3.1';

/**
 * Null when the certificate is good. OpenSSL reports one fault only, and a wrong time may hide another, so everything
 * but the chain's age is judged here again: our CA signs servers directly.
 */
function faultOfServer(socket: TLSSocket, expected: { host: string; caPem: string; at: Date | null }): string | null {
  const { host, caPem, at } = expected;
  const found = socket.authorized ? null : String(socket.authorizationError);
  if (found !== null && !timeFaults.includes(found)) return found;
  const leaf = socket.getPeerX509Certificate();
  if (!leaf) return 'CERT_REJECTED';
  const isOurs = readAuthorities(caPem).some(
    (authority) => leaf.checkIssued(authority) && leaf.verify(authority.publicKey),
  );
  if (!isOurs || leaf.ca) return 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  // Node names extended key usage `keyUsage`. A certificate without it is for any use (RFC 5280 §4.2.1.12).
  if (leaf.keyUsage && !leaf.keyUsage.includes(serverAuth)) return 'CERT_REJECTED';
  if (checkServerIdentity(host, leaf.toLegacyObject())) return 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (at === null) return null;
  if (at < leaf.validFromDate) return 'CERT_NOT_YET_VALID';
  return at > leaf.validToDate ? 'CERT_HAS_EXPIRED' : null;
}
