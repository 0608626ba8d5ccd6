import type { Organization, organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import { given, type Handlers } from '../../plugins/contract-routes.ts';
import type { HandOverService } from '../handovers/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { OrganizationsService } from './service.ts';

export function createOrganizationHandlers(deps: {
  organizations: OrganizationsService;
  people: PeopleService;
  handOver: HandOverService;
}): Handlers<typeof organizationRoutes> {
  const { organizations, people, handOver } = deps;

  async function describe(scope: Parameters<OrganizationsService['get']>[0]): Promise<Organization> {
    const { id, name, kind, industry, size, country, timeZone, settings } = await organizations.get(scope);
    const administrator = await people.findDefaultAdministrator(scope);
    return {
      ...{ id, name, kind, industry, size, country, timeZone, settings },
      defaultAdministrator: administrator ?? null,
    };
  }

  return {
    get: ({ actor }) => describe(actor),
    create: async ({ actor, body }) => describe({ orgId: await people.found(actor, body) }),
    async update({ actor, body: { settings, ...fields } }) {
      await organizations.update(actor, {
        ...given(fields),
        ...(settings === undefined ? {} : { settings: given(settings) }),
      });
      return await describe(actor);
    },
    sendHandOverCode: ({ actor, address }) => handOver.sendCode(actor, address),
    async handOver({ actor, body }) {
      await handOver.confirm(actor, body);
      return await describe(actor);
    },
  };
}
