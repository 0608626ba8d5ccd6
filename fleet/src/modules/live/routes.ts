import type { liveRoutes } from '@anteroom/shared/api/live.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { LiveService } from './service.ts';

export function createLiveHandlers({ live }: { live: LiveService }): Handlers<typeof liveRoutes> {
  return {
    get: ({ actor, params }) => live.view(actor, params.meetingId),
    async control({ actor, params, body }) {
      await live.control(actor, params.meetingId, body.action);
    },
  };
}
