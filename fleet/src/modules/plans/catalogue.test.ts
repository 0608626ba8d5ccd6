import { readdir, readFile } from 'node:fs/promises';
import { plan, planNames } from '@anteroom/shared/resources/plan.ts';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createPlansService } from './service.ts';

const folder = new URL('../../../catalogue/plans/', import.meta.url);
const files = (await readdir(folder)).sort();

it('has a file for each plan and no other', () => {
  expect(files).toEqual(planNames.map((name) => `${name}.yaml`).sort());
});

it.each(files)('%s is a plan of its own name', async (file) => {
  const parsed = plan.parse(parse(await readFile(new URL(file, folder), 'utf8')));
  expect(`${parsed.plan}.yaml`).toBe(file);
});

it('allows more from plan to plan, and orders only with the paid ones', async () => {
  const plans = (await createPlansService()).list();
  expect(plans.map(({ plan: name }) => name)).toEqual(planNames);
  const [free, flex, flagship] = plans;
  expect(free?.orders).toEqual([]);
  expect(free?.maxMinutes).not.toBeNull();
  for (const [less, more] of [
    [free, flex],
    [flex, flagship],
  ] as const) {
    expect(more?.maxParticipants).toBeGreaterThan(less?.maxParticipants ?? 0);
    expect(more?.features).toEqual(expect.arrayContaining(less?.features ?? []));
    expect(more?.terminals).toBeGreaterThanOrEqual(less?.terminals ?? 0);
  }
});
