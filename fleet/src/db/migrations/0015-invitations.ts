import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * Invitations go by SMS or e-mail, can be sent again, and their person can say no. Messages with links are counted, so
 * that nobody is flooded with them.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('invitations').renameColumn('phone', 'recipient').execute();
  await db.schema.alterTable('invitations').addColumn('refused_at', 'text').execute();
  await db.schema
    .alterTable('invitations')
    .addColumn('sent_at', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update invitations set sent_at = created_at`.execute(db);
  await db.schema
    .createTable('link_messages')
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('sent_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('link_messages_by_recipient')
    .on('link_messages')
    .columns(['recipient', 'sent_at'])
    .execute();
  await db.schema.createIndex('link_messages_by_org').on('link_messages').columns(['org_id', 'sent_at']).execute();
  await db.schema.createIndex('one_time_links_by_account').on('one_time_links').columns(['account_id']).execute();
}
