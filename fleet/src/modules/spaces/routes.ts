import type { Space, spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { SpacesService } from './service.ts';

export function createSpaceHandlers({ spaces }: { spaces: SpacesService }): Handlers<typeof spaceRoutes> {
  return {
    async list({ actor, query }) {
      const page = await spaces.list(actor, query);
      return { ...page, items: page.items.map(toSpace) };
    },
    create: async ({ actor, body }) => toSpace(await spaces.create(actor, body)),
    get: async ({ actor, params }) => toSpace(await spaces.get(actor, params.spaceId)),
    update: async ({ actor, params, body }) => toSpace(await spaces.update(actor, params.spaceId, given(body))),
    async remove({ actor, params }) {
      await spaces.remove(actor, params.spaceId);
      return undefined;
    },
  };
}

function toSpace({ id, name, site, floor, capacity, timeZone, terminalId }: Space): Space {
  return { id, name, site, floor, capacity, timeZone, terminalId };
}
