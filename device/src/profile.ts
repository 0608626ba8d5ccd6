import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type HardwareProfile, parseHardwareProfile } from '@anteroom/shared/profile/schema.ts';
import { chooseProfile } from './matching/choose-profile.ts';

const profilesDir = resolve(import.meta.dirname, '../../hardware-profiles');

/** Reads a hardware profile by its name, or from a file when it looks like a path; `auto` is that of this machine. */
export async function readProfile(given: string): Promise<HardwareProfile> {
  const nameOrPath = given === 'auto' ? await chooseProfile('/') : given;
  const isPath = nameOrPath.includes('/') || nameOrPath.endsWith('.yaml');
  const file = isPath ? resolve(nameOrPath) : join(profilesDir, `${nameOrPath}.yaml`);
  // A parser that is needed once at start.
  const { parse } = await import('yaml');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`profile ${nameOrPath}: ${file} cannot be read`, { cause });
  }
  return parseHardwareProfile(basename(file), parse(text));
}
