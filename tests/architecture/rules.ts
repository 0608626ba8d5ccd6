// Judges the facts of one source by every rule. Pure: the test feeds it the repository, rules.test.ts feeds it sins.
import { fileRules } from './file-rules.ts';
import { importRules, specifierRules } from './import-rules.ts';
import type { SourceFacts } from './source-facts.ts';
import { resolveTarget } from './targets.ts';

export interface Violation {
  readonly rule: string;
  readonly message: string;
}

export function judge(facts: SourceFacts): Violation[] {
  const ofFile = fileRules.flatMap(({ name, reason, findBreaches }) =>
    findBreaches(facts).map((breach) => ({ rule: name, message: `${facts.path}: ${breach} (${reason})` })),
  );
  const ofImports = facts.imports.flatMap(({ specifier, line }) => {
    const target = resolveTarget(facts.path, specifier);
    return [
      ...importRules.filter((rule) => !rule.isAllowed(facts.path, target)),
      ...specifierRules.filter((rule) => !rule.isAllowed(facts.path, specifier, target)),
    ].map(({ name, reason }) => ({ rule: name, message: `${facts.path}:${line} imports ${specifier} (${reason})` }));
  });
  return [...ofFile, ...ofImports];
}

export const ruleNames: readonly string[] = [...fileRules, ...importRules, ...specifierRules].map(({ name }) => name);
