import { organizationId, roomId, type TerminalId } from '@anteroom/shared/ids.ts';
import { SqliteAdapter, sql } from 'kysely';
import type { FleetDatabase } from './database.ts';
import type { ResourceId } from './schema.ts';
import type { OrgScope } from './scope.ts';

/**
 * What a transaction locks before it reads what it decides by, so that nobody else decides by the same until it is
 * committed. On SQLite there is nothing to do, because one transaction writes at a time (dialect.ts). On PostgreSQL many
 * do, and what one has read may have changed before it writes
 * (https://www.postgresql.org/docs/current/transaction-iso.html#XACT-READ-COMMITTED).
 *
 * Who locks several locks the organization first, then resources, then terminals in the order of their ids. Rows that
 * refer to a locked one may be written meanwhile: it is locked "for no key update".
 */

/** What an organization has, and its trail: the first thing in every act of administration. */
export async function lockOrganization(tx: FleetDatabase, { orgId }: OrgScope): Promise<void> {
  if (isSqlite(tx)) return;
  await tx.selectFrom('organizations').select('id').where('id', '=', orgId).forNoKeyUpdate().execute();
}

/** The seats of a cloud room, of an organization's concurrency, or of a meeting of the free plan. */
export async function lockResource(tx: FleetDatabase, { orgId }: OrgScope, id: ResourceId): Promise<void> {
  if (isSqlite(tx)) return;
  if (organizationId.safeParse(id).success) return await lockOrganization(tx, { orgId });
  const resources = tx.selectFrom(roomId.safeParse(id).success ? 'rooms' : 'meetings').where('orgId', '=', orgId);
  await resources
    .select('id')
    .where((row) => row(row.cast<string>('id', 'text'), '=', id))
    .forNoKeyUpdate()
    .execute();
}

/** What the fleet wants of a terminal, and its certificates. */
export async function lockTerminal(tx: FleetDatabase, id: TerminalId): Promise<void> {
  if (isSqlite(tx)) return;
  await tx.selectFrom('terminals').select('id').where('id', '=', id).forNoKeyUpdate().execute();
}

/** What no row stands for: one transaction at a time holds a name. */
export async function lockName(tx: FleetDatabase, name: 'codes' | 'links' | 'pairings'): Promise<void> {
  if (isSqlite(tx)) return;
  await sql`select pg_advisory_xact_lock(hashtext(${`anteroom ${name}`}))`.execute(tx);
}

function isSqlite(tx: FleetDatabase): boolean {
  return tx.getExecutor().adapter instanceof SqliteAdapter;
}
