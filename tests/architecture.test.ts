// Holds the conventions of the repository: who may import whom, and what a file may be. The rules with their reasons are
// in tests/architecture/; a convention worth saying twice belongs there.
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, ruleNames } from './architecture/rules.ts';
import { readFacts } from './architecture/source-facts.ts';

const root = resolve(import.meta.dirname, '..');
const folders = ['shared', 'device', 'fleet', 'scripts', 'tests'];
const ignored = /(^|\/)(node_modules|dist)(\/|$)/;

const sources = folders
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => ignored.test(name) }))
  .filter((path) => !ignored.test(path) && !path.endsWith('.d.ts'));

const violations = sources.flatMap((path) => judge(readFacts(path, readFileSync(join(root, path), 'utf8'))));

test('there are sources to judge', () => {
  expect(sources.length).toBeGreaterThan(0);
});

describe('every source keeps the rule', () => {
  test.each(ruleNames)('%s', (name) => {
    expect(violations.filter(({ rule }) => rule === name).map(({ message }) => message)).toEqual([]);
  });
});
