import { z } from 'zod';
import { orderId, orderLineId, organizationId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { orderedKind, plan, planName } from '../resources/plan.ts';
import { page, pageQuery } from './page.ts';
import { route } from './route.ts';

/** What an order adds: so many cloud rooms of N parties, so many seats of concurrency, or licences for terminals. */
export const orderLine = z.object({
  id: orderLineId,
  kind: orderedKind,
  quantity: z.int(),
  /** Parties of each cloud room; null for everything else. */
  capacity: z.int().nullable(),
  /** Cloud rooms that were made of this line so far. */
  roomsMade: z.int(),
});

export const orderState = z.enum(['pending', 'paid', 'cancelled']);

export const order = z.object({
  id: orderId,
  /** What people read out to each other: the last eight characters of the id. */
  reference: z.string(),
  plan: planName,
  state: orderState,
  startAt: instant,
  endAt: instant,
  createdAt: instant,
  paidAt: instant.nullable(),
  lines: z.array(orderLine),
  /** What it was placed with, where the organization demands one; `label` is null once its person is gone. */
  billingIdentity: z.object({ issuer: z.string(), subject: z.string(), label: z.string().nullable() }).nullable(),
});
export type Order = z.infer<typeof order>;
export type OrderLine = z.infer<typeof orderLine>;

/** An order as the operator of the installation sees it. */
export const operatorOrder = order.extend({ organization: z.object({ id: organizationId, name: z.string() }) });
export type OperatorOrder = z.infer<typeof operatorOrder>;

export const newOrderLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('room'),
    quantity: z.int().min(1).max(10_000),
    capacity: z.int().min(2).max(1000),
  }),
  z.strictObject({ kind: z.literal('concurrency'), quantity: z.int().min(2).max(100_000) }),
  z.strictObject({ kind: z.literal('terminals'), quantity: z.int().min(1).max(100_000) }),
]);
export type NewOrderLine = z.infer<typeof newOrderLine>;

const byId = z.strictObject({ orderId });
/** The key of the installation's operator, from its data folder. */
const operatorKey = z.string().min(1).max(200);

export const planRoutes = {
  list: route({
    method: 'GET',
    path: '/plans',
    access: 'signedIn',
    summary: 'The catalogue of plans, from the least to the most',
    success: { status: 200, body: z.object({ items: z.array(plan) }) },
  }),
};

export const orderRoutes = {
  list: route({
    method: 'GET',
    path: '/orders',
    access: 'billing',
    summary: 'Orders, the latest first',
    query: pageQuery.omit({ search: true }),
    success: { status: 200, body: page(order) },
  }),
  create: route({
    method: 'POST',
    path: '/orders',
    access: 'billing',
    summary: 'Order resources with a start and an end; they are there once the operator has marked the order paid',
    body: z.strictObject({
      plan: planName,
      lines: z.array(newOrderLine).min(1).max(20),
      /** Without it, at once. */
      startAt: instant.optional(),
      endAt: instant,
    }),
    success: { status: 201, body: order },
  }),
  get: route({
    method: 'GET',
    path: '/orders/:orderId',
    access: 'billing',
    summary: 'One order',
    params: byId,
    success: { status: 200, body: order },
  }),
  cancel: route({
    method: 'POST',
    path: '/orders/:orderId/cancel',
    access: 'billing',
    summary: 'Cancel an order that is not paid',
    params: byId,
    success: { status: 200, body: order },
  }),
};

/** For whoever runs the installation: proved by a key that lies in its data folder, not by an account. */
export const operatorRoutes = {
  listPending: route({
    method: 'POST',
    path: '/operator/orders',
    access: 'public',
    summary: 'Operator: orders of every organization that wait for their payment, the oldest first',
    body: z.strictObject({ operatorKey }),
    success: { status: 200, body: z.object({ items: z.array(operatorOrder) }) },
  }),
  markPaid: route({
    method: 'POST',
    path: '/operator/orders/:orderId/paid',
    access: 'public',
    summary: 'Operator: this order was paid; its resources are there from now on or from its start',
    params: byId,
    body: z.strictObject({ operatorKey, paymentReference: z.string().trim().max(100).default('') }),
    success: { status: 200, body: operatorOrder },
  }),
};
