import type { resourceRoutes } from '@anteroom/shared/api/resources.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { ResourcesService } from './service.ts';

export function createResourceHandlers(deps: {
  resources: ResourcesService;
  meetings: MeetingsService;
}): Handlers<typeof resourceRoutes> {
  const { resources, meetings } = deps;
  return {
    async get({ actor }) {
      const { at, plan, concurrency, taken, next, terminals, terminalsUsed, rooms } = await resources.summarize(actor);
      return {
        ...{ at: at.toISOString(), plan, rooms },
        concurrency: {
          ...{ capacity: concurrency, taken },
          next: next && { at: next.at.toISOString(), capacity: next.capacity },
        },
        terminals: { licensed: terminals, used: terminalsUsed },
      };
    },
    async listHolders({ actor, query }) {
      const seats = await resources.listHolders(actor, query.resource);
      return {
        items: seats.map(({ meetingId, subject, endAt, ...seat }) => ({
          ...seat,
          meeting: { id: meetingId, subject },
          freesAt: endAt,
        })),
      };
    },
    async getUsage({ actor, query }) {
      const span = { from: new Date(query.from), to: new Date(query.to), parts: query.parts };
      const { parts, peak, shortages } = await resources.usage(actor, query.resource, span);
      const subjects = await meetings.subjectsOf(
        actor,
        shortages.map(({ meetingId }) => meetingId),
      );
      return {
        parts: parts.map((part) => ({ ...part, from: part.from.toISOString() })),
        peak,
        shortages: shortages.map(({ id, resourceId, meetingId, startedAt, endedAt, turnedAway }) => ({
          ...{ id, resourceId, startedAt, endedAt, turnedAway },
          meeting: { id: meetingId, subject: subjects.get(meetingId) ?? '' },
        })),
      };
    },
    forecast: ({ actor, query }) => resources.forecast(actor, query),
  };
}
