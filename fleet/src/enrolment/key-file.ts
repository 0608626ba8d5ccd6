import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The text of a secret file, made by `create` when there is none. Readable by this user only. When several processes
 * start on an empty folder, the first file stands and all of them read it.
 */
export async function readOrCreateSecret(file: string, create: () => Promise<string>): Promise<string> {
  const present = await readIfThere(file);
  if (present !== null) return present;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, await create(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    // A hard link fails when the name is taken, so a file is never seen half-written and never replaced.
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return await readFile(file, 'utf8');
}

/** Writes a file that everybody may read, as a whole or not at all. */
export async function writePublicFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text, { flag: 'wx' });
  await chmod(draft, 0o644);
  await rename(draft, file);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
