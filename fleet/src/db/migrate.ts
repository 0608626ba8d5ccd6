import { readdir } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Database } from './schema.ts';

const folder = new URL('./migrations/', import.meta.url);

/** Runs every migration of `migrations/` that this database has not had yet, in the order of their names, all or none. */
export async function migrateToLatest(db: Kysely<Database>): Promise<void> {
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
  throw new Error(`database migration ${failed} failed`, { cause: error });
}

export function createMigrator(db: Kysely<Database>): Migrator {
  return new Migrator({ db, provider: { getMigrations: readMigrations } });
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z-]+\.ts$/.test(name)).sort();
  const entries = names.map(async (name): Promise<[string, Migration]> => {
    // Every file of this folder exports `up`: the folder is ours alone.
    const module = (await import(new URL(name, folder).href)) as Migration;
    return [name.replace(/\.ts$/, ''), { up: module.up }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
