import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { z } from 'zod';
import { asSecret } from '../config-secret.ts';
import { type DatabaseTarget, type FleetDatabase, openDatabase } from '../db/database.ts';

/**
 * An empty database: on the PostgreSQL server in the project `postgres`, else a SQLite file in the folder. So the same
 * tests run on both.
 */
export type TestDatabase = AsyncDisposable & {
  target: DatabaseTarget;
  /** As one more process would. */
  open(): Promise<FleetDatabase>;
};

/** `isEmpty`: without the schema, as an administrator makes it. */
export async function createTestDatabase(options: { folder: string; isEmpty: boolean }): Promise<TestDatabase> {
  const { target, remove } = await make(options);
  const opened: FleetDatabase[] = [];
  return {
    target,
    async open() {
      const db = await openDatabase(target);
      opened.push(db);
      return db;
    },
    async [Symbol.asyncDispose]() {
      for (const db of opened) await db.destroy();
      await remove();
    },
  };
}

async function make(options: { folder: string; isEmpty: boolean }) {
  const original = inject('postgresUrl');
  if (original !== undefined) return await makeInPostgres(original, options.isEmpty);
  // It goes with the folder.
  return { target: { file: join(options.folder, 'fleet.sqlite') }, remove: () => Promise.resolve() };
}

async function makeInPostgres(original: string, isEmpty: boolean) {
  const name = (isEmpty ? undefined : await takeUsed(original)) ?? (await copy(original, isEmpty));
  const url = withDatabase(original, name);
  return {
    target: { url: asSecret(url) },
    remove: async () => {
      if (isEmpty) return void (await askServer(original, `drop database ${name} with (force)`));
      await ask(url, emptyEverything);
      // A test that changed the schema, to see what happens then, leaves nothing that another could use.
      if ((await countColumns(url)) !== inject('postgresColumns'))
        return void (await askServer(original, `drop database ${name} with (force)`));
      await askServer(original, `insert into used_databases values ('${name}')`);
    },
  };
}

async function copy(original: string, isEmpty: boolean): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = isEmpty ? 'template0' : new URL(original).pathname.slice(1);
  await askServer(original, `create database ${name} template ${template}`);
  return name;
}

/** A database that a test is done with and that was emptied: a copy of hundreds of files costs fifty times as much. */
async function takeUsed(original: string): Promise<string | undefined> {
  const [row] = await askServer(
    original,
    `delete from used_databases
      where name = (select name from used_databases limit 1 for update skip locked)
      returning name`,
  );
  return z.object({ name: z.string() }).optional().parse(row)?.name;
}

/**
 * Leaves the schema alone. Connections end first, by force: a fleet that was cut off by its test may not have closed
 * them. As a replica's session no foreign key asks for an order of the tables.
 */
const emptyEverything = `
  do $$
  declare name text;
  begin
    perform pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid();
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables
      where schemaname = 'public' and tablename not like 'kysely%'
    loop
      execute 'delete from ' || name;
    end loop;
  end $$`;

/** Of tables and of indexes: as many as in the original, unless somebody changed the schema. */
export async function countColumns(url: string): Promise<number> {
  const [row] = await ask(
    url,
    `select count(*)::int as columns from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'public'::regnamespace`,
  );
  return z.object({ columns: z.int() }).parse(row).columns;
}

/** The same server's URL, for another of its databases. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** One statement on the server: not in the database that is copied, which nobody may be connected to meanwhile. */
export async function askServer(url: string, statement: string): Promise<unknown[]> {
  return await ask(withDatabase(url, 'postgres'), statement);
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
