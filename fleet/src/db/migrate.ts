import { readdir } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { isTableMissing } from './faults.ts';
import type { Database } from './schema.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Runs every migration of `migrations/` that this database has not had yet, in the order of their names, all or none. Of a
 * database that has had them all, one question tells that: the migrator would read the whole catalogue, twice.
 */
export async function migrateToLatest(db: Kysely<Database>): Promise<void> {
  if (isDeepStrictEqual(await hadBefore(db), await listNames())) return;
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
  throw new Error(`database migration ${failed} failed`, { cause: error });
}

export function createMigrator(db: Kysely<Database>): Migrator {
  return new Migrator({ db, provider: { getMigrations: readMigrations } });
}

/** Names of the migrations that this database has had, sorted; null when it has not had any. */
async function hadBefore(db: Kysely<Database>): Promise<string[] | null> {
  try {
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
    return rows.map(({ name }) => name).sort();
  } catch (fault) {
    if (isTableMissing(fault)) return null;
    throw fault;
  }
}

async function listNames(): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.ts$/.test(name)).sort();
  return names.map((name) => name.replace(/\.ts$/, ''));
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const entries = (await listNames()).map(async (name): Promise<[string, Migration]> => {
    // Every file of this folder exports `up`: the folder is ours alone.
    const module = (await import(new URL(`${name}.ts`, folder).href)) as Migration;
    return [name, { up: module.up }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
