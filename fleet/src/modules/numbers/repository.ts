import type { FleetDatabase } from '../../db/database.ts';
import type { FleetTables } from '../../db/schema.ts';

export type NumberRow = FleetTables['numbers'];

/** Numbers are unique across all organizations: whoever types one names no organization. */
export function createNumberRepository(db: FleetDatabase) {
  return {
    /** False when something already has this number. */
    async insert(row: NumberRow): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('numbers')
        .values(row)
        .onConflict((conflict) => conflict.column('number').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async find(number: string): Promise<NumberRow | undefined> {
      return await db.selectFrom('numbers').selectAll().where('number', '=', number).executeTakeFirst();
    },
    async findOf(ownerId: string): Promise<NumberRow | undefined> {
      return await db.selectFrom('numbers').selectAll().where('ownerId', '=', ownerId).executeTakeFirst();
    },
    async remove(ownerId: string): Promise<void> {
      await db.deleteFrom('numbers').where('ownerId', '=', ownerId).execute();
    },
  };
}
