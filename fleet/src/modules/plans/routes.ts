import type { planRoutes } from '@anteroom/shared/api/orders.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { PlansService } from './service.ts';

export function createPlanHandlers({ plans }: { plans: PlansService }): Handlers<typeof planRoutes> {
  return { list: async () => ({ items: [...plans.list()] }) };
}
