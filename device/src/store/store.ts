import { join } from 'node:path';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Store } from '../ports/store.ts';
import { createDocument } from './document.ts';
import { type FileSystem, toStoreError } from './durable-file.ts';
import { openJournal } from './journal.ts';

const ownerOnlyFolder = 0o700;

/** Durable files in `directory`, which is made when missing. `fs` is `node:fs/promises`. */
export async function openStore(deps: { directory: string; fs: FileSystem; clock: Clock }): Promise<Store> {
  const { directory, fs, clock } = deps;
  try {
    await fs.mkdir(directory, { recursive: true, mode: ownerOnlyFolder });
  } catch (error) {
    throw toStoreError(error, directory, 'could not be made');
  }
  return {
    document: (name, schema) => createDocument({ fs, clock, path: join(directory, `${name}.json`), schema }),
    openJournal: (name, schema) => openJournal({ fs, clock, path: join(directory, `${name}.journal`), schema }),
  };
}
