import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * The address of a calendar ends with the right of whoever made it. Of a room's it was not kept who did: it is the
 * cloud-room administrator's, and without one it leads nowhere until another is made.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable('calendar_feeds')
    .addColumn('created_by', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update calendar_feeds set created_by = owner_id where kind = 'person'`.execute(db);
  await sql`update calendar_feeds set created_by = coalesce(
    (select assignee_account_id from rooms where rooms.id = calendar_feeds.owner_id), '') where kind = 'room'`.execute(
    db,
  );
}
