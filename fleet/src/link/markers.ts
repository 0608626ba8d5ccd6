import { newId, type TerminalId } from '@anteroom/shared/ids.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { MarkerRow } from './tables.ts';

/**
 * How any process asks the leading link process to act at once: a row, written in the same transaction as the change it
 * is about, seen within the poll interval, and at once by a link of the same process that is poked. A row is consumed by
 * its id, not by a cursor: rows may become visible out of order.
 */

/** There is something new for this terminal: a desired document or a command. */
export async function markWake(db: Kysely<Database>, terminalId: TerminalId): Promise<void> {
  await db
    .insertInto('deliveryMarkers')
    .values({ id: newId('message'), action: 'wake', terminalId, thumbprint: null })
    .execute();
}

/** The certificate, or with null every certificate of the terminal, was revoked: end its session. */
export async function markDisconnect(
  db: Kysely<Database>,
  terminalId: TerminalId,
  thumbprint: string | null,
): Promise<void> {
  await db
    .insertInto('deliveryMarkers')
    .values({ id: newId('message'), action: 'disconnect', terminalId, thumbprint })
    .execute();
}

export async function readMarkers(db: Kysely<Database>, limit: number): Promise<MarkerRow[]> {
  return await db.selectFrom('deliveryMarkers').selectAll().orderBy('id').limit(limit).execute();
}

/** To be called after the markers were acted upon: a crash in between only makes them act twice. */
export async function deleteMarkers(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('deliveryMarkers').where('id', 'in', ids).execute();
}
