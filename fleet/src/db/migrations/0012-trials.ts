import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Trial meetings, and who was greeted with one: whoever has an account already knows their way. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .alterTable('meetings')
    .addColumn('purpose', 'text', (c) => c.notNull().defaultTo('meeting'))
    .execute();
  await db.schema.alterTable('accounts').addColumn('greeted_at', 'text').execute();
  await sql`update accounts set greeted_at = created_at`.execute(db);
}
