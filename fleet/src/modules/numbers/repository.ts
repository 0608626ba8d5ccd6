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
    /** The owners whose number nothing had: theirs now. */
    async insertFree(rows: readonly NumberRow[]): Promise<string[]> {
      const inserted = await db
        .insertInto('numbers')
        .values(rows)
        .onConflict((conflict) => conflict.column('number').doNothing())
        .returning('ownerId')
        .execute();
      return inserted.map(({ ownerId }) => ownerId);
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
