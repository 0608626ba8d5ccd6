import type { OrganizationId } from '@anteroom/shared/ids.ts';
import { sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import type { Database } from '../../db/schema.ts';

/**
 * What an organization has, by table and the column that names a row (or a few rows) of it; what refers to something
 * goes before it. Rows of the link go with their terminal. A test holds that no table with an `orgId` is missing.
 */
const tables = [
  ['rings', 'meetingId'],
  ['seats', 'meetingId'],
  ['attendance', 'meetingId'],
  ['waiting', 'participantId'],
  ['meetingControls', 'meetingId'],
  ['removals', 'holder'],
  ['whiteboards', 'meetingId'],
  ['shortages', 'id'],
  ['attendees', 'listId'],
  ['calendarFeeds', 'tokenHash'],
  ['meetings', 'id'],
  ['series', 'id'],
  ['contacts', 'id'],
  ['invitations', 'id'],
  ['imports', 'id'],
  ['linkMessages', 'recipient'],
  ['certificates', 'thumbprint'],
  ['terminals', 'id'],
  ['rooms', 'id'],
  ['spaces', 'id'],
  ['orderLines', 'id'],
  ['orders', 'id'],
  ['notices', 'id'],
  ['numbers', 'number'],
  ['sessions', 'id'],
  ['changeCounters', 'topic'],
  ['auditEntries', 'seq'],
] as const satisfies readonly [keyof Database, string][];

/** A transaction of this many rows holds others up for less than they notice. */
const batchSize = 200;
const dayMs = 86_400_000;
/** A terminal renews a certificate that ended up to a year ago; until then it has to hear that it is revoked. */
const renewableMs = 365 * dayMs;

/**
 * Deletes one batch of what the organization has; false when nothing is left but its row. Called again and again: what a
 * crash leaves is found by the next call.
 */
export async function purgeBatch(db: FleetDatabase, orgId: OrganizationId): Promise<boolean> {
  return await db.transaction().execute(async (tx) => {
    await forgetTerminals(tx, orgId);
    for (const [table, key] of tables) {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where ${sql.ref('orgId')} = ${orgId} and ${sql.ref(key)} in (
          select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref('orgId')} = ${orgId} limit ${batchSize})`.execute(
        tx,
      );
      if (numAffectedRows) return true;
    }
    return await purgeDepartments(tx, orgId);
  });
}

/** Takes away what names a batch of terminals without an organization, and keeps what they have to be told. */
async function forgetTerminals(tx: FleetDatabase, orgId: OrganizationId): Promise<void> {
  const certificates = await tx
    .selectFrom('certificates')
    .select(['thumbprint', 'terminalId', 'notAfter'])
    .where('orgId', '=', orgId)
    .limit(batchSize)
    .execute();
  if (certificates.length === 0) return;
  const forgotten = certificates.map(({ thumbprint, notAfter }) => ({
    thumbprint,
    keptUntil: new Date(Date.parse(notAfter) + renewableMs).toISOString(),
  }));
  await tx
    .insertInto('forgottenCertificates')
    .values(forgotten)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const ids = certificates.map(({ terminalId }) => terminalId);
  await tx.deleteFrom('pairings').where('terminalId', 'in', ids).execute();
  await tx.deleteFrom('deliveryMarkers').where('terminalId', 'in', ids).execute();
}

/** From the leaves of the tree to its roots: a department stays as long as another stands below it. */
async function purgeDepartments(tx: FleetDatabase, orgId: OrganizationId): Promise<boolean> {
  const leaves = await tx
    .selectFrom('departments as leaf')
    .select('leaf.id')
    .where('leaf.orgId', '=', orgId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('departments as below')
            .select('below.id')
            .whereRef('below.orgId', '=', 'leaf.orgId')
            .whereRef('below.parentId', '=', 'leaf.id'),
        ),
      ),
    )
    .limit(batchSize)
    .execute();
  if (leaves.length === 0) return false;
  const ids = leaves.map(({ id }) => id);
  await tx.deleteFrom('departments').where('orgId', '=', orgId).where('id', 'in', ids).execute();
  return true;
}

/** The row stays for the audit entry that refers to it, and says nothing. */
export async function blankOrganization(tx: FleetDatabase, orgId: OrganizationId): Promise<void> {
  const blank = { name: '', industry: '', size: '', country: '', settings: '{}', timeZone: 'UTC' };
  await tx.updateTable('organizations').set(blank).where('id', '=', orgId).execute();
}
