import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '@anteroom/shared/time/manual-clock.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreError } from '../ports/store.ts';
import type { FileSystem } from './durable-file.ts';
import { openStore } from './store.ts';

let directory: string;
beforeEach(async () => {
  directory = await fs.mkdtemp(join(tmpdir(), 'anteroom-store-'));
});
afterEach(() => fs.rm(directory, { recursive: true, force: true }));

const room = z.object({ name: z.string(), seats: z.int() });
const entry = z.object({ n: z.int() });
const open = (files: FileSystem = fs) => openStore({ directory, fs: files, clock: createManualClock() });
const caught = async (promise: Promise<unknown>): Promise<StoreError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof StoreError) return error;
  throw new Error(`expected a StoreError, got ${String(error)}`);
};

async function readEntries(): Promise<{ n: number }[]> {
  const { journal, entries, damage } = await (await open()).openJournal('log', entry);
  await journal.close();
  expect(damage).toBeNull();
  return entries;
}

/** The real file system with a disk that can be full: the write that does not fit is made in part. */
function createSmallDisk() {
  let freeBytes = Number.POSITIVE_INFINITY;
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const disk: FileSystem = {
    ...fs,
    async open(...parameters) {
      const handle = await fs.open(...parameters);
      return new Proxy(handle, {
        get(target, name) {
          if (name === 'write') {
            return async (bytes: Buffer, offset: number, length: number, position: number) => {
              const fits = Math.min(length, freeBytes);
              freeBytes -= fits;
              if (fits > 0) await target.write(bytes, offset, fits, position);
              if (fits < length) throw full();
              return { bytesWritten: fits };
            };
          }
          if (name === 'writeFile') {
            return async (content: string) => {
              if (Buffer.byteLength(content) > freeBytes) {
                await target.writeFile(content.slice(0, 3));
                throw full();
              }
              await target.writeFile(content);
            };
          }
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  };
  return {
    disk,
    leave(bytes: number) {
      freeBytes = bytes;
    },
  };
}

test('a document comes back, in a file that only its owner reads', async () => {
  const document = (await open()).document('room', room);
  expect(await document.read()).toBeNull();
  await document.write({ name: '4.12', seats: 8 });
  await document.write({ name: '4.13', seats: 9 });
  expect(await (await open()).document('room', room).read()).toEqual({ name: '4.13', seats: 9 });
  expect((await fs.stat(join(directory, 'room.json'))).mode & 0o777).toBe(0o600);
  expect(await fs.readdir(directory)).toEqual(['room.json']);
  await document.remove();
  expect(await document.read()).toBeNull();
});

test('writes at the same time happen one after the other, and the last stays', async () => {
  const document = (await open()).document('room', room);
  await Promise.all(Array.from({ length: 20 }, (_, seats) => document.write({ name: 'a', seats })));
  expect(await document.read()).toEqual({ name: 'a', seats: 19 });
});

test.each([
  ['cut short', '{"name":"4.1'],
  ['empty', ''],
  ['of another shape', '{"name":4}'],
  ['not text', Buffer.from([0xff, 0xfe, 0x00])],
])('a document that is %s is kept aside and reported, not read as nothing', async (_how, content) => {
  await fs.writeFile(join(directory, 'room.json'), content);
  const document = (await open()).document('room', room);
  const error = await caught(document.read());
  expect(error.code).toBe('corrupt');
  expect(await fs.readFile(error.keptAs ?? '')).toEqual(Buffer.from(content));
  expect(await document.read()).toBeNull();
});

test('a full disk is an error, and the document before stays', async () => {
  const { disk, leave } = createSmallDisk();
  const document = (await open(disk)).document('room', room);
  await document.write({ name: '4.12', seats: 8 });
  leave(5);
  expect((await caught(document.write({ name: '4.13', seats: 9 }))).code).toBe('disk_full');
  expect(await document.read()).toEqual({ name: '4.12', seats: 8 });
  expect(await fs.readdir(directory)).toEqual(['room.json']);
});

test('journal entries come back in their order', async () => {
  const first = await (await open()).openJournal('log', entry);
  await Promise.all(Array.from({ length: 50 }, (_, n) => first.journal.append([{ n }])));
  expect(first.journal.entryCount()).toBe(50);
  await first.journal.close();
  const second = await (await open()).openJournal('log', entry);
  expect(second.entries).toEqual(Array.from({ length: 50 }, (_, n) => ({ n })));
  await second.journal.compact([{ n: 49 }]);
  await second.journal.append([{ n: 50 }]);
  await second.journal.close();
  expect(await readEntries()).toEqual([{ n: 49 }, { n: 50 }]);
});

test('a journal cut at any byte opens with whole appends, and what is appended then comes back as well', async () => {
  const store = await open();
  const { journal } = await store.openJournal('log', entry);
  for (let n = 0; n < 5; n++) await journal.append([{ n }, { n: n + 100 }]);
  await journal.close();
  const path = join(directory, 'log.journal');
  const whole = await fs.readFile(path);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), async (length) => {
      await fs.writeFile(path, whole.subarray(0, length));
      const cut = await store.openJournal('log', entry);
      await cut.journal.append([{ n: 999 }]);
      await cut.journal.close();
      expect(cut.damage).toBeNull();
      expect(cut.entries.length % 2).toBe(0);
      expect(await readEntries()).toEqual([...cut.entries, { n: 999 }]);
    }),
    { numRuns: 60 },
  );
});

test('damage in the middle of a journal is reported once, kept aside, and spares the good entries', async () => {
  const store = await open();
  const first = await store.openJournal('log', entry);
  for (let n = 0; n < 3; n++) await first.journal.append([{ n }]);
  await first.journal.close();
  const path = join(directory, 'log.journal');
  const bytes = await fs.readFile(path);
  bytes[bytes.indexOf('"n":1') + 4] = 0x37;
  await fs.writeFile(path, bytes);
  const damaged = await store.openJournal('log', entry);
  await damaged.journal.close();
  expect(damaged.entries).toEqual([{ n: 0 }, { n: 2 }]);
  expect(damaged.damage?.code).toBe('corrupt');
  expect(await fs.readFile(damaged.damage?.keptAs ?? '')).toEqual(bytes);
  expect(await readEntries()).toEqual([{ n: 0 }, { n: 2 }]);
});

test('an append that the disk has no room for leaves nothing behind, and the journal goes on when there is room', async () => {
  const { disk, leave } = createSmallDisk();
  const store = await open(disk);
  const { journal } = await store.openJournal('log', entry);
  await journal.append([{ n: 1 }]);
  leave(7);
  expect((await caught(journal.append([{ n: 2 }]))).code).toBe('disk_full');
  expect((await caught(journal.append([{ n: 3 }]))).code).toBe('disk_full');
  leave(Number.POSITIVE_INFINITY);
  await journal.append([{ n: 4 }]);
  await journal.close();
  expect(await readEntries()).toEqual([{ n: 1 }, { n: 4 }]);
});

test('a compaction that the disk has no room for changes nothing', async () => {
  const { disk, leave } = createSmallDisk();
  const store = await open(disk);
  const { journal } = await store.openJournal('log', entry);
  for (let n = 0; n < 10; n++) await journal.append([{ n }]);
  leave(4);
  expect((await caught(journal.compact([{ n: 9 }]))).code).toBe('disk_full');
  leave(Number.POSITIVE_INFINITY);
  await journal.append([{ n: 10 }]);
  await journal.close();
  expect(await readEntries()).toHaveLength(11);
});
