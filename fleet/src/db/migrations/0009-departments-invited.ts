import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Departments on a list of attendees stand for the people whom they have: nobody came in through one by name. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('attendees').dropColumn('via_department_id').execute();
  await db.schema
    .createIndex('attendees_by_department')
    .on('attendees')
    .columns(['department_id', 'list_id'])
    .execute();
}
