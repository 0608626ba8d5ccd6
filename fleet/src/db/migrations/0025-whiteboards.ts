import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** What was drawn in a meeting. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('whiteboards')
    .addColumn('meeting_id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('elements', 'integer', (c) => c.notNull())
    .addColumn('saved_at', 'text', (c) => c.notNull())
    .execute();
}
