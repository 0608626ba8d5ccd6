import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Whether a call that nobody in the room started begins as one that was started there. */
export async function up(db: Kysely<Database>): Promise<void> {
  await db.schema.alterTable('terminals').addColumn('opens_remote_starts_since', 'text').execute();
}
