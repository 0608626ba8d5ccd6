import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { importRoutes } from '@anteroom/shared/api/imports.ts';
import { importRowLimit } from '@anteroom/shared/people/import.ts';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCsv } from '../../fleet/src/table-file.ts';
import { peopleFile } from '../../fleet/src/testing/people-file.ts';
import { type Rig, startRig } from '../harness/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig[Symbol.asyncDispose]());

/** SQLite writes into its log (WAL) what a transaction changes and its cache cannot hold: this much is in the middle. */
const middleBytes = 1024 * 1024;

const databaseFile = () => join(rig.dataDir, 'fleet', 'fleet.sqlite');
const logBytes = () =>
  stat(`${databaseFile()}-wal`).then(
    ({ size }) => size,
    () => 0,
  );

/** Rows of everything that an import writes. */
function countRows(): Record<string, number> {
  const sqlite = new SqliteDatabase(databaseFile(), { readonly: true });
  try {
    const tables = ['accounts', 'memberships', 'numbers', 'one_time_links', 'notices', 'imports', 'audit_entries'];
    const count = (table: string) => Number(sqlite.prepare(`select count(*) from ${table}`).pluck().get());
    return Object.fromEntries(tables.map((table) => [table, count(table)]));
  } finally {
    sqlite.close();
  }
}

it('leaves nothing half done when the fleet is killed in the middle of an import, and takes the file again', async () => {
  const table = peopleFile({ rows: importRowLimit, isBad: (index) => index % 40 === 7 });
  const bad = table.rows.filter((_row, index) => index % 40 === 7).length;
  const body = { filename: 'people.csv', content: Buffer.from(toCsv(table)).toString('base64') };
  const api = await rig.api();
  const before = countRows();
  const logBefore = await logBytes();

  const answer = api.call(importRoutes.create, { body }).then(
    () => 'answered',
    () => 'cut off',
  );
  while ((await logBytes()) < logBefore + middleBytes) await sleep(2);
  process.kill(rig.fleet.pid() ?? 0, 'SIGKILL');
  expect(await answer).toBe('cut off');

  await rig.fleet.waitForLife(2, { signal: AbortSignal.timeout(15_000) });
  // The demonstration makes a sign-in link at each start.
  const { one_time_links: _links, ...after } = countRows();
  expect(before).toMatchObject(after);

  const again = await rig.api();
  const { added, refused } = await again.call(importRoutes.create, { body });
  expect({ added, refused }).toEqual({ added: importRowLimit - bad, refused: bad });
  expect(countRows().memberships).toBe((before.memberships ?? 0) + added);
}, 60_000);
