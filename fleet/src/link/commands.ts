import { type CommandId, newId, type OrganizationId, type TerminalId } from '@anteroom/shared/ids.ts';
import { type CommandRequest, commandRequest, type OutcomeResult } from '@anteroom/shared/protocol/commands.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { markWake } from './markers.ts';
import type { CommandRow } from './tables.ts';

/** A command with its outcome, `result` null while there is none. */
export type Command = {
  id: CommandId;
  terminalId: TerminalId;
  request: CommandRequest;
  createdAt: string;
  deadlineAt: string;
  sentAt: string | null;
  result: OutcomeResult | null;
  detail: string;
  finishedAt: string | null;
};

/** Stores a command for a terminal and wakes the link, which delivers it until `withinMs` from now. */
export async function createCommand(
  db: Kysely<Database>,
  options: { orgId: OrganizationId; terminalId: TerminalId; request: CommandRequest; withinMs: number; now: Date },
): Promise<Command> {
  const row: CommandRow = {
    id: newId('command', options.now),
    orgId: options.orgId,
    terminalId: options.terminalId,
    request: JSON.stringify(commandRequest.parse(options.request)),
    createdAt: options.now.toISOString(),
    deadlineAt: new Date(options.now.getTime() + options.withinMs).toISOString(),
    sentAt: null,
    sentCount: 0,
    isOpen: 1,
  };
  await db.insertInto('commands').values(row).execute();
  await markWake(db, options.terminalId);
  return toCommand({ ...row, result: null, detail: null, finishedAt: null });
}

/** A terminal's commands, newest first; `before` is the last id of the page before. */
export async function listCommands(
  db: Kysely<Database>,
  options: { orgId: OrganizationId; terminalId: TerminalId; before: CommandId | null; limit: number },
): Promise<Command[]> {
  let query = withOutcome(db)
    .where('commands.orgId', '=', options.orgId)
    .where('commands.terminalId', '=', options.terminalId);
  if (options.before !== null) query = query.where('commands.id', '<', options.before);
  const rows = await query.orderBy('commands.id', 'desc').limit(options.limit).execute();
  return rows.map(toCommand);
}

export async function getCommand(
  db: Kysely<Database>,
  options: { orgId: OrganizationId; commandId: CommandId },
): Promise<Command | null> {
  const row = await withOutcome(db)
    .where('commands.orgId', '=', options.orgId)
    .where('commands.id', '=', options.commandId)
    .executeTakeFirst();
  return row ? toCommand(row) : null;
}

function withOutcome(db: Kysely<Database>) {
  return db
    .selectFrom('commands')
    .leftJoin('commandOutcomes', 'commandOutcomes.commandId', 'commands.id')
    .selectAll('commands')
    .select(['commandOutcomes.result', 'commandOutcomes.detail', 'commandOutcomes.finishedAt']);
}

type CommandWithOutcome = CommandRow & {
  result: OutcomeResult | null;
  detail: string | null;
  finishedAt: string | null;
};

function toCommand(row: CommandWithOutcome): Command {
  return {
    id: row.id,
    terminalId: row.terminalId,
    request: commandRequest.parse(JSON.parse(row.request)),
    createdAt: row.createdAt,
    deadlineAt: row.deadlineAt,
    sentAt: row.sentAt,
    result: row.result,
    detail: row.detail ?? '',
    finishedAt: row.finishedAt,
  };
}
