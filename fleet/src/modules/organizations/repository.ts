import type { FleetDatabase } from '../../db/database.ts';
import type { FleetTables } from '../../db/schema.ts';

export function createOrganizationRepository(db: FleetDatabase) {
  return {
    async insert(organization: FleetTables['organizations']): Promise<void> {
      await db.insertInto('organizations').values(organization).execute();
    },
  };
}
