// What holds for a file as a whole: its name, its size, and what only a composition root may do.
import type { SourceFacts, Use } from './source-facts.ts';
import { isTest, programOf } from './targets.ts';

export interface FileRule {
  readonly name: string;
  readonly reason: string;
  /** The places where the file breaks the rule, each in words; none when it keeps it. */
  readonly findBreaches: (facts: SourceFacts) => string[];
}

const maxLines = 400;
const emptyWords = ['util', 'utils', 'helper', 'helpers', 'manager', 'managers', 'index'];
const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
// Texts are named by their language as BCP 47 writes it: zh-CN.
const languageTag = /^[a-z]{2,3}(-[A-Z][A-Za-z]*)*\.tsx?$/;

function breachesOf(facts: SourceFacts, use: Use): string[] {
  return facts.uses.filter((each) => each.use === use).map(({ line }) => `${use} at line ${line}`);
}

/** Code that ships in a program, as opposed to tests, scripts and build settings. */
function isProgramCode({ path }: SourceFacts): boolean {
  const program = programOf(path);
  if (program === undefined || program === 'scripts' || isTest(path)) return false;
  return !/\/vite\.config\.ts$/.test(path);
}

function isCompositionRoot({ path }: SourceFacts): boolean {
  return path === 'device/src/main.ts' || path === 'fleet/src/server.ts';
}

/** The media process is a process of its own, and GStreamer's threads keep it alive after its last word. */
function mayExit(facts: SourceFacts): boolean {
  return isCompositionRoot(facts) || facts.path === 'device/src/media/process.ts';
}

export const fileRules: readonly FileRule[] = [
  {
    name: `at most ${maxLines} lines`,
    reason: 'a colleague reads one file to change one thing; past that, split by noun',
    findBreaches: ({ lineCount }) => (lineCount > maxLines ? [`${lineCount} lines`] : []),
  },
  {
    name: 'names are kebab-case',
    reason: 'one spelling on every file system',
    findBreaches: ({ path }) =>
      path
        .split('/')
        .filter((segment) => !kebabCase.test(segment) && !(languageTag.test(segment) && /\/locales\//.test(path))),
  },
  {
    name: 'no empty names',
    reason: 'utils, helper, manager and index say nothing about what is inside; name the noun',
    findBreaches: ({ path }) => path.split(/[/.-]/).filter((word) => emptyWords.includes(word)),
  },
  {
    name: 'only main.ts and server.ts read the environment',
    reason: 'settings are read once, validated, frozen and passed down',
    findBreaches: (facts) =>
      isProgramCode(facts) && !isCompositionRoot(facts) ? breachesOf(facts, 'process.env') : [],
  },
  {
    name: 'only the root of a process exits it',
    reason: 'everything that waits can be stopped, and only the composition root knows when all of it has',
    findBreaches: (facts) => (isProgramCode(facts) && !mayExit(facts) ? breachesOf(facts, 'process.exit') : []),
  },
  {
    name: 'no module-level let',
    reason: 'state belongs to a factory: two of it can live side by side, and a test starts with none',
    findBreaches: (facts) => (isProgramCode(facts) ? breachesOf(facts, 'module-level let') : []),
  },
  {
    name: 'programs log, they do not print',
    reason: 'a log event has fields, a level and no names of people; console has none of it',
    findBreaches: (facts) => (isProgramCode(facts) ? breachesOf(facts, 'console') : []),
  },
];
