import SqliteDatabase from 'better-sqlite3';
import { CamelCasePlugin, type Dialect, type Kysely, PostgresDialect } from 'kysely';
import type { Secret } from '../config-secret.ts';
import { SharedSqliteDialect } from './dialect.ts';
import { migrateToLatest } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { RepeatingKysely } from './repeating.ts';
import type { Database } from './schema.ts';
import { keepStatements } from './statements.ts';

export type FleetDatabase = Kysely<Database>;

/** A SQLite file, made when it is missing, or a database on a PostgreSQL server. */
export type DatabaseTarget = { file: string } | { url: Secret };

/** How long a statement waits while another process writes. */
const busyTimeoutMs = 5_000;

/**
 * Opens the database and brings it to the newest schema. Several processes may open the same one, also at the same
 * moment. Names are camelCase here and snake_case in the database.
 */
export async function openDatabase(target: DatabaseTarget): Promise<FleetDatabase> {
  const db = await connect(target);
  try {
    await migrateToLatest(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** Opens the database with the schema that it has. */
export async function connect(target: DatabaseTarget): Promise<FleetDatabase> {
  const dialect: Dialect =
    'file' in target ? openSqlite(target.file) : new PostgresDialect({ pool: await openPostgres(target.url) });
  return new RepeatingKysely<Database>({ dialect, plugins: [new CamelCasePlugin()] });
}

function openSqlite(file: string): SharedSqliteDialect {
  const sqlite = new SqliteDatabase(file, { timeout: busyTimeoutMs });
  sqlite.pragma('journal_mode = WAL');
  // An `ack` makes a terminal forget what it said, so what is acknowledged must outlive a power cut too: with WAL, NORMAL
  // may lose the last commits then, FULL syncs at each (https://www.sqlite.org/pragma.html#pragma_synchronous).
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return new SharedSqliteDialect({ database: keepStatements(sqlite) });
}
