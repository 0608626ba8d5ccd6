import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * A room's terminal calls others in too, and contacts and numbers are called beside people and terminals. Hosts search
 * the directory as they type: what is searched stands in the index by which it is sorted.
 */
export async function up(db: Kysely<Database>): Promise<void> {
  for (const column of ['caller_terminal_id', 'contact_id', 'phone', 'callee_name'])
    await db.schema.alterTable('rings').addColumn(column, 'text').execute();
  await db.schema.dropIndex('contacts_by_name').execute();
  await db.schema
    .createIndex('contacts_by_name')
    .on('contacts')
    .columns(['org_id', 'name_key', 'id', 'search_key'])
    .execute();
  await db.schema.createIndex('terminals_by_name').on('terminals').columns(['org_id', 'name_key', 'id']).execute();
}
