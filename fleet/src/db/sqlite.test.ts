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

it('compiles a kept statement again when another process changed the schema', async () => {
  const other = await openDatabase({ file: join(directory, 'fleet.sqlite') });
  await sql`create table notes (id text, word text)`.execute(db);
  await sql`insert into notes values ('1', 'first')`.execute(db);
  const read = async () => (await sql`select * from notes`.execute(db)).rows;
  expect(await read()).toEqual([{ id: '1', word: 'first' }]);
  await sql`alter table notes rename column word to text`.execute(other);
  await sql`alter table notes add column length integer default 5`.execute(other);
  expect(await read()).toEqual([{ id: '1', text: 'first', length: 5 }]);
  await other.destroy();
});
