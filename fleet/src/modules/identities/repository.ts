import type { AccountId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { IdentityFlowRow, LinkedIdentityRow } from '../../db/tables/accounts.ts';

/** An identity belongs to an account, wherever that account belongs: these calls have no scope. */
export function createIdentityRepository(db: FleetDatabase) {
  return {
    async insertFlow(flow: IdentityFlowRow): Promise<void> {
      await db.insertInto('identityFlows').values(flow).execute();
    },
    async removeOldFlows(now: string): Promise<void> {
      await db.deleteFrom('identityFlows').where('expiresAt', '<=', now).execute();
    },
    /** Uses the flow up: whoever comes second, or from another browser, finds none. */
    async takeFlow(
      key: Pick<IdentityFlowRow, 'stateHash' | 'browserHash'>,
      now: string,
    ): Promise<IdentityFlowRow | undefined> {
      return await db
        .deleteFrom('identityFlows')
        .where('stateHash', '=', key.stateHash)
        .where('browserHash', '=', key.browserHash)
        .where('expiresAt', '>', now)
        .returningAll()
        .executeTakeFirst();
    },
    async listOf(accountId: AccountId): Promise<LinkedIdentityRow[]> {
      return await db
        .selectFrom('linkedIdentities')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('linkedAt')
        .orderBy('id')
        .execute();
    },
    /** Links of the identity, an administrator's account first. */
    async listBySubject(issuer: string, subject: string): Promise<LinkedIdentityRow[]> {
      return await db
        .selectFrom('linkedIdentities')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .orderBy('accountKind')
        .execute();
    },
    async insert(identity: LinkedIdentityRow): Promise<void> {
      await db.insertInto('linkedIdentities').values(identity).execute();
    },
    async remove(accountId: AccountId, id: LinkedIdentityRow['id']): Promise<LinkedIdentityRow | undefined> {
      return await db
        .deleteFrom('linkedIdentities')
        .where('accountId', '=', accountId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
    },
  };
}
