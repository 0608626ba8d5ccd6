import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { countParties } from '../../db/invited.ts';
import type { ResourceId, SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { PlannedUse, Stay } from './rules.ts';

export type HeldSeat = Pick<SeatRow, 'participantId' | 'name' | 'kind' | 'joinedAt' | 'meetingId'> & {
  subject: string;
  endAt: string;
};
export type PlannedMeeting = PlannedUse & { id: MeetingId; subject: string };

/** The longest meeting, and as much again for people who stay: what began before is over. */
const longestMs = 2 * 86_400_000;

export function createResourceRepository(db: FleetDatabase) {
  return {
    /** Seats whose leases run, in the order of their coming. */
    async listHeld(scope: OrgScope, resourceId: ResourceId, now: string): Promise<HeldSeat[]> {
      return await db
        .selectFrom('seats')
        .innerJoin('meetings', 'meetings.id', 'seats.meetingId')
        .select(['seats.participantId', 'seats.name', 'seats.kind', 'seats.joinedAt', 'seats.meetingId'])
        .select(['meetings.subject', 'meetings.endAt'])
        .where('seats.orgId', '=', scope.orgId)
        .where('seats.resourceId', '=', resourceId)
        .where('seats.leaseUntil', '>', now)
        .orderBy('seats.joinedAt')
        .orderBy('seats.participantId')
        .execute();
    },
    async listStays(scope: OrgScope, resourceId: ResourceId, from: Date, to: Date): Promise<Stay[]> {
      const rows = await db
        .selectFrom('attendance')
        .select(['joinedAt', 'leftAt'])
        .where('orgId', '=', scope.orgId)
        .where('resourceId', '=', resourceId)
        .where('joinedAt', '<', to.toISOString())
        .where('joinedAt', '>', new Date(from.getTime() - longestMs).toISOString())
        .where((eb) => eb.or([eb('leftAt', 'is', null), eb('leftAt', '>', from.toISOString())]))
        .execute();
      return rows.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
    },
    /** Meetings of the resource that are planned for some of this time, with everybody who is expected. */
    async listPlanned(scope: OrgScope, resourceId: ResourceId, from: string, to: string): Promise<PlannedMeeting[]> {
      const rows = await db
        .selectFrom('meetings')
        .select(['id', 'subject', 'startAt', 'endAt', 'attendeesId'])
        .where('orgId', '=', scope.orgId)
        .where('resourceId', '=', resourceId)
        .where('startAt', '<', to)
        .where('startAt', '>', new Date(Date.parse(from) - longestMs).toISOString())
        .where('endAt', '>', from)
        .where('cancelledAt', 'is', null)
        .where('endedAt', 'is', null)
        .execute();
      const parties = await countParties(db, scope, [...new Set(rows.map(({ attendeesId }) => attendeesId))]);
      return rows.map(({ attendeesId, ...meeting }) => ({ ...meeting, parties: parties.get(attendeesId) ?? 1 }));
    },
    async countTerminals(scope: OrgScope): Promise<number> {
      const { total } = await db
        .selectFrom('terminals')
        .where('orgId', '=', scope.orgId)
        .where('retiredAt', 'is', null)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(total);
    },
  };
}
