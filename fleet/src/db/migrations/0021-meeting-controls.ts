import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** What the hosts of a meeting decided, and whom they removed. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('meeting_controls')
    .addColumn('meeting_id', 'text', (c) => c.primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('is_locked', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('saved_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('removals')
    .addColumn('meeting_id', 'text', (c) => c.notNull())
    .addColumn('holder', 'text', (c) => c.notNull())
    .addColumn('org_id', 'text', (c) => c.notNull().references('organizations.id'))
    .addColumn('removed_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('removals_key', ['meeting_id', 'holder'])
    .execute();
}
