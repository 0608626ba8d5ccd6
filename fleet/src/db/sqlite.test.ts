import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FleetDatabase, openDatabase } from './database.ts';

let directory: string;
let db: FleetDatabase;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anteroom-database-'));
  db = await openDatabase({ file: join(directory, 'fleet.sqlite') });
});
afterAll(async () => {
  await db.destroy();
  await rm(directory, { recursive: true, force: true });
});

it.each([
  ['journal_mode', 'wal'],
  // FULL: a commit outlives a power cut.
  ['synchronous', 2],
  ['foreign_keys', 1],
])('is opened with %s = %s', async (pragma, value) => {
  const { rows } = await sql`pragma ${sql.raw(pragma)}`.execute(db);
  expect(rows).toEqual([{ [pragma.replace(/_(\w)/g, (_mark, letter: string) => letter.toUpperCase())]: value }]);
});
