import type { Department } from '@anteroom/shared/api/people.ts';
import { expect, it } from 'vitest';
import { inTreeOrder, pageOfRows, withBelow } from './department-rows.ts';

const department = (id: string, name: string, parent: string | null, people: number): Department => ({
  ...{ id: `dep_${id}`, name, parentId: parent === null ? null : `dep_${parent}`, people },
  ...{ sortNumber: 0, mayManage: true },
});
const rows = inTreeOrder([
  department('europe', 'Europe', 'sales', 2),
  department('design', 'Design', null, 3),
  department('norway', 'Norway', 'europe', 1),
  department('sales', 'Sales', null, 5),
]);
const all = { words: '', from: 0, limit: 50 };

it('lists each department above those below it, with everybody who is in them', () => {
  expect(rows.map(({ name, depth, path, everybody }) => [name, depth, path.join(' › '), everybody])).toEqual([
    ['Design', 0, '', 3],
    ['Sales', 0, '', 8],
    ['Europe', 1, 'Sales', 3],
    ['Norway', 2, 'Sales › Europe', 1],
  ]);
});

it('knows where a department cannot go: below itself', () => {
  expect([...withBelow(rows, 'dep_sales')]).toEqual(['dep_sales', 'dep_europe', 'dep_norway']);
  expect([...withBelow(rows, 'dep_design')]).toEqual(['dep_design']);
});

it('sets in what stands below a row of the same page, and nothing else', () => {
  const depthsOf = (request: typeof all) => pageOfRows(rows, request).items.map(({ name, depth }) => [name, depth]);
  expect(depthsOf(all)).toEqual([
    ['Design', 0],
    ['Sales', 0],
    ['Europe', 1],
    ['Norway', 2],
  ]);
  expect(depthsOf({ ...all, words: ' NOR ' })).toEqual([['Norway', 0]]);
  expect(depthsOf({ words: '', from: 2, limit: 2 })).toEqual([
    ['Europe', 0],
    ['Norway', 1],
  ]);
});

it('says how many there are and whether more follow', () => {
  expect(pageOfRows(rows, { ...all, limit: 3 })).toMatchObject({ total: 4, isLast: false });
  expect(pageOfRows(rows, { words: '', from: 3, limit: 3 })).toMatchObject({ total: 4, isLast: true });
});
