import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type AccessoryProfile, parseAccessoryProfile } from '@anteroom/shared/profile/accessory.ts';

/** Profiles of terminals, and of what stands beside them. */
export const profilesFolder = resolve(import.meta.dirname, '../../../hardware-profiles');
export const accessoriesFolder = join(profilesFolder, 'accessories');

/** Files of profiles in a folder, in the order of their names. */
export async function listProfileFiles(folder: string = accessoriesFolder): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** A file's content before anything is known of it; throws an `Error` that names the file and, where it has one, the line. */
export async function readYaml(file: string): Promise<unknown> {
  // A parser that few starts need.
  const { parse } = await import('yaml');
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** Reads an accessory profile by its name, or from a file when it looks like a path. */
export async function readAccessory(nameOrPath: string): Promise<AccessoryProfile> {
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  const file = isPath ? resolve(nameOrPath) : join(accessoriesFolder, `${nameOrPath}.yaml`);
  return parseAccessoryProfile(basename(file), await readYaml(file));
}
