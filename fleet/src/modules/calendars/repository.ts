import type { AccountId, RoomId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { CalendarFeedRow } from '../../db/tables/meetings.ts';

export function createFeedRepository(db: FleetDatabase) {
  return {
    /** The one address of its owner: the one before leads nowhere from now on. */
    async put(feed: CalendarFeedRow): Promise<void> {
      await db.deleteFrom('calendarFeeds').where('ownerId', '=', feed.ownerId).execute();
      await db.insertInto('calendarFeeds').values(feed).execute();
    },
    async remove(scope: OrgScope, ownerId: AccountId | RoomId): Promise<void> {
      await db.deleteFrom('calendarFeeds').where('orgId', '=', scope.orgId).where('ownerId', '=', ownerId).execute();
    },
    /** By its address, which is all that a reader has; gone with a membership that ended. */
    async find(tokenHash: string): Promise<(CalendarFeedRow & { name: string }) | undefined> {
      const row = await db
        .selectFrom('calendarFeeds')
        .leftJoin('memberships', (join) =>
          join
            .onRef('memberships.accountId', '=', 'calendarFeeds.ownerId')
            .onRef('memberships.orgId', '=', 'calendarFeeds.orgId'),
        )
        .leftJoin('accounts', 'accounts.id', 'memberships.accountId')
        .leftJoin('rooms', 'rooms.id', 'calendarFeeds.ownerId')
        .selectAll('calendarFeeds')
        .select(['accounts.name as accountName', 'rooms.name as roomName'])
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return undefined;
      const { accountName, roomName, ...feed } = row;
      const name = accountName ?? roomName;
      return name === null ? undefined : { ...feed, name };
    },
  };
}
