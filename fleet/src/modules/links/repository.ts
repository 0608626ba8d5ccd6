import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { LinkMessageRow } from '../../db/tables/people.ts';

/** A recipient is counted over all organizations. */
export function createLinkMessageRepository(db: FleetDatabase) {
  return {
    /** When messages were sent since `since`, to a recipient or by an organization. */
    async listSent(by: { recipient: string } | OrgScope, since: string): Promise<string[]> {
      const sent = db.selectFrom('linkMessages').select('sentAt').where('sentAt', '>', since);
      const own = 'recipient' in by ? sent.where('recipient', '=', by.recipient) : sent.where('orgId', '=', by.orgId);
      return (await own.execute()).map(({ sentAt }) => sentAt);
    },
    async insert(message: LinkMessageRow): Promise<void> {
      await db.insertInto('linkMessages').values(message).execute();
    },
    async removeBefore(sentBefore: string): Promise<void> {
      await db.deleteFrom('linkMessages').where('sentAt', '<=', sentBefore).execute();
    },
  };
}
