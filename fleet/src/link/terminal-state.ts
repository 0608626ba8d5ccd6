import { type MessageId, messageId, type OrganizationId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type ReportedDocument, reportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { Version } from '@anteroom/shared/protocol/envelope.ts';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../db/schema.ts';
import { offlineAfterMs } from './presence.ts';
import type { PresenceRow } from './tables.ts';

/** What the link has stored of terminals, for the fleet's modules to show. */

export type TerminalPresence = {
  terminalId: TerminalId;
  isOnline: boolean;
  connectedAt: string;
  lastSeenAt: string;
  /** Desired version that the terminal holds. */
  held: Version | null;
};

/** Slack for the link's own writing of `lastSeenAt`. */
const seenSlackMs = 5_000;

/** `heartbeatEveryMs`: as the link was given. Old evidence counts as offline, even when no link process runs. */
export async function listPresence(
  db: Kysely<Database>,
  options: { terminalIds: readonly TerminalId[]; now: Date; heartbeatEveryMs: number },
): Promise<Map<TerminalId, TerminalPresence>> {
  if (options.terminalIds.length === 0) return new Map();
  const rows = await db.selectFrom('presence').selectAll().where('terminalId', 'in', options.terminalIds).execute();
  return new Map(rows.map((row) => [row.terminalId, toPresence(row, options)]));
}

function toPresence(row: PresenceRow, options: { now: Date; heartbeatEveryMs: number }): TerminalPresence {
  const ageMs = options.now.getTime() - Date.parse(row.lastSeenAt);
  return {
    terminalId: row.terminalId,
    isOnline: row.isOnline === 1 && ageMs <= offlineAfterMs(options.heartbeatEveryMs) + seenSlackMs,
    connectedAt: row.connectedAt,
    lastSeenAt: row.lastSeenAt,
    held: row.heldEpoch === null || row.heldN === null ? null : { epoch: row.heldEpoch, n: row.heldN },
  };
}

export async function listReported(
  db: Kysely<Database>,
  terminalIds: readonly TerminalId[],
): Promise<Map<TerminalId, { document: ReportedDocument; receivedAt: string }>> {
  if (terminalIds.length === 0) return new Map();
  const rows = await db.selectFrom('reportedDocuments').selectAll().where('terminalId', 'in', terminalIds).execute();
  return new Map(
    rows.map((row) => [
      row.terminalId,
      { document: reportedDocument.parse(JSON.parse(row.document)), receivedAt: row.receivedAt },
    ]),
  );
}

const eventDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type StoredEvent = { id: MessageId; kind: string; detail: z.infer<typeof eventDetail>; at: string };

/** A terminal's events, newest first; `before` is the last id of the page before. */
export async function listEvents(
  db: Kysely<Database>,
  options: { orgId: OrganizationId; terminalId: TerminalId; before: MessageId | null; limit: number },
): Promise<StoredEvent[]> {
  let query = db
    .selectFrom('terminalEvents')
    .innerJoin('terminals', 'terminals.id', 'terminalEvents.terminalId')
    .select(['terminalEvents.id', 'terminalEvents.kind', 'terminalEvents.detail', 'terminalEvents.at'])
    .where('terminals.orgId', '=', options.orgId)
    .where('terminalEvents.terminalId', '=', options.terminalId);
  if (options.before !== null) query = query.where('terminalEvents.id', '<', options.before);
  const rows = await query.orderBy('terminalEvents.id', 'desc').limit(options.limit).execute();
  return rows.map((row) => ({
    id: messageId.parse(row.id),
    kind: row.kind,
    detail: eventDetail.parse(JSON.parse(row.detail)),
    at: row.at,
  }));
}
