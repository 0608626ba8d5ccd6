import type { OrderId, OrderLineId, OrganizationId, RoomId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { OrderLineRow, OrderRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { BoundRoom } from './room-cover.ts';
import type { PaidLine } from './rules.ts';

export type LineWithRooms = OrderLineRow & { roomsMade: number };
export type OrderWithLines = OrderRow & { lines: LineWithRooms[] };
export type PendingOrder = OrderWithLines & { organization: { id: OrganizationId; name: string } };

/** How many orders an operator sees at once. */
const pendingShown = 200;

export function createOrderRepository(db: FleetDatabase) {
  async function withLines<Row extends OrderRow>(orders: Row[]): Promise<(Row & { lines: LineWithRooms[] })[]> {
    if (orders.length === 0) return [];
    const ids = orders.map(({ id }) => id);
    const lines = await db
      .selectFrom('orderLines')
      .selectAll()
      .select((eb) =>
        eb
          .selectFrom('rooms')
          .select((rooms) => rooms.fn.countAll<number>().as('count'))
          .whereRef('rooms.orderLineId', '=', 'orderLines.id')
          .as('roomsMade'),
      )
      .where('orderId', 'in', ids)
      .orderBy('id')
      .execute();
    return orders.map((order) => ({
      ...order,
      lines: lines
        .filter(({ orderId }) => orderId === order.id)
        .map((line) => ({ ...line, roomsMade: Number(line.roomsMade) })),
    }));
  }

  return {
    async find(scope: OrgScope, id: OrderId): Promise<OrderWithLines | undefined> {
      const rows = await db
        .selectFrom('orders')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .execute();
      const [order] = await withLines(rows);
      return order;
    },
    async list(scope: OrgScope, { cursor, limit }: PageRequest): Promise<Page<OrderWithLines>> {
      const own = db.selectFrom('orders').where('orgId', '=', scope.orgId);
      const { total } = await own.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      let rows = own.selectAll();
      const after = fromCursor(cursor);
      if (after) rows = rows.where((eb) => isBeyond(eb.ref('createdAt'), eb.ref('id'), after, 'desc'));
      const found = await rows
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute();
      const page = toPage(found, {
        limit,
        total: Number(total),
        positionOf: ({ createdAt, id }) => ({ key: createdAt, id }),
        toItem: (row) => row,
      });
      return { ...page, items: await withLines(page.items) };
    },
    async insert(order: OrderRow, lines: readonly OrderLineRow[]): Promise<void> {
      await db.insertInto('orders').values(order).execute();
      await db
        .insertInto('orderLines')
        .values([...lines])
        .execute();
    },
    async update(
      scope: OrgScope,
      id: OrderId,
      values: Partial<Pick<OrderRow, 'state' | 'paidAt' | 'paidReference' | 'cancelledAt'>>,
    ): Promise<void> {
      await db.updateTable('orders').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    /** Of every organization: an operator serves them all. */
    async findForOperator(id: OrderId): Promise<PendingOrder | undefined> {
      const [order] = await this.listForOperator({ id });
      return order;
    },
    /** Of every organization, the oldest first. */
    async listForOperator(wanted: { id: OrderId } | { state: OrderRow['state'] }): Promise<PendingOrder[]> {
      let rows = db
        .selectFrom('orders')
        .innerJoin('organizations', 'organizations.id', 'orders.orgId')
        .selectAll('orders')
        .select('organizations.name as organizationName');
      rows = 'id' in wanted ? rows.where('orders.id', '=', wanted.id) : rows.where('orders.state', '=', wanted.state);
      const found = await rows.orderBy('orders.createdAt').limit(pendingShown).execute();
      return (await withLines(found)).map(({ organizationName, ...order }) => ({
        ...order,
        organization: { id: order.orgId, name: organizationName },
      }));
    },
    /** Lines of paid orders that give something in some part of the time span. */
    async listPaidLines(scope: OrgScope, from: Date, to: Date): Promise<PaidLine[]> {
      return await db
        .selectFrom('orderLines')
        .innerJoin('orders', 'orders.id', 'orderLines.orderId')
        .selectAll('orderLines')
        .select(['orders.plan', 'orders.startAt', 'orders.endAt'])
        .where('orders.orgId', '=', scope.orgId)
        .where('orders.state', '=', 'paid')
        .where('orders.startAt', '<=', to.toISOString())
        .where('orders.endAt', '>', from.toISOString())
        .orderBy('orders.endAt')
        .orderBy('orderLines.id')
        .execute();
    },
    async countUnexpiredPaid(scope: OrgScope, now: Date): Promise<number> {
      const { total } = await db
        .selectFrom('orders')
        .where('orgId', '=', scope.orgId)
        .where('state', '=', 'paid')
        .where('endAt', '>', now.toISOString())
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    /** Rooms by the line that they were made of. */
    async listRoomLines(scope: OrgScope): Promise<BoundRoom[]> {
      return await db
        .selectFrom('rooms')
        .select(['id', 'capacity', 'orderLineId'])
        .where('orgId', '=', scope.orgId)
        .orderBy('createdAt')
        .orderBy('id')
        .execute();
    },
    async bindRoom(scope: OrgScope, id: RoomId, orderLineId: OrderLineId): Promise<void> {
      await db
        .updateTable('rooms')
        .set({ orderLineId })
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .execute();
    },
  };
}
