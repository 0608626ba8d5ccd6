import { readFile } from 'node:fs/promises';
import { type Plan, type PlanName, plan, planNames } from '@anteroom/shared/resources/plan.ts';
import { parse } from 'yaml';

const folder = new URL('../../../catalogue/plans/', import.meta.url);

/** The catalogue of plans: data, read once. */
export interface PlansService {
  /** From the least to the most. */
  list(): readonly Plan[];
  get(name: PlanName): Plan;
}

export async function createPlansService(): Promise<PlansService> {
  const plans = await Promise.all(planNames.map(readPlan));
  const byName = new Map(plans.map((each) => [each.plan, each]));
  return {
    list: () => plans,
    get(name) {
      const found = byName.get(name);
      if (!found) throw new Error(`the catalogue has no plan ${name}`);
      return found;
    },
  };
}

async function readPlan(name: PlanName): Promise<Plan> {
  const file = new URL(`${name}.yaml`, folder);
  const parsed = plan.safeParse(parse(await readFile(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file.pathname} is no plan: ${parsed.error.message}`);
  if (parsed.data.plan !== name) throw new Error(`${file.pathname} describes the plan ${parsed.data.plan}`);
  return parsed.data;
}
