import type { FleetDatabase } from '../../db/database.ts';
import type { CodePurpose, OneTimeCodeRow } from '../../db/tables/accounts.ts';

export type CodeTarget = { purpose: CodePurpose; recipient: string };

/** Codes are asked for before anybody is known: these calls have no scope. */
export function createCodeRepository(db: FleetDatabase) {
  return {
    async insert(code: OneTimeCodeRow): Promise<void> {
      await db.insertInto('oneTimeCodes').values(code).execute();
    },
    /** When codes were asked for since `since`, the oldest first, by the recipient or from the address. */
    async listAsked(by: { recipient: string } | { address: string }, since: string): Promise<string[]> {
      const asked = db.selectFrom('oneTimeCodes').select('createdAt').where('createdAt', '>', since);
      const own =
        'recipient' in by ? asked.where('recipient', '=', by.recipient) : asked.where('address', '=', by.address);
      return (await own.orderBy('createdAt').execute()).map(({ createdAt }) => createdAt);
    },
    /** The code that was sent last and is still good. */
    async findOpen({ purpose, recipient }: CodeTarget, now: string): Promise<OneTimeCodeRow | undefined> {
      return await db
        .selectFrom('oneTimeCodes')
        .selectAll()
        .where('purpose', '=', purpose)
        .where('recipient', '=', recipient)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .where('triesLeft', '>', 0)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
    },
    /** Takes one try of the code; false when another call took the last one. */
    async takeTry(id: OneTimeCodeRow['id']): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('oneTimeCodes')
        .set((eb) => ({ triesLeft: eb('triesLeft', '-', 1) }))
        .where('id', '=', id)
        .where('triesLeft', '>', 0)
        .where('usedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** False when it was used already. */
    async use(id: OneTimeCodeRow['id'], usedAt: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('oneTimeCodes')
        .set({ usedAt })
        .where('id', '=', id)
        .where('usedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** Makes every code that is still open worthless. */
    async retire({ purpose, recipient }: CodeTarget, usedAt: string): Promise<void> {
      await db
        .updateTable('oneTimeCodes')
        .set({ usedAt })
        .where('purpose', '=', purpose)
        .where('recipient', '=', recipient)
        .where('usedAt', 'is', null)
        .execute();
    },
    async setProof(id: OneTimeCodeRow['id'], proofHash: string): Promise<void> {
      await db.updateTable('oneTimeCodes').set({ proofHash }).where('id', '=', id).execute();
    },
    /** Uses the proof up; false when there is none like it of a code that was used since `since`. */
    async takeProof({ purpose, recipient }: CodeTarget, proofHash: string, since: string): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('oneTimeCodes')
        .set({ proofHash: null })
        .where('purpose', '=', purpose)
        .where('recipient', '=', recipient)
        .where('proofHash', '=', proofHash)
        .where('usedAt', '>', since)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async removeBefore(createdBefore: string): Promise<void> {
      await db.deleteFrom('oneTimeCodes').where('createdAt', '<', createdBefore).execute();
    },
  };
}
