import type { Forecast, ResourceRef } from '@anteroom/shared/api/resources.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { ResourceId, ShortageRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { changesBetween, type Entitlements, entitlementsAt, type OrdersService } from '../orders/service.ts';
import type { PlansService } from '../plans/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { ShortagesService } from '../shortages/service.ts';
import { createResourceRepository, type HeldSeat } from './repository.ts';
import { type CapacityStep, capacityAt, peaksOf, tightestOf } from './rules.ts';

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
export type Planned = { resource: ResourceRef; startAt: string; durationMinutes: number; parties: number };

/** A booking is of any resource; meetings of the free plan share nothing. */
export type Booked = Omit<Planned, 'resource'> & { resource: ResourceRef | 'free' };

/** A quota that explains itself: what there is, who holds it, how it was used, and what a planned meeting would meet. */
export interface ResourcesService {
  summarize(scope: OrgScope): Promise<Summary>;
  listHolders(scope: OrgScope, resource: ResourceRef): Promise<HeldSeat[]>;
  usage(scope: OrgScope, resource: ResourceRef, span: { from: Date; to: Date; parts: number }): Promise<UsageNow>;
  forecast(scope: OrgScope, planned: Planned, from?: FleetDatabase): Promise<Forecast>;
  /** The refusals of a forecast, thrown: for whoever books, in their transaction. */
  checkBooking(tx: FleetDatabase, scope: OrgScope, booked: Booked): Promise<void>;
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

  async function findRefusal(scope: OrgScope, planned: Booked, via: FleetDatabase): Promise<ProblemError | null> {
    const { resource, startAt, durationMinutes, parties } = planned;
    const at = new Date(startAt);
    const entitlements = await orders.entitlements(via, scope, at);
    if (resource === 'concurrency') {
      if (entitlements.concurrency === 0) return new ProblemError('concurrency_none');
    } else if (resource !== 'free' && !(await orders.coverRoom(via, scope, resource, at))) {
      const { name } = await rooms.get(scope, resource, via);
      return new ProblemError('room_not_valid', { room: name });
    }
    const { title, maxMinutes, maxParticipants } = plans.get(entitlements.plan);
    if (maxMinutes !== null && durationMinutes > maxMinutes)
      return new ProblemError('plan_minutes', { plan: title.en, limit: maxMinutes });
    if (parties > maxParticipants)
      return new ProblemError('plan_participants', { plan: title.en, limit: maxParticipants, count: parties });
    return null;
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
      const { resource, startAt, durationMinutes, parties } = planned;
      const start = new Date(startAt);
      const end = new Date(start.getTime() + durationMinutes * 60_000);
      const steps = await capacitySteps(scope, resource, start, end, from);
      const others = await createResourceRepository(from).listPlanned(
        ...([scope, idOf(scope, resource), startAt, end.toISOString()] as const),
      );
      const use = { startAt, endAt: end.toISOString(), parties };
      const tightest = tightestOf(use, resource === 'concurrency' ? others : [], steps);
      const refusal = await findRefusal(scope, planned, from);
      const isTight = tightest.wanted > tightest.capacity;
      const text = tightest.at.toISOString();
      return {
        verdict: refusal ? 'refused' : isTight ? 'tight' : 'fits',
        // `findRefusal` makes no other problem than those that the contract names.
        refusal: (refusal?.code ?? null) as Forecast['refusal'],
        capacity: tightest.capacity,
        wanted: tightest.wanted,
        tightestAt: isTight ? text : null,
        clashes: others
          .filter((other) => other.startAt <= text && text < other.endAt)
          .sort((a, b) => b.parties - a.parties)
          .slice(0, 20),
      };
    },
    async checkBooking(tx, scope, booked) {
      const refusal = await findRefusal(scope, booked, tx);
      if (refusal) throw refusal;
    },
    async checkLicence(tx, scope) {
      const { terminals: count } = await orders.entitlements(tx, scope, clock.now());
      if ((await createResourceRepository(tx).countTerminals(scope)) >= count)
        throw new ProblemError('terminal_licences_used', { count });
    },
  };
}
