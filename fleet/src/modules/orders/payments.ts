import type { Logger } from 'pino';
import type { OrderRow } from '../../db/schema.ts';

/**
 * The port through which orders are paid. Whoever takes payments calls `OrdersService.settle` when the money is there;
 * no card number ever comes near the fleet.
 */
export interface Payments {
  /** A new order waits to be paid; called after its commit. */
  begin(order: Pick<OrderRow, 'id' | 'orgId' | 'plan'>): void;
}

/** People do it: the operator of the installation reads the list of waiting orders and marks what was paid. */
export function createManualPayments({ log }: { log: Logger }): Payments {
  return {
    begin: ({ id, orgId, plan }) => log.info({ orderId: id, orgId, plan }, 'order waits for the operator'),
  };
}
