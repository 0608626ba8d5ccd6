import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type TerminalId, terminalId } from '@anteroom/shared/ids.ts';
import type { CertificateRegistry } from '../link/certificate-registry.ts';
import { thumbprintOf } from './x509.ts';

export type ProvenTerminal = { terminalId: TerminalId; thumbprint: string };

/** Thumbprint of the client certificate whose key the connection proved, when our CA signed it and it has not ended. */
export function provenThumbprint(socket: Duplex): string | null {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return null;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : thumbprintOf(certificate.raw);
}

/** Who is at the other end: TLS proved the key and the chain, the registry knows the certificate and its standing. */
export async function requireTerminal(socket: Duplex, registry: CertificateRegistry): Promise<ProvenTerminal> {
  const thumbprint = provenThumbprint(socket);
  if (thumbprint === null || !(socket instanceof TLSSocket)) throw new ProblemError('certificate_required');
  const standing = await registry.standing(thumbprint);
  if (!standing.ok)
    throw new ProblemError(standing.reason === 'revoked' ? 'certificate_revoked' : 'certificate_required');
  const named = terminalId.safeParse(socket.getPeerCertificate().subject.CN);
  if (!named.success || named.data !== standing.terminalId) throw new ProblemError('certificate_required');
  return { terminalId: standing.terminalId, thumbprint };
}
