import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Organizations that are closing, and what terminals of those that are gone are told. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema
    .createTable('closings')
    .addColumn('org_id', 'text', (c) => c.primaryKey().references('organizations.id'))
    .addColumn('requested_at', 'text', (c) => c.notNull())
    .addColumn('requested_by', 'text', (c) => c.notNull().references('accounts.id'))
    .addColumn('effective_at', 'text', (c) => c.notNull())
    .addColumn('reminders_sent', 'integer', (c) => c.notNull())
    .addColumn('dissolved_at', 'text')
    .execute();
  await db.schema
    .createTable('forgotten_certificates')
    .addColumn('thumbprint', 'text', (c) => c.primaryKey())
    .addColumn('kept_until', 'text', (c) => c.notNull())
    .execute();
}
