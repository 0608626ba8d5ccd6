import type { AccountId, MeetingId, RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';

export type TicketTerminal = { roomId: RoomId | null; retiredAt: string | null; name: string; createdAt: string };

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
    async isAccountDeleted(id: AccountId): Promise<boolean> {
      const row = await db.selectFrom('accounts').select('deletedAt').where('id', '=', id).executeTakeFirst();
      return row === undefined || row.deletedAt !== null;
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
