import { operatorRoutes } from '@anteroom/shared/api/orders.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId } from '@anteroom/shared/ids.ts';
import type { FixtureState } from './fixture-data.ts';
import { found, type Handler } from './fixture-handlers.ts';

const operatorKey = 'key-of-the-data-folder';

export function addPendingOrders({ pendingOrders }: FixtureState): void {
  const line = { id: newId('orderLine'), capacity: null, roomsMade: 0 };
  const order = (name: string, lines: FixtureState['pendingOrders'][number]['lines']) => {
    const id = newId('order');
    const organization = { id: newId('organization'), name };
    const times = { startAt: '2031-01-01T00:00:00.000Z', endAt: '2032-01-01T00:00:00.000Z' };
    const state = {
      state: 'pending' as const,
      createdAt: new Date().toISOString(),
      paidAt: null,
      billingIdentity: null,
    };
    pendingOrders.push({
      ...times,
      ...state,
      id,
      reference: id.slice(-8).toUpperCase(),
      plan: 'flex',
      lines,
      organization,
    });
  };
  order('Halden Works', [
    { ...line, kind: 'room', quantity: 2, capacity: 50 },
    { ...line, id: newId('orderLine'), kind: 'concurrency', quantity: 100 },
  ]);
  order('Nord Works', [{ ...line, kind: 'terminals', quantity: 10 }]);
}

function check(given: string): void {
  if (given !== operatorKey) throw new ProblemError('operator_key_wrong');
}

export const operatorHandlers: Record<string, Handler> = {
  'operator.listPending': ({ pendingOrders }, call) => {
    check(operatorRoutes.listPending.body.parse(call.body).operatorKey);
    return { items: pendingOrders };
  },
  'operator.markPaid': (state, call) => {
    check(operatorRoutes.markPaid.body.parse(call.body).operatorKey);
    const order = found(state.pendingOrders.find(({ id }) => id === call.params.orderId));
    state.pendingOrders = state.pendingOrders.filter((each) => each !== order);
    return { ...order, state: 'paid', paidAt: new Date().toISOString() };
  },
};
