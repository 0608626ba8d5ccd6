import type { TerminalId } from '@anteroom/shared/ids.ts';
import { maxPayloadBytes } from '@anteroom/shared/protocol/channels.ts';
import { type DesiredDocument, desiredDocument } from '@anteroom/shared/protocol/desired.ts';
import { compareVersions, type Version } from '@anteroom/shared/protocol/envelope.ts';
import type { Kysely } from 'kysely';
import { lockTerminal } from '../db/locks.ts';
import type { Database } from '../db/schema.ts';
import { markWake } from './markers.ts';

/** Everything of a desired document but its version, which only the database gives. */
export type DesiredContent = Omit<DesiredDocument, 'version'>;

const desiredContent = desiredDocument.omit({ version: true });
/** Room for the envelope around the document. */
const maxDocumentBytes = maxPayloadBytes - 1024;

/**
 * Stores what the fleet wants of a terminal and wakes the link; a document equal to the stored one changes nothing.
 * Call it in the transaction of the change that caused it, which holds the terminal (db/locks.ts). `epoch` is the database's.
 */
export async function putDesired(
  db: Kysely<Database>,
  options: { terminalId: TerminalId; content: DesiredContent; epoch: number; now: Date },
): Promise<{ version: Version; isChanged: boolean }> {
  // Parsed, so that equal contents are equal text whatever the order in which the caller wrote their keys.
  const document = JSON.stringify(desiredContent.parse(options.content));
  if (Buffer.byteLength(document) > maxDocumentBytes)
    throw new RangeError(`desired document of ${options.terminalId} is larger than ${maxDocumentBytes} bytes`);
  const current = await db
    .selectFrom('desiredDocuments')
    .select(['epoch', 'n', 'document'])
    .where('terminalId', '=', options.terminalId)
    .executeTakeFirst();
  if (current?.document === document && current.epoch >= options.epoch)
    return { version: { epoch: current.epoch, n: current.n }, isChanged: false };
  const version = { epoch: Math.max(options.epoch, current?.epoch ?? 0), n: (current?.n ?? 0) + 1 };
  const row = { ...version, document, updatedAt: options.now.toISOString() };
  await db
    .insertInto('desiredDocuments')
    .values({ terminalId: options.terminalId, ...row })
    .onConflict((conflict) => conflict.column('terminalId').doUpdateSet(row))
    .execute();
  await markWake(db, options.terminalId);
  return { version, isChanged: true };
}

export async function getDesired(db: Kysely<Database>, terminalId: TerminalId): Promise<DesiredDocument | null> {
  const row = await db
    .selectFrom('desiredDocuments')
    .selectAll()
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  if (!row) return null;
  return desiredDocument.parse({ ...JSON.parse(row.document), version: { epoch: row.epoch, n: row.n } });
}

export async function getDesiredVersion(db: Kysely<Database>, terminalId: TerminalId): Promise<Version | null> {
  const row = await db
    .selectFrom('desiredDocuments')
    .select(['epoch', 'n'])
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Lifts the stored document above `held`, which its terminal holds although this database never gave it: the database
 * was restored from a backup, and without this the terminal would drop everything as older. Returns the new version, or
 * null when the stored one is as new already.
 */
export async function liftDesiredAbove(
  db: Kysely<Database>,
  terminalId: TerminalId,
  held: Version,
): Promise<Version | null> {
  const isBelow = (stored: Version | null) => stored !== null && compareVersions(stored, held) < 0;
  // Nearly always it is not, and nobody has to wait for the answer.
  if (!isBelow(await getDesiredVersion(db, terminalId))) return null;
  return await db.transaction().execute(async (tx) => {
    await lockTerminal(tx, terminalId);
    const current = await getDesiredVersion(tx, terminalId);
    if (!current || !isBelow(current)) return null;
    const version = { epoch: held.epoch + 1, n: current.n };
    await tx.updateTable('desiredDocuments').set(version).where('terminalId', '=', terminalId).execute();
    return version;
  });
}

/** Removes what was wanted, for a terminal that is retired or moved to another organization. */
export async function deleteDesired(db: Kysely<Database>, terminalId: TerminalId): Promise<void> {
  await db.deleteFrom('desiredDocuments').where('terminalId', '=', terminalId).execute();
}
