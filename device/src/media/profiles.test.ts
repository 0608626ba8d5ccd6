import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHardwareProfile } from '@anteroom/shared/profile/schema.ts';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ZodError } from 'zod';
import { hardwareProfilesFolder, readNamedProfile, readProfileFile } from './test/profile-file.ts';

const yamlFiles = async (folder: string) => (await readdir(folder)).filter((file) => file.endsWith('.yaml'));
const profiles = await yamlFiles(hardwareProfilesFolder);
const refusedFolder = join(hardwareProfilesFolder, 'refused');
const refused = await yamlFiles(refusedFolder);

describe('hardware profiles', () => {
  test('the first two models are there', () => {
    expect(profiles).toEqual(expect.arrayContaining(['generic-usb.yaml', 'simulated.yaml']));
  });

  test.each(profiles)('%s is valid', async (file) => {
    const profile = await readProfileFile(join(hardwareProfilesFolder, file));
    expect(`${profile.name}.yaml`).toBe(file);
  });

  test.each(refused)('refused/%s is refused for the fact that it names', async (file) => {
    const text = await readFile(join(refusedFolder, file), 'utf8');
    const fact = /^# refused: (\S+)/.exec(text)?.[1];
    const issues = refusalOf(file, parse(text)).issues.map(({ path }) => path.join('.'));
    expect(issues).toContain(fact);
  });

  test('an error names the file and the fact', async () => {
    await expect(readProfileFile(join(refusedFolder, 'odd-width.yaml'))).rejects.toThrow(/odd-width\.yaml.*width/s);
  });

  test('a profile is found by name', async () => {
    expect((await readNamedProfile('simulated')).camera.kind).toBe('pattern');
  });
});

function refusalOf(file: string, content: unknown): ZodError {
  try {
    parseHardwareProfile(file, content);
  } catch (error) {
    if (error instanceof ZodError) return error;
    throw error;
  }
  throw new Error(`${file} was accepted`);
}
