import type { OperatorOrder, Order, operatorRoutes, orderRoutes } from '@anteroom/shared/api/orders.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { Operator } from './operator.ts';
import type { OrdersService, OrderWithLines, PendingOrder } from './service.ts';

export function createOrderHandlers({ orders }: { orders: OrdersService }): Handlers<typeof orderRoutes> {
  return {
    async list({ actor, query }) {
      const page = await orders.list(actor, query);
      return { ...page, items: page.items.map(toOrder) };
    },
    create: async ({ actor, body }) => toOrder(await orders.create(actor, body)),
    get: async ({ actor, params }) => toOrder(await orders.get(actor, params.orderId)),
    cancel: async ({ actor, params }) => toOrder(await orders.cancel(actor, params.orderId)),
  };
}

export function createOperatorHandlers(deps: {
  orders: OrdersService;
  operator: Operator;
}): Handlers<typeof operatorRoutes> {
  const { orders, operator } = deps;
  return {
    async listPending({ body, address }) {
      operator.check(body.operatorKey, address);
      return { items: (await orders.listPending()).map(toOperatorOrder) };
    },
    async markPaid({ params, body, address }) {
      operator.check(body.operatorKey, address);
      return toOperatorOrder(await orders.settle(params.orderId, body.paymentReference));
    },
  };
}

function toOrder(order: OrderWithLines): Order {
  const { id, plan, state, startAt, endAt, createdAt, paidAt, billingIssuer, billingSubject, billingLabel } = order;
  const lines = order.lines.map(({ id: lineId, kind, quantity, capacity, roomsMade }) => ({
    ...{ id: lineId, kind, quantity, capacity, roomsMade },
  }));
  const reference = id.slice(-8).toUpperCase();
  const billingIdentity =
    billingIssuer === null || billingSubject === null
      ? null
      : { issuer: billingIssuer, subject: billingSubject, label: billingLabel };
  return { id, reference, plan, state, startAt, endAt, createdAt, paidAt, lines, billingIdentity };
}

function toOperatorOrder(order: PendingOrder): OperatorOrder {
  return { ...toOrder(order), organization: order.organization };
}
