import { newId, type OrganizationId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { createOrganizationRepository } from './repository.ts';

export interface OrganizationsService {
  create(organization: { name: string; timeZone: string }): Promise<OrganizationId>;
}

export function createOrganizationsService({ db, clock }: { db: FleetDatabase; clock: Clock }): OrganizationsService {
  return {
    async create({ name, timeZone }) {
      const now = clock.now();
      const id = newId('organization', now);
      await createOrganizationRepository(db).insert({ id, name, timeZone, createdAt: now.toISOString() });
      return id;
    },
  };
}
