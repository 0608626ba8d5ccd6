import type { Plan, PlanName } from '@anteroom/shared/resources/plan.ts';
import { planNames } from '@anteroom/shared/resources/plan.ts';
import type { OrderLineRow, OrderRow } from '../../db/schema.ts';

/** A line of a paid order, with the time for which it gives what it says. */
export type PaidLine = OrderLineRow & Pick<OrderRow, 'plan' | 'startAt' | 'endAt'>;

/** What an organization has at an instant. */
export type Entitlements = {
  plan: PlanName;
  /** Seats of the pool that all its concurrency meetings share. */
  concurrency: number;
  /** Terminals that may be paired. */
  terminals: number;
};

const longestOrderMs = 5 * 366 * 86_400_000;

export function covers({ startAt, endAt }: Pick<OrderRow, 'startAt' | 'endAt'>, at: Date): boolean {
  const instant = at.toISOString();
  return startAt <= instant && instant < endAt;
}

/** Of several paid orders at once the resources add up, and the largest plan counts. */
export function entitlementsAt(
  lines: readonly PaidLine[],
  at: Date,
  planOf: (name: PlanName) => Pick<Plan, 'terminals'>,
): Entitlements {
  const present = lines.filter((line) => covers(line, at));
  const plan = planNames.findLast((name) => present.some((line) => line.plan === name)) ?? 'free';
  const sum = (kind: PaidLine['kind']) =>
    present.filter((line) => line.kind === kind).reduce((total, { quantity }) => total + quantity, 0);
  return { plan, concurrency: sum('concurrency'), terminals: planOf(plan).terminals + sum('terminals') };
}

/** Instants of the time span at which what an organization has changes. */
export function changesBetween(lines: readonly PaidLine[], from: Date, to: Date): Date[] {
  const instants = lines.flatMap(({ startAt, endAt }) => [startAt, endAt]).map((text) => new Date(text));
  const inside = instants.filter((at) => at > from && at < to).map((at) => at.getTime());
  return [...new Set(inside)].sort((a, b) => a - b).map((ms) => new Date(ms));
}

export function isOrderTimeFit(startAt: Date, endAt: Date, now: Date): boolean {
  const lengthMs = endAt.getTime() - startAt.getTime();
  return lengthMs > 0 && lengthMs <= longestOrderMs && endAt > now;
}
