import type { MeetingId, RoomId } from '@anteroom/shared/ids.ts';
import { lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import { type ExpressionBuilder, sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import { fromCursor, holds, isBeyond, type Page, type PageRequest, toPage } from '../../db/paging.ts';
import type { Database, MeetingRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type MeetingInRoom = MeetingRow & {
  nextStartAt: string | null;
  roomName: string;
  roomCapacity: number;
  organizerName: string;
};

export function createMeetingRepository(db: FleetDatabase) {
  const meetings = db
    .selectFrom('meetings')
    .innerJoin('rooms', 'rooms.id', 'meetings.roomId')
    .innerJoin('accounts', 'accounts.id', 'meetings.organizerAccountId')
    .selectAll('meetings')
    .select((eb) => [
      'rooms.name as roomName',
      'rooms.capacity as roomCapacity',
      'accounts.name as organizerName',
      eb
        .selectFrom('meetings as next')
        .select((sub) => sub.fn.min('next.startAt').as('startAt'))
        .whereRef('next.roomId', '=', 'meetings.roomId')
        .whereRef('next.startAt', '>=', 'meetings.endAt')
        .where('next.cancelledAt', 'is', null)
        .as('nextStartAt'),
    ]);

  return {
    async find(scope: OrgScope, id: MeetingId): Promise<MeetingInRoom | undefined> {
      return await meetings.where('meetings.orgId', '=', scope.orgId).where('meetings.id', '=', id).executeTakeFirst();
    },
    /** By a number that somebody without an account has: its own, or the number of its room, then the meeting at hand. */
    async findByNumber(number: string, now: Date): Promise<MeetingInRoom | undefined> {
      const own = await meetings.where('meetings.number', '=', number).executeTakeFirst();
      if (own) return own;
      return await meetings
        .where('rooms.number', '=', number)
        .where((eb) => eb.not(isPast(eb, now)))
        .orderBy('meetings.startAt')
        .limit(1)
        .executeTakeFirst();
    },
    /** Upcoming and live ones by start, or past ones, the latest first. */
    async list(
      scope: OrgScope,
      request: PageRequest & { when: 'upcoming' | 'past' },
      now: Date,
    ): Promise<Page<MeetingInRoom>> {
      const { cursor, limit, search, when } = request;
      const isUpcoming = when === 'upcoming';
      let rows = meetings
        .where('meetings.orgId', '=', scope.orgId)
        .where((eb) => (isUpcoming ? eb.not(isPast(eb, now)) : isPast(eb, now)));
      let count = db
        .selectFrom('meetings')
        .where('meetings.orgId', '=', scope.orgId)
        .where((eb) => (isUpcoming ? eb.not(isPast(eb, now)) : isPast(eb, now)));
      if (search) {
        rows = rows.where((eb) => holds(sql<string>`lower(${eb.ref('meetings.subject')})`, search));
        count = count.where((eb) => holds(sql<string>`lower(${eb.ref('meetings.subject')})`, search));
      }
      const after = fromCursor(cursor);
      const order = isUpcoming ? 'asc' : 'desc';
      if (after) rows = rows.where((eb) => isBeyond(eb.ref('meetings.startAt'), eb.ref('meetings.id'), after, order));
      const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const found = await rows
        .orderBy('meetings.startAt', order)
        .orderBy('meetings.id', order)
        .limit(limit + 1)
        .execute();
      return toPage(found, {
        limit,
        total: Number(total),
        positionOf: ({ startAt, id }) => ({ key: startAt, id }),
        toItem: (row) => row,
      });
    },
    /** A meeting of the room that is booked for any of this time, or that people still are in. */
    async findConflict(
      scope: OrgScope,
      wanted: { roomId: RoomId; startAt: string; endAt: string },
      now: Date,
    ): Promise<MeetingInRoom | undefined> {
      const beginsNow = wanted.startAt <= now.toISOString();
      return await meetings
        .where('meetings.orgId', '=', scope.orgId)
        .where('meetings.roomId', '=', wanted.roomId)
        .where('meetings.startAt', '<', wanted.endAt)
        .where((eb) => eb.not(isPast(eb, now)))
        .where((eb) => {
          const isBooked = eb('meetings.endAt', '>', wanted.startAt);
          return beginsNow ? eb.or([isBooked, eb.exists(seatsOf(eb, now))]) : isBooked;
        })
        .orderBy('meetings.startAt')
        .limit(1)
        .executeTakeFirst();
    },
    async insert(meeting: MeetingRow): Promise<void> {
      await db.insertInto('meetings').values(meeting).execute();
    },
    async update(
      scope: OrgScope,
      id: MeetingId,
      values: Partial<Pick<MeetingRow, 'cancelledAt' | 'endedAt' | 'ringUntil'>>,
    ): Promise<void> {
      await db.updateTable('meetings').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    async countLive(scope: OrgScope, now: Date): Promise<number> {
      const row = await db
        .selectFrom('meetings')
        .where('meetings.orgId', '=', scope.orgId)
        .where((eb) => eb.not(isPast(eb, now)))
        .where((eb) => eb.or([eb('meetings.startAt', '<=', now.toISOString()), eb.exists(seatsOf(eb, now))]))
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    /** Meetings that are not cancelled and touch the time between the two instants. */
    async countBetween(scope: OrgScope, from: Date, to: Date): Promise<number> {
      const row = await db
        .selectFrom('meetings')
        .where('orgId', '=', scope.orgId)
        .where('cancelledAt', 'is', null)
        .where('startAt', '<', to.toISOString())
        .where('endAt', '>', from.toISOString())
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    /** Of every organization: meetings whose seats are taken although they are over. */
    async listOverWithSeats(now: Date): Promise<Pick<MeetingRow, 'id' | 'orgId'>[]> {
      return await db
        .selectFrom('meetings')
        .select(['meetings.id', 'meetings.orgId'])
        .where((eb) => isPast(eb, now))
        .where((eb) =>
          eb.exists(eb.selectFrom('seats').select('seats.meetingId').whereRef('seats.meetingId', '=', 'meetings.id')),
        )
        .execute();
    },
    /** Of every organization: which of these are over or cancelled. */
    async listPast(ids: readonly string[], now: Date): Promise<MeetingId[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('meetings')
        .select('meetings.id')
        .where((eb) => eb(eb.cast<string>('meetings.id', 'text'), 'in', ids))
        .where((eb) => isPast(eb, now))
        .execute();
      return rows.map(({ id }) => id);
    },
    async subjectsOf(scope: OrgScope, ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom('meetings')
        .select(['id', 'subject'])
        .where('orgId', '=', scope.orgId)
        .where((eb) => eb(eb.cast<string>('id', 'text'), 'in', ids))
        .execute();
      return new Map(rows.map(({ id, subject }) => [id, subject]));
    },
  };
}

/** The rule of `closesAt` and `stateAt` (rules.ts) as SQL: cancelled or over. */
function isPast(eb: ExpressionBuilder<Database, 'meetings'>, now: Date) {
  const nowText = now.toISOString();
  return eb.or([
    eb('meetings.cancelledAt', 'is not', null),
    eb('meetings.endedAt', 'is not', null),
    eb('meetings.endAt', '<=', new Date(now.getTime() - lingerAfterMs).toISOString()),
    eb.and([
      eb('meetings.endAt', '<=', nowText),
      eb.exists(
        eb
          .selectFrom('meetings as following')
          .select('following.id')
          .whereRef('following.roomId', '=', 'meetings.roomId')
          .whereRef('following.startAt', '>=', 'meetings.endAt')
          .where('following.startAt', '<=', nowText)
          .where('following.cancelledAt', 'is', null),
      ),
    ]),
  ]);
}

function seatsOf(eb: ExpressionBuilder<Database, 'meetings'>, now: Date) {
  return eb
    .selectFrom('seats')
    .select('seats.participantId')
    .whereRef('seats.meetingId', '=', 'meetings.id')
    .where('seats.leaseUntil', '>', now.toISOString());
}
