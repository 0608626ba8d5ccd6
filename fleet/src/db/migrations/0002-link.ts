import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Desired and reported documents, presence, commands with their outcomes, events, and how link processes agree. */
export async function up(db: Kysely<Database>): Promise<void> {
  await createDocuments(db);
  await createPresence(db);
  await createCommands(db);
  await createCoordination(db);
}

/** What terminals count may be more than the 32 bits of PostgreSQL's integers. */
async function createDocuments(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('desired_documents')
    .addColumn('terminal_id', 'text', (c) => c.primaryKey().references('terminals.id').onDelete('cascade'))
    .addColumn('epoch', 'bigint', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('reported_documents')
    .addColumn('terminal_id', 'text', (c) => c.primaryKey().references('terminals.id').onDelete('cascade'))
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .execute();
}

async function createPresence(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('presence')
    .addColumn('terminal_id', 'text', (c) => c.primaryKey().references('terminals.id').onDelete('cascade'))
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('is_online', 'integer', (c) => c.notNull())
    .addColumn('connected_at', 'text', (c) => c.notNull())
    .addColumn('last_seen_at', 'text', (c) => c.notNull())
    .addColumn('held_epoch', 'bigint')
    .addColumn('held_n', 'bigint')
    .execute();
  await db.schema
    .createTable('telemetry')
    .addColumn('terminal_id', 'text', (c) => c.primaryKey().references('terminals.id').onDelete('cascade'))
    .addColumn('resident_bytes', 'bigint', (c) => c.notNull())
    .addColumn('uptime_s', 'bigint', (c) => c.notNull())
    .addColumn('load_average', 'double precision', (c) => c.notNull())
    .addColumn('dropped_messages', 'bigint', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .execute();
}

async function createCommands(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('commands')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('terminal_id', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('deadline_at', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('sent_count', 'integer', (c) => c.notNull())
    .addColumn('is_open', 'integer', (c) => c.notNull())
    .addForeignKeyConstraint('commands_terminal', ['org_id', 'terminal_id'], 'terminals', ['org_id', 'id'], (c) =>
      c.onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createTable('command_outcomes')
    .addColumn('command_id', 'text', (c) => c.primaryKey().references('commands.id').onDelete('cascade'))
    .addColumn('result', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('finished_at', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('commands_by_terminal').on('commands').columns(['terminal_id', 'id']).execute();
  // Open commands are few among many: by terminal to deliver them, by deadline to call them expired.
  await db.schema
    .createIndex('commands_open_by_terminal')
    .on('commands')
    .columns(['is_open', 'terminal_id', 'id'])
    .execute();
  await db.schema.createIndex('commands_open_by_deadline').on('commands').columns(['is_open', 'deadline_at']).execute();
  await db.schema
    .createTable('terminal_events')
    .addColumn('terminal_id', 'text', (c) => c.notNull().references('terminals.id').onDelete('cascade'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('terminal_events_key', ['terminal_id', 'id'])
    .execute();
}

async function createCoordination(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('delivery_markers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('terminal_id', 'text', (c) => c.notNull())
    .addColumn('thumbprint', 'text')
    .execute();
  await db.schema
    .createTable('link_lease')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('beat', 'integer', (c) => c.notNull())
    .execute();
}
