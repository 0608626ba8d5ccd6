import type { RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';

export type TicketTerminal = { roomId: RoomId | null; retiredAt: string | null; name: string };

export function createAdmissionRepository(db: FleetDatabase) {
  return {
    async findTerminal(scope: OrgScope, id: TerminalId): Promise<TicketTerminal | undefined> {
      return await db
        .selectFrom('terminals')
        .select(['roomId', 'retiredAt', 'name'])
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirst();
    },
  };
}
