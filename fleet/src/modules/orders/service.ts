import type { NewOrderLine } from '@anteroom/shared/api/orders.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId, type OrderId, type RoomId } from '@anteroom/shared/ids.ts';
import type { PlanName } from '@anteroom/shared/resources/plan.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { OrderRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { BillingIdentity, IdentitiesService } from '../identities/service.ts';
import type { OrganizationsService } from '../organizations/service.ts';
import type { PlansService } from '../plans/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { Payments } from './payments.ts';
import { createOrderRepository, type OrderWithLines, type PendingOrder } from './repository.ts';
import { type BoundRoom, coveredUntil, lineFor, type RoomStock, spareLine } from './room-cover.ts';
import { covers, type Entitlements, entitlementsAt, isOrderTimeFit, type PaidLine } from './rules.ts';

export type { OrderWithLines, PendingOrder } from './repository.ts';
export { changesBetween, type Entitlements, entitlementsAt, type PaidLine } from './rules.ts';

export type OrderRequest = {
  plan: PlanName;
  lines: readonly NewOrderLine[];
  startAt?: string | undefined;
  endAt: string;
};

/** What organizations ordered, and what that gives them at any instant. */
export interface OrdersService {
  list(actor: Actor, request: PageRequest): Promise<Page<OrderWithLines>>;
  get(actor: Actor, id: OrderId): Promise<OrderWithLines>;
  create(actor: Actor, request: OrderRequest): Promise<OrderWithLines>;
  cancel(actor: Actor, id: OrderId): Promise<OrderWithLines>;
  /** Of every organization, for the operator. */
  listPending(): Promise<PendingOrder[]>;
  /** The order was paid: what it gives is there from now on, or from its start. */
  settle(id: OrderId, reference: string): Promise<PendingOrder>;
  /** A paid order that the fleet places by itself: for the demonstration organization and for tests. */
  grant(tx: FleetDatabase, scope: OrgScope, request: OrderRequest): Promise<OrderId>;
  /** What keeps an organization from dissolving itself. */
  hasUnexpiredPaid(tx: FleetDatabase, scope: OrgScope): Promise<boolean>;
  entitlements(tx: FleetDatabase, scope: OrgScope, at: Date): Promise<Entitlements>;
  paidLines(tx: FleetDatabase, scope: OrgScope, from: Date, to: Date): Promise<PaidLine[]>;
  /** A line for a new cloud room of that capacity, or one that is to grow; throws when none has a room to spare. */
  lineForNewRoom(tx: FleetDatabase, scope: OrgScope, capacity: number): Promise<PaidLine>;
  /** Whether a paid order covers the room then. One that continues an earlier order takes the room over. */
  coverRoom(tx: FleetDatabase, scope: OrgScope, roomId: RoomId, at: Date): Promise<boolean>;
  /** At which of these instants a paid order covers the room; nothing is taken over yet. */
  coversRoom(tx: FleetDatabase, scope: OrgScope, roomId: RoomId, instants: readonly Date[]): Promise<boolean[]>;
  /** Cloud rooms that paid orders give now, that were made, and that no order covers any more. */
  countRooms(scope: OrgScope): Promise<{ ordered: number; made: number; expired: number }>;
  /** Until when each room is covered from now on; null for a room that is not. */
  roomsCoveredUntil(scope: OrgScope, rooms: readonly BoundRoom[], from: FleetDatabase): Promise<(string | null)[]>;
}

/** The end of time, as instants that are written in four digits know it. */
const latest = new Date('9999-12-31T23:59:59.999Z');

export function createOrdersService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  plans: PlansService;
  payments: Payments;
  organizations: OrganizationsService;
  identities: Pick<IdentitiesService, 'billingIdentityOf'>;
}): OrdersService {
  const { db, clock, audit, changes, plans, payments, organizations, identities } = deps;

  async function get(scope: OrgScope, id: OrderId, from: FleetDatabase = db): Promise<OrderWithLines> {
    const order = await createOrderRepository(from).find(scope, id);
    if (!order) throw new ProblemError('not_found');
    return order;
  }

  async function insert(tx: FleetDatabase, scope: OrgScope, request: OrderRequest, state: Partial<OrderRow>) {
    const now = clock.now();
    const startAt = request.startAt === undefined ? now : new Date(request.startAt);
    const endAt = new Date(request.endAt);
    const plan = plans.get(request.plan);
    for (const line of request.lines)
      if (!plan.orders.includes(line.kind) || (line.kind === 'room' && line.capacity > plan.maxParticipants))
        throw new ProblemError('order_line_unavailable', { plan: plan.title.en, limit: plan.maxParticipants });
    const id = newId('order', now);
    const order: OrderRow = {
      ...{ id, orgId: scope.orgId, plan: request.plan, state: 'pending', createdAt: now.toISOString() },
      ...{ startAt: startAt.toISOString(), endAt: endAt.toISOString() },
      ...{ createdBy: null, paidAt: null, paidReference: null, cancelledAt: null },
      ...{ billingIssuer: null, billingSubject: null, billingLabel: null },
      ...state,
    };
    const lines = request.lines.map((line) => ({
      ...{ id: newId('orderLine', now), orgId: scope.orgId, orderId: id },
      ...{ kind: line.kind, quantity: line.quantity, capacity: line.kind === 'room' ? line.capacity : null },
    }));
    await createOrderRepository(tx).insert(order, lines);
    await changes.mark(tx, scope, 'resources', 'rooms');
    return id;
  }

  /** What the order is placed with; null where the organization demands nothing. */
  async function demandBillingIdentity(tx: FleetDatabase, actor: Actor): Promise<BillingIdentity | null> {
    const { settings } = await organizations.get(actor, tx);
    if (!settings.ordersNeedBillingIdentity) return null;
    const identity = await identities.billingIdentityOf(tx, actor.accountId);
    if (!identity) throw new ProblemError('billing_identity_required');
    return identity;
  }

  async function record(tx: FleetDatabase, scope: OrgScope, actor: Actor | null, action: AuditAction, id: OrderId) {
    const { plan, lines } = await get(scope, id, tx);
    const detail = { plan, lines: lines.length };
    await audit.append(tx, scope, { actor: actor?.accountId ?? null, action, subjectId: id, detail });
    await changes.mark(tx, scope, 'resources', 'rooms');
  }

  async function readStock(from: FleetDatabase, scope: OrgScope, at: Date): Promise<RoomStock> {
    const repository = createOrderRepository(from);
    return { lines: await repository.listPaidLines(scope, at, latest), rooms: await repository.listRoomLines(scope) };
  }

  return {
    list: (actor, request) => createOrderRepository(db).list(actor, request),
    get: (actor, id) => get(actor, id),
    async create(actor, request) {
      const now = clock.now();
      const startAt = request.startAt === undefined ? now : new Date(request.startAt);
      if (!isOrderTimeFit(startAt, new Date(request.endAt), now)) throw new ProblemError('order_time_invalid');
      const order = await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const identity = await demandBillingIdentity(tx, actor);
        const id = await insert(tx, actor, request, {
          createdBy: actor.accountId,
          billingIssuer: identity?.issuer ?? null,
          billingSubject: identity?.subject ?? null,
          billingLabel: identity?.label ?? null,
        });
        await record(tx, actor, actor, 'order.placed', id);
        return await get(actor, id, tx);
      });
      payments.begin(order);
      return order;
    },
    async cancel(actor, id) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { state } = await get(actor, id, tx);
        if (state !== 'pending') throw new ProblemError('order_not_pending');
        const cancelledAt = clock.now().toISOString();
        await createOrderRepository(tx).update(actor, id, { state: 'cancelled', cancelledAt });
        await record(tx, actor, actor, 'order.cancelled', id);
        return await get(actor, id, tx);
      });
    },
    listPending: () => createOrderRepository(db).listForOperator({ state: 'pending' }),
    async settle(id, paidReference) {
      return await db.transaction().execute(async (tx) => {
        const repository = createOrderRepository(tx);
        const placed = await repository.findForOperator(id);
        if (placed) await lockOrganization(tx, placed);
        const order = placed && (await repository.findForOperator(id));
        if (!order) throw new ProblemError('not_found');
        if (order.state !== 'pending') throw new ProblemError('order_not_pending');
        await repository.update(order, id, { state: 'paid', paidAt: clock.now().toISOString(), paidReference });
        await record(tx, order, null, 'order.paid', id);
        return (await repository.findForOperator(id)) ?? order;
      });
    },
    grant: (tx, scope, request) =>
      insert(tx, scope, request, { state: 'paid', paidAt: clock.now().toISOString(), paidReference: '' }),
    async hasUnexpiredPaid(tx, scope) {
      return (await createOrderRepository(tx).countUnexpiredPaid(scope, clock.now())) > 0;
    },
    async entitlements(tx, scope, at) {
      const lines = await createOrderRepository(tx).listPaidLines(scope, at, at);
      return entitlementsAt(lines, at, plans.get);
    },
    paidLines: (tx, scope, from, to) => createOrderRepository(tx).listPaidLines(scope, from, to),
    async lineForNewRoom(tx, scope, capacity) {
      const now = clock.now();
      const { lines, rooms } = await readStock(tx, scope, now);
      const fitting = lines.filter((line) => line.kind === 'room' && covers(line, now));
      const line = spareLine(fitting, rooms, capacity);
      if (!line) throw new ProblemError('room_quota_used', { capacity });
      return line;
    },
    async coverRoom(tx, scope, roomId, at) {
      const find = async () => {
        const stock = await readStock(tx, scope, at);
        const room = stock.rooms.find(({ id }) => id === roomId);
        const line = room && lineFor(room, stock, at);
        return { isOwn: line?.id === room?.orderLineId, line };
      };
      const { line, isOwn } = await find();
      if (!line || isOwn || at > clock.now()) return line !== undefined;
      // It takes a room of another line, which only one may have.
      await lockOrganization(tx, scope);
      const spare = (await find()).line;
      if (spare) await createOrderRepository(tx).bindRoom(scope, roomId, spare.id);
      return spare !== undefined;
    },
    async coversRoom(tx, scope, roomId, instants) {
      const earliest = new Date(Math.min(...instants.map((at) => at.getTime())));
      const stock = await readStock(tx, scope, earliest);
      const room = stock.rooms.find(({ id }) => id === roomId);
      return instants.map((at) => room !== undefined && lineFor(room, stock, at) !== undefined);
    },
    async countRooms(scope) {
      const now = clock.now();
      const stock = await readStock(db, scope, now);
      const present = stock.lines.filter((line) => line.kind === 'room' && covers(line, now));
      return {
        ordered: present.reduce((sum, { quantity }) => sum + quantity, 0),
        made: stock.rooms.length,
        expired: stock.rooms.filter((room) => !lineFor(room, stock, now)).length,
      };
    },
    async roomsCoveredUntil(scope, rooms, from) {
      const now = clock.now();
      const stock = await readStock(from, scope, now);
      return rooms.map((room) => coveredUntil(room, stock, now));
    },
  };
}
