import type { FileHandle } from 'node:fs/promises';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { z } from 'zod';
import { type Journal, type OpenedJournal, StoreError } from '../ports/store.ts';
import { asideName, type FileSystem, readFileIfThere, replaceFile, toStoreError } from './durable-file.ts';
import { decodeJournal, encodeAppend } from './journal-lines.ts';

type Waiting<T> = { entries: readonly T[]; done: PromiseWithResolvers<void> };

/** Opens the journal, making it when there is none, and brings back what was appended. */
export async function openJournal<T>(deps: {
  fs: FileSystem;
  clock: Clock;
  path: string;
  schema: z.ZodType<T>;
}): Promise<OpenedJournal<T>> {
  const { fs, clock, path, schema } = deps;
  const bytes = await readFileIfThere(fs, path);
  if (bytes === null) await replaceFile(fs, path, '');
  const decoded = decodeJournal(bytes ?? Buffer.alloc(0));
  const parsed = decoded.entries.map((entry) => schema.safeParse(entry));
  const entries = parsed.flatMap((result) => (result.success ? [result.data] : []));
  const misfits = parsed.length - entries.length;
  let damage: StoreError | null = null;
  let length = decoded.intactBytes;
  if (bytes !== null && (decoded.damagedLines.length > 0 || misfits > 0)) {
    const keptAs = asideName(path, clock.now());
    await replaceFile(fs, keptAs, bytes);
    const what = `${decoded.damagedLines.length} damaged lines, ${misfits} entries of another shape`;
    damage = new StoreError('corrupt', path, `is damaged (${what}); kept as ${keptAs}`, { cause: null, keptAs });
    length = await rewrite(fs, path, entries);
  }
  const handle = await openForAppend(fs, path, length);
  return { entries, damage, journal: createJournal({ fs, path, handle, length, entryCount: entries.length }) };
}

async function rewrite(fs: FileSystem, path: string, entries: readonly unknown[]): Promise<number> {
  const text = entries.length === 0 ? '' : encodeAppend(entries);
  await replaceFile(fs, path, text);
  return Buffer.byteLength(text);
}

/** Cuts a torn end off, so that the next line does not continue it. */
async function openForAppend(fs: FileSystem, path: string, length: number): Promise<FileHandle> {
  try {
    const handle = await fs.open(path, 'r+');
    if ((await handle.stat()).size !== length) {
      await handle.truncate(length);
      await handle.sync();
    }
    return handle;
  } catch (error) {
    throw toStoreError(error, path, 'could not be opened');
  }
}

function createJournal<T>(state: {
  fs: FileSystem;
  path: string;
  handle: FileHandle;
  length: number;
  entryCount: number;
}): Journal<T> {
  const { fs, path } = state;
  let { length, entryCount } = state;
  /** Null when a compaction failed half way: which file has the name now is found out before the next append. */
  let handle: FileHandle | null = state.handle;
  let waiting: Waiting<T>[] = [];
  let isTorn = false;
  let tail: Promise<void> = Promise.resolve();

  async function writeLine(line: Buffer): Promise<void> {
    const file = handle ?? (await reopen());
    if (isTorn) await cutTornEnd(file);
    try {
      for (let written = 0; written < line.length; ) {
        const { bytesWritten } = await file.write(line, written, line.length - written, length + written);
        written += bytesWritten;
      }
      await file.datasync();
      length += line.length;
    } catch (error) {
      isTorn = true;
      // Tried again before the next append when the disk refuses even this.
      await cutTornEnd(file).catch(() => undefined);
      throw toStoreError(error, path, 'could not be appended to');
    }
  }

  async function reopen(): Promise<FileHandle> {
    const decoded = decodeJournal((await readFileIfThere(fs, path)) ?? Buffer.alloc(0));
    handle = await openForAppend(fs, path, decoded.intactBytes);
    length = decoded.intactBytes;
    entryCount = decoded.entries.length;
    isTorn = false;
    return handle;
  }

  async function cutTornEnd(file: FileHandle): Promise<void> {
    try {
      await file.truncate(length);
      await file.datasync();
      isTorn = false;
    } catch (error) {
      throw toStoreError(error, path, 'could not be repaired');
    }
  }

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const entries = batch.flatMap((append) => append.entries);
    try {
      await writeLine(Buffer.from(encodeAppend(entries)));
      entryCount += entries.length;
      for (const { done } of batch) done.resolve();
    } catch (error) {
      for (const { done } of batch) done.reject(error);
    }
  }

  return {
    append(entries) {
      if (entries.length === 0) return Promise.resolve();
      const done = Promise.withResolvers<void>();
      waiting.push({ entries, done });
      tail = tail.then(flush);
      return done.promise;
    },
    async compact(entries) {
      const done = tail.then(async () => {
        const old = handle;
        handle = null;
        await old?.close();
        await rewrite(fs, path, entries);
        await reopen();
      });
      tail = done.catch(() => undefined);
      await done;
    },
    entryCount: () => entryCount,
    async close() {
      await tail;
      await handle?.close();
    },
  };
}
