import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@anteroom/shared/ids.ts';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import type { FleetDatabase } from './database.ts';

let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anteroom-db-'));
  database = await createTestDatabase({ folder, isEmpty: true });
});
afterEach(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const open = () => database.open();

describe('an empty database', () => {
  it('becomes the whole schema, once', async () => {
    const names = (await (await open()).introspection.getTables()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['organizations', 'terminals', 'seats', 'commands', 'audit_entries']));
    expect((await (await open()).introspection.getTables()).map(({ name }) => name)).toEqual(names);
  });

  it('is refused when it has had a migration that this software does not know', async () => {
    const db = await open();
    await sql`insert into kysely_migration values ('9999-of-the-future', '2030-01-01T00:00:00.000Z')`.execute(db);
    await expect(open()).rejects.toThrow('migration before the first failed');
  });

  it('is made by several processes at once', async () => {
    const { target } = database;
    const written =
      'file' in target ? JSON.stringify(target) : `{ url: asSecret(${JSON.stringify(target.url.reveal())}) }`;
    const script = `
      import { openDatabase } from ${JSON.stringify(new URL('./database.ts', import.meta.url).href)};
      import { asSecret } from ${JSON.stringify(new URL('../config-secret.ts', import.meta.url).href)};
      const db = await openDatabase(${written});
      await db.destroy();
    `;
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    await Promise.all([start(), start(), start()]);
    expect((await (await open()).introspection.getTables()).length).toBeGreaterThan(20);
  });
});

describe('several connections', () => {
  it('write one after the other, each seeing what the one before wrote', async () => {
    const [first, second] = [await open(), await open()];
    const countUp = (db: FleetDatabase) =>
      db.transaction().execute(async (tx) => {
        const row = await tx.selectFrom('systemValues').select('value').where('key', '=', 'n').executeTakeFirst();
        const value = String(Number(row?.value ?? 0) + 1);
        await tx
          .insertInto('systemValues')
          .values({ key: 'n', value })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
          .execute();
      });
    for (let i = 0; i < 10; i++) {
      await countUp(first);
      await countUp(second);
    }
    const row = await first.selectFrom('systemValues').selectAll().where('key', '=', 'n').executeTakeFirst();
    expect(row?.value).toBe('20');
  });

  it('leave nothing of a transaction that failed', async () => {
    const db = await open();
    await expect(
      db.transaction().execute(async (tx) => {
        await tx.insertInto('systemValues').values({ key: 'a', value: '1' }).execute();
        throw new Error('midway');
      }),
    ).rejects.toThrow('midway');
    expect(await db.selectFrom('systemValues').selectAll().execute()).toEqual([]);
  });
});

describe('foreign keys', () => {
  it('keep a terminal from a space of another organization', async () => {
    const db = await open();
    const createdAt = new Date().toISOString();
    const [own, other] = [newId('organization'), newId('organization')];
    for (const id of [own, other])
      await db
        .insertInto('organizations')
        .values({
          id,
          name: id,
          kind: 'company',
          industry: '',
          size: '',
          country: '',
          settings: '{}',
          timeZone: 'UTC',
          createdAt,
        })
        .execute();
    const spaceId = newId('space');
    const space = { id: spaceId, orgId: other, name: 'A', nameKey: 'a', site: 'S', floor: '1' };
    await db
      .insertInto('spaces')
      .values({ ...space, capacity: 1, timeZone: 'UTC', createdAt })
      .execute();
    const terminal = {
      id: newId('terminal'),
      orgId: own,
      name: 'T',
      nameKey: 't',
      serial: 'S',
      profile: 'p',
      software: '1',
    };
    const insert = db
      .insertInto('terminals')
      .values({ ...terminal, spaceId, roomId: null, keyPhrase: 'a b', createdAt, retiredAt: null });
    await expect(insert.execute()).rejects.toThrow(/foreign key/i);
  });
});
