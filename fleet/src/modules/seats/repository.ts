import type { MeetingId, ParticipantId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { AttendanceRow, ResourceId, SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export function createSeatRepository(db: FleetDatabase) {
  const seats = db.selectFrom('seats').selectAll();

  return {
    async listOfResource(scope: OrgScope, resourceId: ResourceId): Promise<SeatRow[]> {
      return await seats.where('orgId', '=', scope.orgId).where('resourceId', '=', resourceId).execute();
    },
    async listOfMeetings(scope: OrgScope, ids: readonly MeetingId[]): Promise<SeatRow[]> {
      if (ids.length === 0) return [];
      return await seats
        .where('orgId', '=', scope.orgId)
        .where('meetingId', 'in', ids)
        .orderBy('joinedAt')
        .orderBy('participantId')
        .execute();
    },
    async insert(seat: SeatRow): Promise<void> {
      await db.insertInto('seats').values(seat).execute();
    },
    /** False when it was given back already. */
    async remove(scope: OrgScope, participantId: ParticipantId): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('seats')
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    /** False when it was given back already, or renewed since it was read. */
    async removeExpired(scope: OrgScope, participantId: ParticipantId, now: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('seats')
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .where('leaseUntil', '<=', now)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
    /**
     * Of any organization: whose account was deleted, and who came in as one of the organization and is none any more.
     */
    async listStrangers(meetingIds: readonly string[]): Promise<Pick<SeatRow, 'meetingId' | 'participantId'>[]> {
      if (meetingIds.length === 0) return [];
      return await db
        .selectFrom('seats')
        .innerJoin('accounts', 'accounts.id', 'seats.accountId')
        .leftJoin('memberships', (join) =>
          join.onRef('memberships.accountId', '=', 'seats.accountId').onRef('memberships.orgId', '=', 'seats.orgId'),
        )
        .select(['seats.meetingId', 'seats.participantId'])
        .where((eb) => eb(eb.cast<string>('seats.meetingId', 'text'), 'in', meetingIds))
        .where((eb) =>
          eb.or([
            eb('accounts.deletedAt', 'is not', null),
            eb.and([eb('seats.role', '!=', 'guest'), eb('memberships.orgId', 'is', null)]),
          ]),
        )
        .execute();
    },
    /** Of any organization: signalling knows participants only. */
    async renew(participantIds: readonly ParticipantId[], leaseUntil: string): Promise<void> {
      await db.updateTable('seats').set({ leaseUntil }).where('participantId', 'in', participantIds).execute();
    },
    /** Of any organization: signalling knows participants only. */
    async find(participantId: ParticipantId): Promise<SeatRow | undefined> {
      return await seats.where('participantId', '=', participantId).executeTakeFirst();
    },
    /** Of every organization. */
    async listExpired(now: string): Promise<SeatRow[]> {
      return await seats.where('leaseUntil', '<=', now).execute();
    },
    async openAttendance(entry: AttendanceRow): Promise<void> {
      await db.insertInto('attendance').values(entry).execute();
    },
    async closeAttendance(scope: OrgScope, participantId: ParticipantId, leftAt: string): Promise<void> {
      await db
        .updateTable('attendance')
        .set({ leftAt })
        .where('orgId', '=', scope.orgId)
        .where('participantId', '=', participantId)
        .where('leftAt', 'is', null)
        .execute();
    },
    async listAttendance(scope: OrgScope, meetingId: MeetingId): Promise<AttendanceRow[]> {
      return await db
        .selectFrom('attendance')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .orderBy('joinedAt')
        .execute();
    },
  };
}
