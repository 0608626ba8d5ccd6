import type { AccountId, MeetingId, RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { departmentsOf } from '../../db/invited.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';

export type TicketTerminal = { roomId: RoomId | null; retiredAt: string | null; name: string; createdAt: string };
export type TicketAccount = { isMember: boolean; isInvited: boolean };

export function createAdmissionRepository(db: FleetDatabase) {
  return {
    async findTerminal(scope: OrgScope, id: TerminalId): Promise<TicketTerminal | undefined> {
      return await db
        .selectFrom('terminals')
        .select(['roomId', 'retiredAt', 'name', 'createdAt'])
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirst();
    },
    /** How many terminals in use were paired before this one: licences go to the oldest. */
    async countOlderTerminals(scope: OrgScope, id: TerminalId, createdAt: string): Promise<number> {
      const { total } = await db
        .selectFrom('terminals')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('orgId', '=', scope.orgId)
        .where('retiredAt', 'is', null)
        .where((eb) =>
          eb.or([eb('createdAt', '<', createdAt), eb.and([eb('createdAt', '=', createdAt), eb('id', '<', id)])]),
        )
        .executeTakeFirstOrThrow();
      return Number(total);
    },
    async listTerminalsOfRoom(scope: OrgScope, roomId: RoomId): Promise<TerminalId[]> {
      const rows = await db
        .selectFrom('terminals')
        .select('id')
        .where('orgId', '=', scope.orgId)
        .where('roomId', '=', roomId)
        .where('retiredAt', 'is', null)
        .execute();
      return rows.map(({ id }) => id);
    },
    /** What a signed-in account is to the meeting's organization and to its list of attendees. */
    async findAccount(meeting: Pick<MeetingRow, 'orgId' | 'attendeesId'>, id: AccountId): Promise<TicketAccount> {
      const member = await db
        .selectFrom('memberships')
        .select('accountId')
        .where('orgId', '=', meeting.orgId)
        .where('accountId', '=', id)
        .executeTakeFirst();
      const attendee = await db
        .selectFrom('attendees')
        .select('position')
        .where('listId', '=', meeting.attendeesId)
        .where((eb) => eb.or([eb('accountId', '=', id), eb('departmentId', 'in', departmentsOf(id))]))
        .executeTakeFirst();
      return { isMember: member !== undefined, isInvited: attendee !== undefined };
    },
    async hasBegun(scope: OrgScope, meetingId: MeetingId): Promise<boolean> {
      const row = await db
        .selectFrom('attendance')
        .select('participantId')
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
