import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** A session says how its holder proved who they are; of those of before it is not known. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('sessions').addColumn('signed_in_by', 'text').execute();
}
