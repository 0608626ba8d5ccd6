import type { OrganizationId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ClosingRow } from '../../db/tables/closings.ts';

export type NamedClosing = ClosingRow & { requesterName: string };

export function createClosingRepository(db: FleetDatabase) {
  return {
    async find({ orgId }: OrgScope): Promise<NamedClosing | undefined> {
      return await db
        .selectFrom('closings')
        .innerJoin('accounts', 'accounts.id', 'closings.requestedBy')
        .selectAll('closings')
        .select('accounts.name as requesterName')
        .where('orgId', '=', orgId)
        .executeTakeFirst();
    },
    /** Of every organization: the fleet looks after them all. */
    async listAll(): Promise<(ClosingRow & { orgName: string })[]> {
      return await db
        .selectFrom('closings')
        .innerJoin('organizations', 'organizations.id', 'closings.orgId')
        .selectAll('closings')
        .select('organizations.name as orgName')
        .orderBy('effectiveAt')
        .execute();
    },
    async insert(closing: ClosingRow): Promise<void> {
      await db.insertInto('closings').values(closing).execute();
    },
    async update({ orgId }: OrgScope, values: Partial<Omit<ClosingRow, 'orgId'>>): Promise<void> {
      await db.updateTable('closings').set(values).where('orgId', '=', orgId).execute();
    },
    async remove({ orgId }: OrgScope): Promise<void> {
      await db.deleteFrom('closings').where('orgId', '=', orgId).execute();
    },
    /** Whether messages of the organization still wait for their way out. */
    async hasMessagesToSend({ orgId }: OrgScope): Promise<boolean> {
      const row = await db
        .selectFrom('notices')
        .select('id')
        .where('orgId', '=', orgId)
        .where('dueAt', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Terminals whose certificates ended this long ago pair again by themselves. */
    async removeForgotten(now: string): Promise<void> {
      await db.deleteFrom('forgottenCertificates').where('keptUntil', '<', now).execute();
    },
    /** What strangers have of the organization: letters and calendars' addresses. */
    async removeInvitations(orgId: OrganizationId): Promise<void> {
      await db.deleteFrom('invitations').where('orgId', '=', orgId).execute();
      await db.deleteFrom('calendarFeeds').where('orgId', '=', orgId).execute();
    },
  };
}
