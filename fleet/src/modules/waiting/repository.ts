import type { MeetingId, ParticipantId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { WaitingRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export function createWaitingRepository(db: FleetDatabase) {
  return {
    async find(scope: OrgScope, participantId: ParticipantId): Promise<WaitingRow | undefined> {
      return await db
        .selectFrom('waiting')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .executeTakeFirst();
    },
    async insert(row: WaitingRow): Promise<void> {
      await db.insertInto('waiting').values(row).execute();
    },
    async update(
      scope: OrgScope,
      participantId: ParticipantId,
      values: Partial<Pick<WaitingRow, 'reason' | 'since' | 'leaseUntil' | 'name'>>,
    ): Promise<void> {
      await db
        .updateTable('waiting')
        .set(values)
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .execute();
    },
    /** At the door now, in the order of their coming. */
    async list(scope: OrgScope, meetingId: MeetingId, now: string): Promise<WaitingRow[]> {
      return await db
        .selectFrom('waiting')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .where('leaseUntil', '>', now)
        .where('letInAt', 'is', null)
        .orderBy('since')
        .execute();
    },
    async letIn(
      scope: OrgScope,
      meetingId: MeetingId,
      who: readonly ParticipantId[] | 'everybody',
      letInAt: string,
    ): Promise<number> {
      let rows = db
        .updateTable('waiting')
        .set({ letInAt })
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .where('letInAt', 'is', null);
      if (who !== 'everybody') rows = rows.where('participantId', 'in', who);
      const { numUpdatedRows } = await rows.executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async remove(scope: OrgScope, participantId: ParticipantId): Promise<void> {
      await db
        .deleteFrom('waiting')
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .where('letInAt', 'is', null)
        .execute();
    },
    /** Of every organization: who went away, and who was let in so long ago that the meeting is over. */
    async removeGone(now: string, letInBefore: string): Promise<void> {
      await db
        .deleteFrom('waiting')
        .where((eb) =>
          eb.or([eb.and([eb('leaseUntil', '<=', now), eb('letInAt', 'is', null)]), eb('letInAt', '<=', letInBefore)]),
        )
        .execute();
    },
  };
}
