import type { myMeetingRoutes } from '@anteroom/shared/api/my-meetings.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { describeItem } from './describe.ts';
import type { MeetingsService } from './service.ts';

export function createMyMeetingHandlers(deps: {
  meetings: MeetingsService;
  publicUrl: () => string;
}): Handlers<typeof myMeetingRoutes> {
  const { meetings, publicUrl } = deps;
  return {
    async list({ actor, query }) {
      const page = await meetings.listOwn(actor, query);
      return { ...page, items: page.items.map((meeting) => describeItem(meeting, publicUrl())) };
    },
    number: async ({ actor }) => ({ number: await meetings.personalNumber(actor) }),
  };
}
