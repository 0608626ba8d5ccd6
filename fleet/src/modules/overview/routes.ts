import type { overviewRoutes } from '@anteroom/shared/api/overview.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { OverviewService } from './service.ts';

export function createOverviewHandlers({ overview }: { overview: OverviewService }): Handlers<typeof overviewRoutes> {
  return { get: ({ actor }) => overview.get(actor) };
}
