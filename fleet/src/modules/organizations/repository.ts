import type { OrganizationId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrganizationRow } from '../../db/schema.ts';

export function createOrganizationRepository(db: FleetDatabase) {
  return {
    async insert(organization: OrganizationRow): Promise<void> {
      await db.insertInto('organizations').values(organization).execute();
    },
    async find(id: OrganizationId): Promise<OrganizationRow | undefined> {
      return await db.selectFrom('organizations').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async update(id: OrganizationId, values: Partial<Omit<OrganizationRow, 'id' | 'kind'>>): Promise<void> {
      await db.updateTable('organizations').set(values).where('id', '=', id).execute();
    },
  };
}
