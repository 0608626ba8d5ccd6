import type { CommandId, ConnectionId, TerminalId } from '@anteroom/shared/ids.ts';
import { type CommandRequest, commandRequest, type OutcomeResult } from '@anteroom/shared/protocol/commands.ts';
import type { Version } from '@anteroom/shared/protocol/envelope.ts';
import type {
  EventMessage,
  OutcomeMessage,
  ReportedMessage,
  TelemetryMessage,
} from '@anteroom/shared/protocol/messages.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

/** A message that must be in the database before its terminal may forget it. */
export type DurableMessage =
  | { kind: 'reported'; terminalId: TerminalId; message: ReportedMessage }
  | { kind: 'outcome'; terminalId: TerminalId; message: OutcomeMessage }
  | { kind: 'event'; terminalId: TerminalId; message: EventMessage };

/** `surplus`: there is a newer or an earlier one already, or nothing that it belongs to. Nothing was changed. */
export type StoreResult = 'stored' | 'surplus';

export type OpenCommand = { id: CommandId; request: CommandRequest; deadlineAt: string };

export type LinkRepository = ReturnType<typeof createLinkRepository>;

/** Most commands that are sent to one terminal at a time; the others follow as these are answered. */
export const mostOpenCommands = 500;

export function createLinkRepository(db: Kysely<Database>) {
  return {
    /** All of them or none; the results are in the order of `messages`. */
    async store(messages: readonly DurableMessage[], now: Date): Promise<StoreResult[]> {
      return await db.transaction().execute(async (trx) => {
        const results: StoreResult[] = [];
        for (const message of messages) results.push(await storeOne(trx, message, now.toISOString()));
        return results;
      });
    },

    async reportedN(terminalId: TerminalId): Promise<number> {
      const row = await db
        .selectFrom('reportedDocuments')
        .select('n')
        .where('terminalId', '=', terminalId)
        .executeTakeFirst();
      return row?.n ?? 0;
    },

    async openCommands(terminalId: TerminalId, now: Date): Promise<OpenCommand[]> {
      const rows = await db
        .selectFrom('commands')
        .select(['id', 'request', 'deadlineAt'])
        .where('isOpen', '=', 1)
        .where('terminalId', '=', terminalId)
        .where('deadlineAt', '>', now.toISOString())
        .orderBy('id')
        .limit(mostOpenCommands)
        .execute();
      return rows.map((row) => ({ ...row, request: commandRequest.parse(JSON.parse(row.request)) }));
    },

    async markSent(ids: readonly CommandId[], now: Date): Promise<void> {
      await db
        .updateTable('commands')
        .set((row) => ({ sentAt: now.toISOString(), sentCount: row('sentCount', '+', 1) }))
        .where('id', 'in', ids)
        .execute();
    },

    /** Gives every open command whose deadline was before `deadlineBefore` its outcome `expired`. */
    async expire(deadlineBefore: Date, now: Date): Promise<{ id: CommandId; terminalId: TerminalId }[]> {
      return await db.transaction().execute(async (trx) => {
        const late = await trx
          .selectFrom('commands')
          .select(['id', 'terminalId'])
          .where('isOpen', '=', 1)
          .where('deadlineAt', '<', deadlineBefore.toISOString())
          .orderBy('id')
          .limit(mostOpenCommands)
          .execute();
        const expired: typeof late = [];
        for (const command of late) {
          const outcome = {
            result: 'expired' as const,
            detail: 'The terminal did not answer before the deadline.',
            finishedAt: now.toISOString(),
          };
          if (await finish(trx, command.id, outcome, now.toISOString())) expired.push(command);
        }
        return expired;
      });
    },

    async onlinePresence(): Promise<{ terminalId: TerminalId; connectionId: ConnectionId }[]> {
      return await db.selectFrom('presence').select(['terminalId', 'connectionId']).where('isOnline', '=', 1).execute();
    },

    async savePresence(presence: {
      terminalId: TerminalId;
      connectionId: ConnectionId;
      isNewConnection: boolean;
      held: Version | null;
      now: Date;
    }): Promise<void> {
      const at = presence.now.toISOString();
      const seen = {
        connectionId: presence.connectionId,
        isOnline: 1 as const,
        lastSeenAt: at,
        heldEpoch: presence.held?.epoch ?? null,
        heldN: presence.held?.n ?? null,
      };
      await db
        .insertInto('presence')
        .values({ terminalId: presence.terminalId, connectedAt: at, ...seen })
        .onConflict((conflict) =>
          conflict.column('terminalId').doUpdateSet(presence.isNewConnection ? { ...seen, connectedAt: at } : seen),
        )
        .execute();
    },

    /** Unless another link process has written a newer connection. */
    async saveOffline(terminalId: TerminalId, connectionId: ConnectionId): Promise<void> {
      await db
        .updateTable('presence')
        .set({ isOnline: 0 })
        .where('terminalId', '=', terminalId)
        .where('connectionId', '=', connectionId)
        .execute();
    },

    async saveTelemetry(terminalId: TerminalId, message: TelemetryMessage, now: Date): Promise<void> {
      const row = {
        residentBytes: message.residentBytes,
        uptimeS: message.uptimeS,
        loadAverage: message.loadAverage,
        droppedMessages: message.droppedMessages,
        receivedAt: now.toISOString(),
      };
      await db
        .insertInto('telemetry')
        .values({ terminalId, ...row })
        .onConflict((conflict) => conflict.column('terminalId').doUpdateSet(row))
        .execute();
    },
  };
}

async function storeOne(db: Kysely<Database>, item: DurableMessage, receivedAt: string): Promise<StoreResult> {
  switch (item.kind) {
    case 'reported':
      return await storeReported(db, item.terminalId, item.message, receivedAt);
    case 'outcome':
      return await storeOutcome(db, item.terminalId, item.message, receivedAt);
    case 'event':
      return await storeEvent(db, item.terminalId, item.message, receivedAt);
  }
}

async function storeReported(
  db: Kysely<Database>,
  terminalId: TerminalId,
  { document }: ReportedMessage,
  receivedAt: string,
): Promise<StoreResult> {
  const row = { n: document.n, document: JSON.stringify(document), receivedAt };
  const written = await db
    .insertInto('reportedDocuments')
    .values({ terminalId, ...row })
    .onConflict((conflict) =>
      conflict.column('terminalId').doUpdateSet(row).where('reportedDocuments.n', '<', document.n),
    )
    .executeTakeFirst();
  return (written.numInsertedOrUpdatedRows ?? 0n) > 0n ? 'stored' : 'surplus';
}

async function storeOutcome(
  db: Kysely<Database>,
  terminalId: TerminalId,
  message: OutcomeMessage,
  receivedAt: string,
): Promise<StoreResult> {
  const command = await db
    .selectFrom('commands')
    .select('id')
    .where('id', '=', message.commandId)
    .where('terminalId', '=', terminalId)
    .executeTakeFirst();
  if (!command) return 'surplus';
  return (await finish(db, command.id, message, receivedAt)) ? 'stored' : 'surplus';
}

/** False when the command has its outcome already. */
async function finish(
  db: Kysely<Database>,
  commandId: CommandId,
  outcome: { result: OutcomeResult; detail: string; finishedAt: string },
  receivedAt: string,
): Promise<boolean> {
  const { result, detail, finishedAt } = outcome;
  const inserted = await db
    .insertInto('commandOutcomes')
    // PostgreSQL keeps no U+0000, and a message that cannot be stored would be sent again for ever.
    .values({ commandId, result, detail: detail.replaceAll('\0', ''), finishedAt, receivedAt })
    .onConflict((conflict) => conflict.column('commandId').doNothing())
    .executeTakeFirst();
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  await db.updateTable('commands').set({ isOpen: 0 }).where('id', '=', commandId).execute();
  return true;
}

async function storeEvent(
  db: Kysely<Database>,
  terminalId: TerminalId,
  message: EventMessage,
  receivedAt: string,
): Promise<StoreResult> {
  const inserted = await db
    .insertInto('terminalEvents')
    .values({
      terminalId,
      id: message.id,
      kind: message.kind,
      detail: JSON.stringify(message.detail),
      at: message.at,
      receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['terminalId', 'id']).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n ? 'stored' : 'surplus';
}
