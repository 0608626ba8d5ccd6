import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Far more than the fleet has queries; lists of ids and filters make some of them in several lengths. */
const mostKept = 1_000;

/**
 * `database` that keeps what it compiled: compiling takes several times as long as most statements run. SQLite compiles
 * one again by itself when the schema changed since (https://www.sqlite.org/c3ref/prepare.html).
 */
export function keepStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = kept.get(sql) ?? database.prepare(sql);
      // A map keeps the order of insertion: first is what was not used for the longest time.
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  };
}
