import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type Authority, holds } from '@anteroom/shared/identity/roles.ts';
import type { AccountId, RoomId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { CalendarFeedRow } from '../../db/tables/meetings.ts';
import { hashToken, newToken } from '../../secret.ts';
import type { AuditService } from '../audit/service.ts';
import type { MeetingsService } from '../meetings/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createFeedRepository } from './repository.ts';

/** Calendars to subscribe to, of a person and of a cloud room, each at an address that cannot be guessed and can be ended. */
export interface CalendarsService {
  /** Returns the token of the new address. */
  createOwn(actor: Actor): Promise<string>;
  removeOwn(actor: Actor): Promise<void>;
  createOfRoom(actor: Actor, roomId: RoomId): Promise<string>;
  removeOfRoom(actor: Actor, roomId: RoomId): Promise<void>;
  /** The calendar as iCalendar, as long as whoever made the address may still read it. */
  read(token: string): Promise<string>;
}

export function createCalendarsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  rooms: RoomsService;
  meetings: MeetingsService;
}): CalendarsService {
  const { db, clock, audit, rooms, meetings } = deps;

  async function create(actor: Actor, owner: Pick<CalendarFeedRow, 'kind' | 'ownerId'>): Promise<string> {
    const token = newToken();
    const createdAt = clock.now().toISOString();
    await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, actor);
      await createFeedRepository(tx).put({
        ...{ ...owner, tokenHash: hashToken(token), createdAt },
        ...{ orgId: actor.orgId, createdBy: actor.accountId },
      });
      await record(tx, actor, 'calendarFeed.created', owner.ownerId);
    });
    return token;
  }

  async function remove(actor: Actor, ownerId: AccountId | RoomId): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, actor);
      await createFeedRepository(tx).remove(actor, ownerId);
      await record(tx, actor, 'calendarFeed.removed', ownerId);
    });
  }

  async function record(
    tx: FleetDatabase,
    actor: Actor,
    action: 'calendarFeed.created' | 'calendarFeed.removed',
    subjectId: string,
  ): Promise<void> {
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId, detail: {} });
  }

  /** To whoever may not give its calendar away the room is not there. */
  async function checkRoom(actor: Actor, roomId: RoomId): Promise<void> {
    if (!givesAway(actor, await rooms.get(actor, roomId))) throw new ProblemError('not_found');
  }

  return {
    createOwn: (actor) => create(actor, { kind: 'person', ownerId: actor.accountId }),
    removeOwn: (actor) => remove(actor, actor.accountId),
    async createOfRoom(actor, roomId) {
      await checkRoom(actor, roomId);
      return await create(actor, { kind: 'room', ownerId: roomId });
    },
    async removeOfRoom(actor, roomId) {
      await checkRoom(actor, roomId);
      await remove(actor, roomId);
    },
    async read(token) {
      const feed = await createFeedRepository(db).find(hashToken(token));
      if (!feed || (feed.kind === 'room' && !givesAway(feed.maker, feed))) throw new ProblemError('not_found');
      return await meetings.composeFeed(feed, feed);
    },
  };
}

/** A cloud room's calendar is for its cloud-room administrator and for administrators of rooms to give away. */
function givesAway(
  person: Authority & { accountId: AccountId },
  room: { assigneeAccountId: AccountId | null },
): boolean {
  return room.assigneeAccountId === person.accountId || holds(person, 'rooms');
}
