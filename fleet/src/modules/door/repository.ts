import type { AccountId, RoomId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';

export function createDoorRepository(db: FleetDatabase) {
  return {
    async isStandard(accountId: AccountId): Promise<boolean> {
      const account = await db.selectFrom('accounts').select('kind').where('id', '=', accountId).executeTakeFirst();
      return account?.kind === 'standard';
    },
    /** Name and site of the first space whose terminal meets in this cloud room; empty when there is none. */
    async placeOf(scope: OrgScope, roomId: RoomId | null): Promise<string> {
      if (roomId === null) return '';
      const space = await db
        .selectFrom('terminals')
        .innerJoin('spaces', 'spaces.id', 'terminals.spaceId')
        .select(['spaces.name', 'spaces.site'])
        .where('terminals.orgId', '=', scope.orgId)
        .where('terminals.roomId', '=', roomId)
        .where('terminals.retiredAt', 'is', null)
        .orderBy('terminals.id')
        .limit(1)
        .executeTakeFirst();
      return space ? `${space.name}, ${space.site}` : '';
    },
  };
}
