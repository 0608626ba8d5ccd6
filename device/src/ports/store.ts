import type { z } from 'zod';

export type StoreErrorCode =
  /** What is on disk is not what was written; it was kept aside as `keptAs`. */
  'corrupt' | 'disk_full' | 'write_failed' | 'read_failed';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly path: string;
  /** Where the damaged file lies now, for somebody to look at; null for every other code. */
  readonly keptAs: string | null;

  constructor(code: StoreErrorCode, path: string, message: string, options: { cause: unknown; keptAs: string | null }) {
    super(`${path}: ${message}`, { cause: options.cause });
    this.name = 'StoreError';
    this.code = code;
    this.path = path;
    this.keptAs = options.keptAs;
  }
}

/** One value on disk, replaced as a whole: after a power cut it is the old or the new one, never a mixture. */
export interface Document<T> {
  /** The stored value, or null when none was ever written. Throws `corrupt` once, after keeping the file aside. */
  read(): Promise<T | null>;
  /** Resolves when the value survives a power cut; on failure the value before stays. */
  write(value: T): Promise<void>;
  remove(): Promise<void>;
}

/** Entries on disk in the order of their appending. */
export interface Journal<T> {
  /** Resolves when the entries survive a power cut; on failure none of them is there. Appends at the same time share one fsync. */
  append(entries: readonly T[]): Promise<void>;
  /** Replaces everything by `entries`, all or nothing. */
  compact(entries: readonly T[]): Promise<void>;
  entryCount(): number;
  close(): Promise<void>;
}

export type OpenedJournal<T> = {
  journal: Journal<T>;
  /** What was appended, but an append that a crash tore apart before it was acknowledged. */
  entries: T[];
  /** Damage before the end, which no crash explains: the good entries were kept, the file as it was is `keptAs`. */
  damage: StoreError | null;
};

/** Durable files of one folder, readable by their owner only. One process at a time. */
export interface Store {
  document<T>(name: string, schema: z.ZodType<T>): Document<T>;
  openJournal<T>(name: string, schema: z.ZodType<T>): Promise<OpenedJournal<T>>;
}
