import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Whether a host of a meeting may open what a room's terminal has closed. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('terminals').addColumn('allows_host_unmute_since', 'text').execute();
}
