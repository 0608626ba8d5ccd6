import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingControlsRow, RemovalRow } from '../../db/tables/hosting.ts';

export function createHostingRepository(db: FleetDatabase) {
  return {
    async findControls(scope: OrgScope, meetingId: MeetingId): Promise<MeetingControlsRow | undefined> {
      return await db
        .selectFrom('meetingControls')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .executeTakeFirst();
    },
    async saveControls(row: MeetingControlsRow): Promise<void> {
      const { isLocked, state, savedAt } = row;
      await db
        .insertInto('meetingControls')
        .values(row)
        .onConflict((oc) => oc.column('meetingId').doUpdateSet({ isLocked, state, savedAt }))
        .execute();
    },
    async isRemoved(scope: OrgScope, meetingId: MeetingId, holder: RemovalRow['holder']): Promise<boolean> {
      const row = await db
        .selectFrom('removals')
        .select('removedAt')
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .where('holder', '=', holder)
        .executeTakeFirst();
      return row !== undefined;
    },
    async insertRemoval(row: RemovalRow): Promise<void> {
      await db
        .insertInto('removals')
        .values(row)
        .onConflict((oc) => oc.columns(['meetingId', 'holder']).doNothing())
        .execute();
    },
    async deleteRemovals(
      scope: OrgScope,
      meetingId: MeetingId,
      holders: readonly RemovalRow['holder'][],
    ): Promise<void> {
      if (holders.length === 0) return;
      await db
        .deleteFrom('removals')
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .where('holder', 'in', holders)
        .execute();
    },
  };
}
