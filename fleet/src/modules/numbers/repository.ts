import type { FleetDatabase } from '../../db/database.ts';

/** Numbers are unique across all organizations: whoever types one names no organization. */
export function createNumberRepository(db: FleetDatabase) {
  return {
    async isTaken(number: string): Promise<boolean> {
      const meeting = await db.selectFrom('meetings').select('id').where('number', '=', number).executeTakeFirst();
      const room = await db.selectFrom('rooms').select('id').where('number', '=', number).executeTakeFirst();
      return meeting !== undefined || room !== undefined;
    },
  };
}
