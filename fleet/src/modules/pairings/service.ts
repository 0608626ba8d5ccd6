import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { keyPhraseOfKey } from '@anteroom/shared/identity/key-phrase.ts';
import { newId, type PairingId, type TerminalId } from '@anteroom/shared/ids.ts';
import { renewableDays, type StartPairingRequest } from '@anteroom/shared/protocol/enrolment.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockName, lockOrganization } from '../../db/locks.ts';
import type { CertificateRow, PairingRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { Authority, IssuedCertificate } from '../../enrolment/authority.ts';
import { isForgotten } from '../../enrolment/registry.ts';
import { readCertificate, readCertificateRequest, thumbprintOf } from '../../enrolment/x509.ts';
import { createLimiter } from '../../limiter.ts';
import type { AuditService } from '../audit/service.ts';
import type { DesiredService } from '../desired/service.ts';
import { newPairingCode } from './code.ts';
import { createPairingRepository } from './repository.ts';

/** How keys of terminals become certificates: a code that an administrator claims, and renewal with proof of the key. */
export interface PairingsService {
  start(request: StartPairingRequest, address: string): Promise<PairingRow>;
  status(id: PairingId): Promise<PairingStatus>;
  /** The open pairing behind a code that `who` typed. */
  lookUp(code: string, who: string): Promise<PairingRow>;
  prepareCertificate(pairing: PairingRow): Promise<PreparedCertificate>;
  /** Binds the pairing to its terminal, once, in the transaction that makes the terminal. */
  claim(tx: FleetDatabase, scope: OrgScope, pairing: PairingRow, prepared: PreparedCertificate): Promise<void>;
  renew(request: { certificate: string; csr: string }, address: string): Promise<IssuedCertificate>;
  listCertificates(
    scope: OrgScope,
    ids: readonly TerminalId[],
    from?: FleetDatabase,
  ): Promise<Map<TerminalId, CertificateRow>>;
  revoke(tx: FleetDatabase, scope: OrgScope, terminalId: TerminalId): Promise<void>;
}

export type PairingStatus =
  | { status: 'waiting'; expiresAt: string }
  | { status: 'expired' }
  | { status: 'claimed'; terminalId: TerminalId; certificate: string };
export type PreparedCertificate = { terminalId: TerminalId; issued: IssuedCertificate };

export const codeLifeMs = 10 * 60_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A claimed pairing answers this long, for a terminal that lost its network in between. */
const keptForMs = dayMs;
const startsPerKeyAndMinute = 6;
const wrongCodesPerPerson = 10;

export function createPairingsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  authority: Authority;
  audit: AuditService;
  desired: DesiredService;
  /** Per address, so that a site that unpacks a pallet of terminals is not hindered and a flood is. */
  pairingsPerMinute: number;
}): PairingsService {
  const { db, clock, authority, audit, desired, pairingsPerMinute } = deps;
  const addressStarts = createLimiter({ clock, limit: pairingsPerMinute, windowMs: minuteMs });
  const keyStarts = createLimiter({ clock, limit: startsPerKeyAndMinute, windowMs: minuteMs });
  const renewals = createLimiter({ clock, limit: pairingsPerMinute, windowMs: minuteMs });
  const wrongCodes = createLimiter({ clock, limit: wrongCodesPerPerson, windowMs: 10 * minuteMs });

  async function readRequest(csr: string) {
    const request = await readCertificateRequest(csr);
    if (!request.ok) throw new ProblemError('pairing_proof_invalid', { detail: request.fault });
    return request;
  }

  function toRow(scope: OrgScope, { terminalId, issued }: PreparedCertificate): CertificateRow {
    return {
      thumbprint: issued.thumbprint,
      serialNumber: issued.serialNumber,
      orgId: scope.orgId,
      terminalId,
      pem: issued.chainPem,
      issuedAt: issued.issuedAt.toISOString(),
      notAfter: issued.notAfter.toISOString(),
      revokedAt: null,
    };
  }

  return {
    async start({ csr, serial, profile, software }, address) {
      addressStarts.take(address);
      const request = await readRequest(csr);
      keyStarts.take(request.keyHash);
      const keyPhrase = await keyPhraseOfKey(request.spki);
      return await db.transaction().execute(async (tx) => {
        await lockName(tx, 'pairings');
        const now = clock.now();
        const repository = createPairingRepository(tx);
        await repository.removeBefore(new Date(now.getTime() - keptForMs).toISOString());
        await repository.removeOpenOfKey(request.keyHash);
        let code = newPairingCode();
        while (await repository.findByCode(code)) code = newPairingCode();
        const pairing: PairingRow = {
          id: newId('pairing', now),
          code,
          csr,
          keyHash: request.keyHash,
          keyPhrase,
          serial,
          profile,
          software,
          createdAt: now.toISOString(),
          expiresAt: new Date(now.getTime() + codeLifeMs).toISOString(),
          claimedAt: null,
          terminalId: null,
          thumbprint: null,
        };
        await repository.insert(pairing);
        return pairing;
      });
    },
    async status(id) {
      const repository = createPairingRepository(db);
      const pairing = await repository.find(id);
      if (!pairing) throw new ProblemError('pairing_unknown');
      const { terminalId, thumbprint, expiresAt } = pairing;
      if (terminalId === null || thumbprint === null)
        return new Date(expiresAt) > clock.now() ? { status: 'waiting', expiresAt } : { status: 'expired' };
      const certificate = await repository.findCertificate(thumbprint);
      // Revoked before the terminal fetched it: the terminal has to begin again.
      if (!certificate || certificate.revokedAt !== null) throw new ProblemError('pairing_unknown');
      return { status: 'claimed', terminalId, certificate: certificate.pem };
    },
    async lookUp(code, who) {
      wrongCodes.check(who);
      const pairing = await createPairingRepository(db).findByCode(code);
      if (!pairing || new Date(pairing.expiresAt) <= clock.now()) {
        wrongCodes.take(who);
        throw new ProblemError('pairing_code_unknown');
      }
      if (pairing.claimedAt !== null) throw new ProblemError('pairing_code_used');
      return pairing;
    },
    async prepareCertificate(pairing) {
      const { publicKey } = await readRequest(pairing.csr);
      const terminalId = newId('terminal', clock.now());
      return { terminalId, issued: await authority.issueTerminalCertificate({ terminalId, publicKey }) };
    },
    async claim(tx, scope, pairing, prepared) {
      const repository = createPairingRepository(tx);
      await repository.insertCertificate(toRow(scope, prepared));
      const { terminalId, issued } = prepared;
      const claimedAt = clock.now().toISOString();
      const isClaimed = await repository.claim(pairing.id, { claimedAt, terminalId, thumbprint: issued.thumbprint });
      if (!isClaimed) throw new ProblemError('pairing_code_used');
    },
    async renew({ certificate: pem, csr }, address) {
      renewals.take(address);
      const request = await readRequest(csr);
      const certificate = readCertificate(pem);
      if (!certificate || !(await authority.hasIssued(certificate))) throw new ProblemError('certificate_required');
      if (!Buffer.from(certificate.publicKey.rawData).equals(request.spki))
        throw new ProblemError('pairing_proof_invalid', { detail: 'it is not signed by the key of the certificate' });
      const known = await createPairingRepository(db).findCertificate(
        thumbprintOf(new Uint8Array(certificate.rawData)),
      );
      if (!known) {
        const isRevoked = await isForgotten(db, thumbprintOf(new Uint8Array(certificate.rawData)));
        throw new ProblemError(isRevoked ? 'certificate_revoked' : 'certificate_required');
      }
      if (known.revokedAt !== null || known.retiredAt !== null) throw new ProblemError('certificate_revoked');
      const renewableUntil = new Date(Date.parse(known.notAfter) + renewableDays * dayMs);
      if (clock.now() > renewableUntil) throw new ProblemError('certificate_too_old');
      const { terminalId } = known;
      const issued = await authority.issueTerminalCertificate({ terminalId, publicKey: request.publicKey });
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, known);
        // Read again inside: a revocation in between must win.
        const current = await createPairingRepository(tx).findCertificate(known.thumbprint);
        if (!current || current.revokedAt !== null || current.retiredAt !== null)
          throw new ProblemError('certificate_revoked');
        await createPairingRepository(tx).insertCertificate(toRow(known, { terminalId, issued }));
        await audit.append(tx, known, {
          actor: null,
          action: 'terminal.certificateRenewed',
          subjectId: terminalId,
          detail: { notAfter: issued.notAfter.toISOString() },
        });
        // Tickets name the newest certificate.
        await desired.refresh(tx, [terminalId]);
      });
      return issued;
    },
    listCertificates: (scope, ids, from = db) => createPairingRepository(from).listNewestCertificates(scope, ids),
    revoke: (tx, scope, terminalId) =>
      createPairingRepository(tx).revokeCertificates(scope, terminalId, clock.now().toISOString()),
  };
}
