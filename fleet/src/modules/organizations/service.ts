import { newId, type OrganizationId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrganizationRow } from '../../db/schema.ts';
import { createOrganizationRepository } from './repository.ts';

export type NewOrganization = Pick<OrganizationRow, 'name' | 'kind' | 'timeZone'>;

export interface OrganizationsService {
  create(tx: FleetDatabase, organization: NewOrganization): Promise<OrganizationId>;
}

export function createOrganizationsService({ clock }: { clock: Clock }): OrganizationsService {
  return {
    async create(tx, organization) {
      const now = clock.now();
      const id = newId('organization', now);
      await createOrganizationRepository(tx).insert({ ...organization, id, createdAt: now.toISOString() });
      return id;
    },
  };
}
