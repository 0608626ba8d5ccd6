import type * as nodeFs from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../ports/store.ts';

/** The part of `node:fs/promises` that durable files need. */
export type FileSystem = Pick<typeof nodeFs, 'open' | 'rename' | 'unlink' | 'readFile' | 'mkdir'>;

const ownerOnly = 0o600;

/**
 * Replaces the file: after a power cut it is the old or the new one. The bytes reach the disk before the name does
 * (fsync before rename), and the name before this resolves (fsync of the folder).
 */
export async function replaceFile(fs: FileSystem, path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.tmp`;
  try {
    const handle = await fs.open(beside, 'w', ownerOnly);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(beside, path);
    await syncFolder(fs, path);
  } catch (error) {
    // A partly written file would take the room that the next attempt needs.
    await fs.unlink(beside).catch(ignoreMissing);
    throw toStoreError(error, path, 'could not be written');
  }
}

export async function removeFile(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.unlink(path).catch(ignoreMissing);
    await syncFolder(fs, path);
  } catch (error) {
    throw toStoreError(error, path, 'could not be removed');
  }
}

/** Bytes of the file, or null when there is none. */
export async function readFileIfThere(fs: FileSystem, path: string): Promise<Buffer | null> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw toStoreError(error, path, 'could not be read', 'read_failed');
  }
}

/** Gives the damaged file another name, for somebody to look at; returns that name. */
export async function keepAside(fs: FileSystem, path: string, at: Date): Promise<string> {
  const aside = asideName(path, at);
  try {
    await fs.rename(path, aside);
    await syncFolder(fs, path);
  } catch (error) {
    throw toStoreError(error, path, 'is damaged and could not be kept aside');
  }
  return aside;
}

export function asideName(path: string, at: Date): string {
  return `${path}.damaged-${at.toISOString().replace(/[:.]/g, '-')}`;
}

export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  const folder = await fs.open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export function toStoreError(
  error: unknown,
  path: string,
  what: string,
  code: 'write_failed' | 'read_failed' = 'write_failed',
): StoreError {
  if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT'))
    return new StoreError('disk_full', path, `${what}: the disk is full`, { cause: error, keptAs: null });
  const why = error instanceof Error ? error.message : String(error);
  return new StoreError(code, path, `${what}: ${why}`, { cause: error, keptAs: null });
}

function ignoreMissing(error: unknown): void {
  if (!hasCode(error, 'ENOENT')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
