import type { whiteboardRoutes } from '@anteroom/shared/api/whiteboards.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { WhiteboardsService } from './service.ts';

export function createWhiteboardHandlers(deps: { whiteboards: WhiteboardsService }): Handlers<typeof whiteboardRoutes> {
  const { whiteboards } = deps;
  return {
    get: ({ actor, params }) => whiteboards.get(actor, params.meetingId),
    elements: async ({ actor, params }) => ({ items: await whiteboards.listElements(actor, params.meetingId) }),
  };
}
