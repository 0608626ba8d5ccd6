import { type Forecast, type PlanRefusal, planRefusal, type ResourceRef } from '@anteroom/shared/api/resources.ts';
import type { ErrorCode } from '@anteroom/shared/errors/catalogue.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Plan, PlanFeature, PlanName } from '@anteroom/shared/resources/plan.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { ResourceId, ShortageRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import {
  changesBetween,
  type Entitlements,
  entitlementsAt,
  type OrdersService,
  type PaidLine,
} from '../orders/service.ts';
import type { PlansService } from '../plans/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { ShortagesService } from '../shortages/service.ts';
import { createResourceRepository, type HeldSeat, type PlannedMeeting } from './repository.ts';
import { type CapacityStep, capacityAt, type PlannedUse, peaksOf, tightestOf } from './rules.ts';

export type Summary = Entitlements & {
  at: Date;
  taken: number;
  next: { at: Date; capacity: number } | null;
  terminalsUsed: number;
  rooms: { ordered: number; made: number; expired: number };
};
export type UsageNow = {
  parts: { from: Date; peak: number; capacity: number }[];
  peak: number;
  shortages: ShortageRow[];
};
export type Planned = {
  resource: ResourceRef;
  startAt: string;
  durationMinutes: number;
  parties: number;
  exceptMeetingId?: MeetingId | undefined;
};

/** What of a plan somebody chooses with a meeting; joining by phone is chosen at the door. */
export type BookedFeature = Exclude<PlanFeature, 'phoneJoin'>;

/** A booking of one meeting or of a series, of any resource; meetings of the free plan share nothing. */
export type Booked = {
  resource: ResourceRef | 'free';
  times: readonly { startAt: string; endAt: string }[];
  parties: number;
  /** What the plan has to have for it. */
  features: readonly BookedFeature[];
};
/** The plan of a meeting's start, and what it says of it: why it cannot be booked, and how many minutes it may last. */
export type PlanAnswer = { plan: PlanName; refusal: ProblemError | null; maxMinutes: number | null };

/** A quota that explains itself: what there is, who holds it, how it was used, and what a planned meeting would meet. */
export interface ResourcesService {
  summarize(scope: OrgScope): Promise<Summary>;
  listHolders(scope: OrgScope, resource: ResourceRef): Promise<HeldSeat[]>;
  usage(scope: OrgScope, resource: ResourceRef, span: { from: Date; to: Date; parts: number }): Promise<UsageNow>;
  forecast(scope: OrgScope, planned: Planned, from?: FleetDatabase): Promise<Forecast>;
  /** What the plan says of each of the times: for whoever books, in their transaction. */
  askPlan(tx: FleetDatabase, scope: OrgScope, booked: Booked): Promise<PlanAnswer[]>;
  /** Throws when the organization has as many terminals as licences. */
  checkLicence(tx: FleetDatabase, scope: OrgScope): Promise<void>;
}

const longestSpanMs = 92 * 86_400_000;
/** How far ahead the next change of capacity is looked for. */
const aheadMs = 366 * 86_400_000;

export function createResourcesService(deps: {
  db: FleetDatabase;
  clock: Clock;
  orders: OrdersService;
  plans: PlansService;
  rooms: RoomsService;
  shortages: ShortagesService;
}): ResourcesService {
  const { db, clock, orders, plans, rooms, shortages } = deps;

  const idOf = (scope: OrgScope, resource: ResourceRef): ResourceId =>
    resource === 'concurrency' ? scope.orgId : resource;

  async function capacitySteps(scope: OrgScope, resource: ResourceRef, from: Date, to: Date, via: FleetDatabase) {
    if (resource !== 'concurrency') {
      const { capacity } = await rooms.get(scope, resource, via);
      return [{ from, capacity }];
    }
    const lines = await orders.paidLines(via, scope, from, to);
    return [from, ...changesBetween(lines, from, to)].map(
      (at): CapacityStep => ({ from: at, capacity: entitlementsAt(lines, at, plans.get).concurrency }),
    );
  }

  /** Whether a paid order gives the resource at each of the instants; the free plan is always there. */
  async function uncovered(
    scope: OrgScope,
    resource: Booked['resource'],
    lines: PaidLine[],
    instants: Date[],
    via: FleetDatabase,
  ) {
    if (resource === 'free') return instants.map(() => null);
    if (resource === 'concurrency')
      return instants.map((at) =>
        entitlementsAt(lines, at, plans.get).concurrency === 0 ? new ProblemError('concurrency_none') : null,
      );
    const { name } = await rooms.get(scope, resource, via);
    const isCovered = await orders.coversRoom(via, scope, resource, instants);
    return isCovered.map((each) => (each ? null : new ProblemError('room_not_valid', { room: name })));
  }

  async function askPlan(scope: OrgScope, { resource, times, ...wanted }: Booked, via: FleetDatabase) {
    const [first] = times;
    if (!first) return [];
    const instants = times.map(({ startAt }) => new Date(startAt));
    const last = new Date(Math.max(...instants.map((at) => at.getTime())));
    const lines = await orders.paidLines(via, scope, new Date(first.startAt), last);
    const missing = await uncovered(scope, resource, lines, instants, via);
    return times.map((time, index): PlanAnswer => {
      const plan = plans.get(entitlementsAt(lines, new Date(time.startAt), plans.get).plan);
      const refusal = missing[index] ?? refusalOfPlan(plan, time, wanted);
      return { plan: plan.plan, refusal, maxMinutes: plan.maxMinutes };
    });
  }

  return {
    async summarize(scope) {
      const at = clock.now();
      const repository = createResourceRepository(db);
      const lines = await orders.paidLines(db, scope, at, new Date(at.getTime() + aheadMs));
      const now = entitlementsAt(lines, at, plans.get);
      const change = changesBetween(lines, at, new Date(at.getTime() + aheadMs)).find(
        (instant) => entitlementsAt(lines, instant, plans.get).concurrency !== now.concurrency,
      );
      return {
        ...now,
        at,
        taken: (await repository.listHeld(scope, scope.orgId, at.toISOString())).length,
        next: change ? { at: change, capacity: entitlementsAt(lines, change, plans.get).concurrency } : null,
        terminalsUsed: await repository.countTerminals(scope),
        rooms: await orders.countRooms(scope),
      };
    },
    async listHolders(scope, resource) {
      if (resource !== 'concurrency') await rooms.get(scope, resource);
      return await createResourceRepository(db).listHeld(scope, idOf(scope, resource), clock.now().toISOString());
    },
    async usage(scope, resource, { from, to, parts }) {
      const lengthMs = to.getTime() - from.getTime();
      if (!(lengthMs > 0 && lengthMs <= longestSpanMs))
        throw new ProblemError('request_invalid', { detail: 'to: at most 92 days after from' });
      const steps = await capacitySteps(scope, resource, from, to, db);
      const resourceId = idOf(scope, resource);
      const stays = await createResourceRepository(db).listStays(scope, resourceId, from, to);
      const peaks = peaksOf(stays, from, to, parts);
      return {
        parts: peaks.map((part) => ({ ...part, capacity: capacityAt(steps, part.from) })),
        peak: Math.max(0, ...peaks.map(({ peak }) => peak)),
        shortages: await shortages.listBetween(scope, resourceId, from, to),
      };
    },
    async forecast(scope, planned, from = db) {
      const { resource, startAt, durationMinutes, parties, exceptMeetingId } = planned;
      const start = new Date(startAt);
      const end = new Date(start.getTime() + durationMinutes * 60_000);
      const use = { startAt: start.toISOString(), endAt: end.toISOString(), parties };
      const steps = await capacitySteps(scope, resource, start, end, from);
      const all = await createResourceRepository(from).listPlanned(
        scope,
        idOf(scope, resource),
        use.startAt,
        use.endAt,
      );
      const others = all.filter(({ id }) => id !== exceptMeetingId);
      const [answer] = await askPlan(scope, { resource, times: [use], parties, features: [] }, from);
      if (!answer) throw new Error('the plan answers once for each time');
      const refusal = codeOfRefusal(answer.refusal);
      const found =
        resource === 'concurrency'
          ? forecastOfPool(use, others, steps, refusal)
          : forecastOfRoom(use, others, capacityAt(steps, start), refusal);
      return { ...found, plan: answer.plan };
    },
    askPlan: (tx, scope, booked) => askPlan(scope, booked, tx),
    async checkLicence(tx, scope) {
      const { terminals: count } = await orders.entitlements(tx, scope, clock.now());
      if ((await createResourceRepository(tx).countTerminals(scope)) >= count)
        throw new ProblemError('terminal_licences_used', { count });
    },
  };
}

const codeOfMissing: Record<BookedFeature, ErrorCode> = {
  waitingRoom: 'plan_waiting_room',
  watermark: 'plan_watermark',
  recording: 'plan_recording',
};

function refusalOfPlan(
  { title, maxMinutes, maxParticipants, features }: Plan,
  time: Booked['times'][number],
  { parties, features: wanted }: Pick<Booked, 'parties' | 'features'>,
) {
  const minutes = (Date.parse(time.endAt) - Date.parse(time.startAt)) / 60_000;
  if (maxMinutes !== null && minutes > maxMinutes)
    return new ProblemError('plan_minutes', { plan: title.en, limit: maxMinutes });
  if (parties > maxParticipants)
    return new ProblemError('plan_participants', { plan: title.en, limit: maxParticipants, count: parties });
  const missing = wanted.find((feature) => !features.includes(feature));
  return missing === undefined ? null : new ProblemError(codeOfMissing[missing], { plan: title.en });
}

/** As the contract names it. */
export function codeOfRefusal(refusal: ProblemError | null): PlanRefusal | null {
  return refusal && planRefusal.parse(refusal.code);
}

/** How many meetings a forecast names. */
const mostClashes = 20;
const byParties = (a: PlannedMeeting, b: PlannedMeeting) => b.parties - a.parties;

function forecastOfPool(
  use: PlannedUse,
  others: readonly PlannedMeeting[],
  steps: readonly CapacityStep[],
  refusal: PlanRefusal | null,
): Omit<Forecast, 'plan'> {
  const { at, capacity, wanted } = tightestOf(use, others, steps);
  const isTight = wanted > capacity;
  const text = at.toISOString();
  return {
    ...{ verdict: refusal ? 'refused' : isTight ? 'tight' : 'fits', refusal, capacity, wanted },
    tightestAt: isTight ? text : null,
    clashes: others
      .filter((other) => other.startAt <= text && text < other.endAt)
      .sort(byParties)
      .slice(0, mostClashes),
  };
}

/** A cloud room has its own seats, and one meeting at a time. */
function forecastOfRoom(
  use: PlannedUse,
  others: readonly PlannedMeeting[],
  capacity: number,
  refusal: PlanRefusal | null,
): Omit<Forecast, 'plan'> {
  const isTight = use.parties > capacity;
  const reason = refusal ?? (others.length > 0 ? 'room_has_meeting' : null);
  return {
    ...{ verdict: reason ? 'refused' : isTight ? 'tight' : 'fits', refusal: reason, capacity, wanted: use.parties },
    tightestAt: isTight ? use.startAt : null,
    clashes: others.slice(0, mostClashes),
  };
}
