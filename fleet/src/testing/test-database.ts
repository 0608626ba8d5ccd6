import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { asSecret } from '../config-secret.ts';
import { type DatabaseTarget, type FleetDatabase, openDatabase } from '../db/database.ts';

/**
 * A fresh database: on the PostgreSQL server in the project `postgres`, else a SQLite file in the folder. So the same
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
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const template = isEmpty ? 'template0' : new URL(original).pathname.slice(1);
  await askServer(original, `create database ${name} template ${template}`);
  return {
    target: { url: asSecret(withDatabase(original, name)) },
    // By force: a fleet that was cut off by its test may not have closed its connections.
    remove: () => askServer(original, `drop database ${name} with (force)`),
  };
}

/** The same server's URL, for another of its databases. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** One statement on the server: not in the database that is copied, which nobody may be connected to meanwhile. */
export async function askServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(withDatabase(url, 'postgres'));
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
