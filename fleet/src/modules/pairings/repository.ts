import type { PairingId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { CertificateRow, PairingRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type StoredCertificate = CertificateRow & { retiredAt: string | null };

/** Before it is claimed, a terminal belongs to no organization; what it asks for is found by what it holds. */
export function createPairingRepository(db: FleetDatabase) {
  return {
    async find(id: PairingId): Promise<PairingRow | undefined> {
      return await db.selectFrom('pairings').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async findByCode(code: string): Promise<PairingRow | undefined> {
      return await db.selectFrom('pairings').selectAll().where('code', '=', code).executeTakeFirst();
    },
    async insert(pairing: PairingRow): Promise<void> {
      await db.insertInto('pairings').values(pairing).execute();
    },
    /** A key has one code at a time: an older one that nobody claimed is void. */
    async removeOpenOfKey(keyHash: string): Promise<void> {
      await db.deleteFrom('pairings').where('keyHash', '=', keyHash).where('claimedAt', 'is', null).execute();
    },
    async removeBefore(expiredBefore: string): Promise<void> {
      await db.deleteFrom('pairings').where('expiresAt', '<', expiredBefore).execute();
    },
    /** Whether it was this call that claimed it: a code is claimed once, and in its time. */
    async claim(
      id: PairingId,
      claimed: { claimedAt: string; terminalId: TerminalId; thumbprint: string },
    ): Promise<boolean> {
      const result = await db
        .updateTable('pairings')
        .set(claimed)
        .where('id', '=', id)
        .where('claimedAt', 'is', null)
        .where('expiresAt', '>', claimed.claimedAt)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
    async insertCertificate(certificate: CertificateRow): Promise<void> {
      await db.insertInto('certificates').values(certificate).execute();
    },
    async findCertificate(thumbprint: string): Promise<StoredCertificate | undefined> {
      return await db
        .selectFrom('certificates')
        .innerJoin('terminals', 'terminals.id', 'certificates.terminalId')
        .selectAll('certificates')
        .select('terminals.retiredAt')
        .where('thumbprint', '=', thumbprint)
        .executeTakeFirst();
    },
    /** The newest certificate of each terminal. */
    async listNewestCertificates(
      scope: OrgScope,
      ids: readonly TerminalId[],
    ): Promise<Map<TerminalId, CertificateRow>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('certificates')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('terminalId', 'in', ids)
        .orderBy('issuedAt')
        .execute();
      return new Map(rows.map((row) => [row.terminalId, row]));
    },
    async revokeCertificates(scope: OrgScope, terminalId: TerminalId, revokedAt: string): Promise<void> {
      await db
        .updateTable('certificates')
        .set({ revokedAt })
        .where('orgId', '=', scope.orgId)
        .where('terminalId', '=', terminalId)
        .where('revokedAt', 'is', null)
        .execute();
    },
  };
}
