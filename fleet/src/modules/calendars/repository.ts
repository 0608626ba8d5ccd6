import { type Authority, permissionList } from '@anteroom/shared/identity/roles.ts';
import type { AccountId, RoomId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { CalendarFeedRow } from '../../db/tables/meetings.ts';

export type FoundFeed = CalendarFeedRow & {
  name: string;
  maker: Authority & { accountId: AccountId };
  /** Of its cloud room; null for a person's calendar. */
  assigneeAccountId: AccountId | null;
};

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
    /** By its address, which is all that a reader has; gone with a membership of its maker that ended. */
    async find(tokenHash: string): Promise<FoundFeed | undefined> {
      const row = await db
        .selectFrom('calendarFeeds')
        .innerJoin('memberships', (join) =>
          join
            .onRef('memberships.accountId', '=', 'calendarFeeds.createdBy')
            .onRef('memberships.orgId', '=', 'calendarFeeds.orgId'),
        )
        .innerJoin('accounts', 'accounts.id', 'memberships.accountId')
        .leftJoin('rooms', 'rooms.id', 'calendarFeeds.ownerId')
        .selectAll('calendarFeeds')
        .select(['accounts.name as makerName', 'memberships.role', 'memberships.permissions'])
        .select(['rooms.name as roomName', 'rooms.assigneeAccountId'])
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return undefined;
      const { makerName, roomName, role, permissions, assigneeAccountId, ...feed } = row;
      const maker = { accountId: feed.createdBy, role, permissions: permissionList.parse(JSON.parse(permissions)) };
      return { ...feed, name: roomName ?? makerName, maker, assigneeAccountId };
    },
  };
}
