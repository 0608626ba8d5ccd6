import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { WhiteboardRow } from '../../db/tables/whiteboards.ts';

export function createWhiteboardRepository(db: FleetDatabase) {
  return {
    async find(scope: OrgScope, meetingId: MeetingId): Promise<WhiteboardRow | undefined> {
      return await db
        .selectFrom('whiteboards')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .executeTakeFirst();
    },
    /** Without what is drawn, which is long. */
    async findSummary(
      scope: OrgScope,
      meetingId: MeetingId,
    ): Promise<Pick<WhiteboardRow, 'elements' | 'savedAt'> | undefined> {
      return await db
        .selectFrom('whiteboards')
        .select(['elements', 'savedAt'])
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .executeTakeFirst();
    },
    async save(row: WhiteboardRow): Promise<void> {
      const { state, elements, savedAt } = row;
      await db
        .insertInto('whiteboards')
        .values(row)
        .onConflict((oc) => oc.column('meetingId').doUpdateSet({ state, elements, savedAt }))
        .execute();
    },
  };
}
