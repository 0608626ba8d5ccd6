import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type OrganizationId, type TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../fleet/src/db/database.ts';
import { openDatabase } from '../../fleet/src/db/database.ts';
import type { CertificateRegistry } from '../../fleet/src/link/certificate-registry.ts';
import { createTestAuthority, type TestAuthority, type TestIdentity } from './link-authority.ts';

export type TestTerminal = TestIdentity & { id: TerminalId };

/** A folder with a real database file, a CA, one organization, and terminals with certificates in the registry. */
export type LinkWorld = AsyncDisposable & {
  directory: string;
  databaseFile: string;
  db: FleetDatabase;
  orgId: OrganizationId;
  authority: TestAuthority;
  server: TestIdentity;
  registry: CertificateRegistry;
  addTerminal(): Promise<TestTerminal>;
  revoke(thumbprint: string): Promise<void>;
};

export async function createLinkWorld(): Promise<LinkWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'anteroom-link-'));
  const databaseFile = join(directory, 'fleet.sqlite');
  const db = await openDatabase({ file: databaseFile });
  const authority = await createTestAuthority();
  const server = await authority.issueServer(['127.0.0.1', 'localhost']);
  const orgId = newId('organization');
  const createdAt = new Date().toISOString();
  await db
    .insertInto('organizations')
    .values({
      id: orgId,
      name: 'Test',
      kind: 'company',
      industry: '',
      size: '',
      country: '',
      settings: '{}',
      timeZone: 'UTC',
      createdAt,
    })
    .execute();
  let count = 0;

  return {
    directory,
    databaseFile,
    db,
    orgId,
    authority,
    server,
    registry: createTableRegistry(db),
    async addTerminal() {
      count += 1;
      const id = newId('terminal');
      const name = `Room ${count}`;
      const described = { serial: `S${count}`, profile: 'simulated', software: '0.1.0', keyPhrase: 'red fox' };
      await db
        .insertInto('terminals')
        .values({
          id,
          orgId,
          name,
          nameKey: name,
          ...described,
          createdAt,
          spaceId: null,
          roomId: null,
          retiredAt: null,
        })
        .execute();
      const identity = await authority.issueTerminal(id, { now: new Date(), days: 45 });
      await db
        .insertInto('certificates')
        .values({
          thumbprint: identity.thumbprint,
          serialNumber: identity.serialNumber,
          orgId,
          terminalId: id,
          pem: identity.certificatePem,
          issuedAt: createdAt,
          notAfter: new Date(Date.now() + 45 * 86_400_000).toISOString(),
          revokedAt: null,
        })
        .execute();
      return { ...identity, id };
    },
    async revoke(thumbprint) {
      await db
        .updateTable('certificates')
        .set({ revokedAt: new Date().toISOString() })
        .where('thumbprint', '=', thumbprint)
        .execute();
    },
    async [Symbol.asyncDispose]() {
      await db.destroy();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function createTableRegistry(db: FleetDatabase): CertificateRegistry {
  return {
    async standing(thumbprint) {
      const row = await db
        .selectFrom('certificates')
        .select(['terminalId', 'revokedAt'])
        .where('thumbprint', '=', thumbprint)
        .executeTakeFirst();
      if (!row) return { ok: false, reason: 'unknown' };
      return row.revokedAt === null ? { ok: true, terminalId: row.terminalId } : { ok: false, reason: 'revoked' };
    },
  };
}
