import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HardwareProfile, parseHardwareProfile } from '@anteroom/shared/profile/schema.ts';
import { parse } from 'yaml';

export const hardwareProfilesFolder = fileURLToPath(new URL('../../../../hardware-profiles', import.meta.url));

/** Reads one profile; throws an error that names the file and every fact that is wrong. */
export async function readProfileFile(file: string): Promise<HardwareProfile> {
  const text = await readFile(file, 'utf8');
  try {
    return parseHardwareProfile(basename(file), parse(text));
  } catch (cause) {
    throw new Error(`hardware profile ${file} is not valid: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** The profile called `name` among those that come with the terminal's software. */
export function readNamedProfile(name: string): Promise<HardwareProfile> {
  return readProfileFile(join(hardwareProfilesFolder, `${name}.yaml`));
}
