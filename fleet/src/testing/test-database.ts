import { randomUUID } from 'node:crypto';
import { copyFile, readdir, unlink, writeFile } from 'node:fs/promises';
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
  const file = join(options.folder, 'fleet.sqlite');
  const sqliteOriginal = inject('sqliteOriginal');
  if (sqliteOriginal !== undefined && !options.isEmpty) await copyFile(sqliteOriginal, file);
  // It goes with the folder.
  return { target: { file }, remove: () => Promise.resolve() };
}

async function makeInPostgres(original: string, isEmpty: boolean) {
  const name = (isEmpty ? undefined : await takeUsed()) ?? (await copy(original, isEmpty));
  const url = withDatabase(original, name);
  const drop = () => askServer(original, `drop database ${name} with (force)`);
  return {
    target: { url: asSecret(url) },
    remove: async () => {
      if (isEmpty) return void (await drop());
      // A test that changed the schema, to see what happens then, leaves nothing that another could use.
      if ((await emptyEverything(url)) !== inject('postgresColumns')) return void (await drop());
      await writeFile(join(usedFolder(), name), '');
    },
  };
}

async function copy(original: string, isEmpty: boolean): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = isEmpty ? 'template0' : new URL(original).pathname.slice(1);
  await askServer(original, `create database ${name} template ${template}`);
  return name;
}

function usedFolder(): string {
  const folder = inject('postgresUsedFolder');
  if (folder === undefined) throw new Error('this project has no PostgreSQL');
  return folder;
}

/**
 * A database that a test is done with and that was emptied: a copy of hundreds of files costs fifty times as much. A file
 * stands for each, which is there for whoever takes it away.
 */
async function takeUsed(): Promise<string | undefined> {
  for (const name of await readdir(usedFolder())) {
    const isOurs = await unlink(join(usedFolder(), name)).then(
      () => true,
      () => false, // The other worker was faster.
    );
    if (isOurs) return name;
  }
  return undefined;
}

/**
 * Leaves the schema alone. Connections end first, by force: a fleet that was cut off by its test may not have closed
 * them. As a replica's session no foreign key asks for an order of the tables; most of them never had a row.
 */
const emptying = `
  do $$
  declare name text;
  begin
    perform pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid();
    set local session_replication_role = replica;
    for name in select quote_ident(relname) from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'
        and pg_relation_size(oid) > 0
    loop
      execute 'delete from ' || name;
    end loop;
  end $$`;

/** Of tables and of indexes: as many as in the original, unless somebody changed the schema. */
const countingColumns = `
  select sum(relnatts)::int as columns from pg_class where relnamespace = 'public'::regnamespace`;

/** Resolves to the number of columns that there are. */
async function emptyEverything(url: string): Promise<number> {
  return readColumns(await ask(url, emptying, countingColumns));
}

export async function countColumns(url: string): Promise<number> {
  return readColumns(await ask(url, countingColumns));
}

function readColumns([row]: readonly unknown[]): number {
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

/** Resolves to the rows of the last statement. */
async function ask(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client(url);
  try {
    await client.connect();
    let rows: unknown[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  } finally {
    await client.end();
  }
}
