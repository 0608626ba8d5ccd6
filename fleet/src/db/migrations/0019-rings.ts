import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * A ring is one of a person or terminal, with what became of it: the instant until which a whole meeting rang goes. Who
 * is not to be disturbed, and two settings of terminals.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('rings')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('callee_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.references('accounts.id'))
    .addColumn('terminal_id', 'text')
    .addColumn('caller_id', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('called_at', 'text', (c) => c.notNull())
    .addColumn('ring_until', 'text', (c) => c.notNull())
    .addColumn('settled_at', 'text')
    .addColumn('dismissed_at', 'text')
    .addPrimaryKeyConstraint('rings_key', ['meeting_id', 'callee_id'])
    .addForeignKeyConstraint('rings_meeting', ['org_id', 'meeting_id'], 'meetings', ['org_id', 'id'])
    .execute();
  await db.schema.createIndex('rings_of_person').on('rings').columns(['account_id', 'called_at']).execute();
  await db.schema.createIndex('rings_of_terminal').on('rings').column('terminal_id').execute();
  await sql`create index rings_now on rings (ring_until) where state = 'ringing'`.execute(db);
  await db.schema
    .createTable('quiet_times')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
    .addColumn('until', 'text')
    .execute();
  await db.schema.alterTable('meetings').dropColumn('ring_until').execute();
  for (const column of ['answers_automatically_since', 'do_not_disturb_since'])
    await db.schema.alterTable('terminals').addColumn(column, 'text').execute();
}
