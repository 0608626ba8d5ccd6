import { basename } from 'node:path';
import {
  type AccessoryProfile,
  accessoryProfileSchemaName,
  factsWithoutSource,
  parseAccessoryProfile,
  sourcesOfNothing,
} from '@anteroom/shared/profile/accessory.ts';
import {
  modelFactsWithoutSource,
  modelSourcesOfNothing,
  parseHardwareProfile,
} from '@anteroom/shared/profile/schema.ts';
import { z } from 'zod';
import { protocols } from '../drivers/registry.ts';
import { readYaml } from './profile-files.ts';

/** What is wrong in a profile: where, as a path in the file, and what. */
export type Problem = { at: string; what: string };

const head = z.looseObject({ schema: z.string().optional() });

/** Everything that is wrong in a profile of a terminal or of an accessory; empty when nothing is. */
export async function lintFile(file: string): Promise<Problem[]> {
  let content: unknown;
  try {
    content = await readYaml(file);
  } catch (error) {
    return [{ at: '', what: error instanceof Error ? error.message : String(error) }];
  }
  return lint(basename(file), content);
}

/** The same of a parsed file. Pure. */
export function lint(fileName: string, content: unknown): Problem[] {
  const isAccessory =
    head.safeParse(content).data?.schema?.startsWith(accessoryProfileSchemaName.slice(0, -2)) === true;
  try {
    if (isAccessory) return lintAccessory(parseAccessoryProfile(fileName, content));
    const profile = parseHardwareProfile(fileName, content);
    return sourceProblems(modelFactsWithoutSource(profile), modelSourcesOfNothing(profile));
  } catch (error) {
    if (error instanceof z.ZodError) return problemsOf(error, []);
    throw error;
  }
}

function lintAccessory(profile: AccessoryProfile): Problem[] {
  const protocol = protocols[profile.protocol];
  if (!protocol) {
    const known = Object.keys(protocols).join(', ');
    return [{ at: 'protocol', what: `no driver speaks “${profile.protocol}”; there are ${known}` }];
  }
  const problems: Problem[] = [];
  if (protocol.kind !== profile.kind)
    problems.push({
      at: 'kind',
      what: `${profile.protocol} is spoken by a ${protocol.kind}, not by a ${profile.kind}`,
    });
  for (const [index, { transport }] of profile.lines.entries())
    if (!protocol.transports.includes(transport))
      problems.push({ at: `lines.${index}`, what: `${profile.protocol} is not spoken over ${transport}` });
  try {
    protocol.read(profile.facts);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    problems.push(...problemsOf(error, ['facts']));
  }
  problems.push(...sourceProblems(factsWithoutSource(profile), sourcesOfNothing(profile)));
  return problems;
}

function sourceProblems(unnamed: readonly string[], unknown: readonly string[]): Problem[] {
  return [
    ...unnamed.map((at) => ({ at, what: 'no source is named for it' })),
    ...unknown.map((at) => ({ at, what: 'a source is named for it, and it is not there' })),
  ];
}

function problemsOf(error: z.ZodError, above: readonly string[]): Problem[] {
  return error.issues.map(({ path, message }) => ({ at: [...above, ...path.map(String)].join('.'), what: message }));
}
