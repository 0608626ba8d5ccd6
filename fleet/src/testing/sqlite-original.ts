import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../db/database.ts';

/** A SQLite file of the newest schema, of which test fleets get copies: making the schema costs as much as a test. */

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the file that is copied; absent where tests run on PostgreSQL, and where fleets are whole programs. */
    sqliteOriginal: string | undefined;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'anteroom-sqlite-'));
  const file = join(folder, 'original.sqlite');
  const db = await openDatabase({ file });
  // The last to close it writes the log into the file.
  await db.destroy();
  project.provide('sqliteOriginal', file);
  return () => rm(folder, { recursive: true, force: true });
}
