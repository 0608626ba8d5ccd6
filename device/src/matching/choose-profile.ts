import { basename } from 'node:path';
import { type HardwareProfile, parseHardwareProfile } from '@anteroom/shared/profile/schema.ts';
import { listProfileFiles, profilesFolder, readYaml } from '../accessories/profile-files.ts';
import { readMachine } from './machine.ts';
import { type Match, matchTerminals } from './match.ts';

/** For any PC that no profile is about. */
export const profileOfAnyMachine = 'generic-usb';

export async function readTerminalProfiles(): Promise<HardwareProfile[]> {
  const files = await listProfileFiles(profilesFolder);
  return await Promise.all(files.map(async (file) => parseHardwareProfile(basename(file), await readYaml(file))));
}

/** The profile of the machine below `root`; throws an `Error` when more than one claims to be. */
export async function chooseProfile(root: string): Promise<string> {
  return chosen(matchTerminals(await readMachine(root), await readTerminalProfiles()));
}

/** Pure. */
export function chosen(matches: readonly Match<HardwareProfile>[]): string {
  const [match, ...others] = matches;
  if (!match) return profileOfAnyMachine;
  if (others.length === 0) return match.profile.name;
  const names = matches.map(({ profile, because }) => `${profile.name} (${because.join('; ')})`);
  throw new Error(`several profiles fit this machine, name one: ${names.join(', ')}`);
}
