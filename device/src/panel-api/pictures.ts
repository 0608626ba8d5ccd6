import { readFile } from 'node:fs/promises';

/**
 * Reads a picture that the media process replaces many times a second; null when there is none. A file that vanishes
 * between two pictures counts as none: the next request finds the next one.
 */
export async function readPicture(file: string | null): Promise<Buffer | null> {
  if (file === null) return null;
  try {
    const picture = await readFile(file);
    return picture.byteLength > 0 ? picture : null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw cause;
  }
}
