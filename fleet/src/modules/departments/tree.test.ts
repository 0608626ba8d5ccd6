import { expect, it } from 'vitest';
import { withBelow } from './tree.ts';

const tree = [
  { id: 'dep_a', parentId: null },
  { id: 'dep_b', parentId: 'dep_a' },
  { id: 'dep_c', parentId: 'dep_b' },
  { id: 'dep_d', parentId: null },
] as const;

it.each([
  [['dep_a'], ['dep_a', 'dep_b', 'dep_c']],
  [['dep_c'], ['dep_c']],
  [
    ['dep_b', 'dep_d'],
    ['dep_b', 'dep_c', 'dep_d'],
  ],
  [['dep_gone'], ['dep_gone']],
  [[], []],
])('%j holds %j', (roots, expected) => {
  expect([...withBelow(tree, roots)].sort()).toEqual(expected);
});

it('ends on a tree that was bent into a ring', () => {
  const ring = [
    { id: 'dep_a', parentId: 'dep_b' },
    { id: 'dep_b', parentId: 'dep_a' },
  ] as const;
  expect(withBelow(ring, ['dep_a']).size).toBe(2);
});
