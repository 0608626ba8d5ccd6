import SqliteDatabase from 'better-sqlite3';
import { CamelCasePlugin, Kysely } from 'kysely';
import { SharedSqliteDialect } from './dialect.ts';
import { migrateToLatest } from './migrate.ts';
import type { Database } from './schema.ts';

export type FleetDatabase = Kysely<Database>;

/** How long a statement waits while another process writes. */
const busyTimeoutMs = 5_000;

/**
 * Opens the database file (made when missing) and brings it to the newest schema. Several processes may open the same
 * file. Names are camelCase here and snake_case in the database.
 */
export async function openDatabase({ file }: { file: string }): Promise<FleetDatabase> {
  const sqlite = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  sqlite.pragma('journal_mode = WAL');
  // An `ack` makes a terminal forget what it said, so what is acknowledged must outlive a power cut too: with WAL, NORMAL
  // may lose the last commits then, FULL syncs at each (https://www.sqlite.org/pragma.html#pragma_synchronous).
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Database>({
    dialect: new SharedSqliteDialect({ database: sqlite }),
    plugins: [new CamelCasePlugin()],
  });
  try {
    await migrateToLatest(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}
