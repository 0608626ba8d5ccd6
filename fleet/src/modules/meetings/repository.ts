import type { AccountId, DepartmentId, MeetingId, RoomId, TerminalId } from '@anteroom/shared/ids.ts';
import { type ExpressionBuilder, sql } from 'kysely';
import type { FleetDatabase } from '../../db/database.ts';
import { departmentsOf } from '../../db/invited.ts';
import { fromCursor, holds, isBeyond, isOneOf, type Page, type PageRequest, toPage, totalOf } from '../../db/paging.ts';
import type { Database, RoomRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { CalendarFeedRow, MeetingRow } from '../../db/tables/meetings.ts';
import { createAttendeeRepository } from './attendee-repository.ts';
import type { FeedMeeting } from './feed.ts';
import { longestMs, type Standing } from './rules.ts';

/** A meeting with what is next in its slot and the names that it is shown with. */
export type MeetingPlan = MeetingRow & {
  nextStartAt: string | null;
  /** Both null for a meeting that uses no cloud room. */
  roomName: string | null;
  roomCapacity: number | null;
  organizerName: string;
  /** Null too for somebody who left the organization. */
  organizerDepartmentId: DepartmentId | null;
  /** What guests type: the meeting's own password, else that of its cloud room. */
  entryPassword: string | null;
};

/** Whose calendar it is. */
export type FeedOwner = Pick<CalendarFeedRow, 'kind' | 'ownerId'>;
/** What a subscribed calendar holds at most. */
const mostInFeed = 2000;

export type MeetingsRequest = PageRequest & {
  when: 'upcoming' | 'live' | 'past';
  /** Only what this person organizes or is invited to. */
  accountId?: AccountId | undefined;
  /** Only what this person, or somebody of these departments, organizes. */
  managed?: { accountId: AccountId; inDepartments: ReadonlySet<string> } | undefined;
};

/** Whose meeting it is, and who is invited. */
export type MeetingParty = Pick<MeetingRow, 'orgId' | 'organizerAccountId' | 'attendeesId'>;

export type MeetingChange = Partial<Omit<MeetingRow, 'id' | 'orgId'>>;

export function createMeetingRepository(db: FleetDatabase) {
  const meetings = db
    .selectFrom('meetings')
    .leftJoin('rooms', 'rooms.id', 'meetings.roomId')
    .innerJoin('accounts', 'accounts.id', 'meetings.organizerAccountId')
    .leftJoin('memberships', (join) =>
      join
        .onRef('memberships.accountId', '=', 'meetings.organizerAccountId')
        .onRef('memberships.orgId', '=', 'meetings.orgId'),
    )
    .selectAll('meetings')
    .select((eb) => [
      'memberships.departmentId as organizerDepartmentId',
      'rooms.name as roomName',
      'rooms.capacity as roomCapacity',
      'accounts.name as organizerName',
      eb.fn.coalesce('meetings.guestPassword', 'rooms.guestPassword').as('entryPassword'),
      eb
        .selectFrom('meetings as next')
        .select((sub) => sub.fn.min('next.startAt').as('startAt'))
        .whereRef('next.slotId', '=', 'meetings.slotId')
        .whereRef('next.startAt', '>=', 'meetings.endAt')
        .where('next.cancelledAt', 'is', null)
        .as('nextStartAt'),
    ]);

  return {
    async find(scope: OrgScope, id: MeetingId): Promise<MeetingPlan | undefined> {
      return await meetings.where('meetings.orgId', '=', scope.orgId).where('meetings.id', '=', id).executeTakeFirst();
    },
    async findRow(scope: OrgScope, id: MeetingId): Promise<MeetingRow> {
      return await db
        .selectFrom('meetings')
        .selectAll()
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    },
    async findRoom(scope: OrgScope, id: RoomId): Promise<Pick<RoomRow, 'name' | 'guestPassword'>> {
      return await db
        .selectFrom('rooms')
        .select(['name', 'guestPassword'])
        .where('orgId', '=', scope.orgId)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
    },
    /**
     * What an account is to a meeting: an outsider when it is not of the organization, as organizer or invited one who was
     * removed, and consoles' accounts, which meet nobody.
     */
    async standingOf(meeting: MeetingParty, accountId: AccountId): Promise<Standing> {
      const account = await db
        .selectFrom('accounts')
        .leftJoin('memberships', (join) =>
          join.onRef('memberships.accountId', '=', 'accounts.id').on('memberships.orgId', '=', meeting.orgId),
        )
        .select(['accounts.kind', 'memberships.orgId'])
        .where('accounts.id', '=', accountId)
        .executeTakeFirst();
      if (account?.kind !== 'standard' || account.orgId === null) return 'outsider';
      if (meeting.organizerAccountId === accountId) return 'host';
      if (await createAttendeeRepository(db).isInvited(meeting, meeting.attendeesId, accountId)) return 'invited';
      return 'member';
    },
    /**
     * By a number that somebody without an account has: of all meetings that the number names, or the cloud room that
     * it names holds, the one at hand, else the one that was last.
     */
    async findByNumber(number: string, now: Date): Promise<MeetingPlan | undefined> {
      for (const column of ['meetings.number', 'rooms.number'] as const) {
        const named = meetings.where(column, '=', number);
        const atHand = await named
          .where((eb) => eb.not(isPast(eb, now)))
          .orderBy('meetings.startAt')
          .limit(1)
          .executeTakeFirst();
        if (atHand) return atHand;
        const last = await named.orderBy('meetings.startAt', 'desc').limit(1).executeTakeFirst();
        if (last && column === 'meetings.number') return last;
      }
      return undefined;
    },
    /** What keeps the slot for any of this time, by start; with `beginsNow` also a meeting that people still are in. */
    async listBooked(
      scope: OrgScope,
      wanted: { slotId: string; from: string; to: string; beginsNow: boolean },
      now: Date,
    ): Promise<MeetingPlan[]> {
      return await meetings
        .where('meetings.orgId', '=', scope.orgId)
        .where(sql<string>`meetings.slot_id`, '=', wanted.slotId)
        .where('meetings.startAt', '<', wanted.to)
        .where('meetings.startAt', '>', new Date(Date.parse(wanted.from) - 2 * longestMs).toISOString())
        .where((eb) => eb.not(isPast(eb, now)))
        .where((eb) => {
          const isBooked = eb('meetings.endAt', '>', wanted.from);
          return wanted.beginsNow ? eb.or([isBooked, eb.exists(seatsOf(eb, now))]) : isBooked;
        })
        .orderBy('meetings.startAt')
        .execute();
    },
    async insert(rows: readonly MeetingRow[]): Promise<void> {
      // PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766: fifty rows of thirty columns fit both.
      for (let start = 0; start < rows.length; start += 50)
        await db
          .insertInto('meetings')
          .values(rows.slice(start, start + 50))
          .execute();
    },
    async update(scope: OrgScope, id: MeetingId, values: MeetingChange): Promise<void> {
      await db.updateTable('meetings').set(values).where('orgId', '=', scope.orgId).where('id', '=', id).execute();
    },
    async countLive(scope: OrgScope, now: Date): Promise<number> {
      const row = await db
        .selectFrom('meetings')
        .where('meetings.orgId', '=', scope.orgId)
        .where('meetings.startAt', '>', earliestStart(now))
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
    async listWithSeats(scope: OrgScope): Promise<MeetingId[]> {
      const rows = await db
        .selectFrom('seats')
        .select('meetingId')
        .distinct()
        .where('orgId', '=', scope.orgId)
        .execute();
      return rows.map(({ meetingId }) => meetingId);
    },
    async endAll(scope: OrgScope, now: string): Promise<void> {
      const open = db
        .updateTable('meetings')
        .where('orgId', '=', scope.orgId)
        .where('endedAt', 'is', null)
        .where('cancelledAt', 'is', null);
      await open.set({ endedAt: now }).where('startAt', '<=', now).execute();
      await open.set({ cancelledAt: now }).where('startAt', '>', now).execute();
    },
    /** What `endAll` cancelled at that instant, by start, of some lists that still name somebody. */
    async listEnded(scope: OrgScope, cancelledAt: string, lists: number): Promise<MeetingRow[][]> {
      const ended = db.selectFrom('meetings').where('orgId', '=', scope.orgId).where('cancelledAt', '=', cancelledAt);
      const some = ended
        .select('attendeesId')
        .distinct()
        .where('startAt', '>', cancelledAt)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('attendees')
              .select('listId')
              .whereRef('attendees.orgId', '=', 'meetings.orgId')
              .whereRef('attendees.listId', '=', 'meetings.attendeesId'),
          ),
        )
        .limit(lists);
      const found: MeetingRow[][] = [];
      for (const { attendeesId } of await some.execute())
        found.push(await ended.selectAll().where('attendeesId', '=', attendeesId).orderBy('startAt').execute());
      return found;
    },
    async listOverWithSeats(now: Date): Promise<Pick<MeetingRow, 'id' | 'orgId'>[]> {
      return await db
        .selectFrom('meetings')
        .select(['meetings.id', 'meetings.orgId'])
        .where('meetings.id', 'in', (eb) => eb.selectFrom('seats').select('seats.meetingId'))
        .where((eb) => isPast(eb, now))
        .execute();
    },
    /** Of every organization. */
    async listTimes(ids: readonly string[]): Promise<Pick<MeetingRow, 'id' | 'subject' | 'endAt'>[]> {
      if (ids.length === 0) return [];
      return await db
        .selectFrom('meetings')
        .select(['meetings.id', 'meetings.subject', 'meetings.endAt'])
        .where((eb) => eb(eb.cast<string>('meetings.id', 'text'), 'in', ids))
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
    async isInvited(meeting: Pick<MeetingRow, 'attendeesId'>, terminalId: TerminalId): Promise<boolean> {
      const row = await db
        .selectFrom('attendees')
        .select('position')
        .where('listId', '=', meeting.attendeesId)
        .where('terminalId', '=', terminalId)
        .executeTakeFirst();
      return row !== undefined;
    },
    /** For a calendar: of one person or of one cloud room, from an instant on. */
    async listForFeed(scope: OrgScope, owner: FeedOwner, from: Date): Promise<FeedMeeting[]> {
      return await db
        .selectFrom('meetings')
        .leftJoin('rooms', 'rooms.id', 'meetings.roomId')
        .selectAll('meetings')
        .select('rooms.name as roomName')
        .where('meetings.orgId', '=', scope.orgId)
        .where('meetings.startAt', '>', from.toISOString())
        .where((eb) =>
          owner.kind === 'room'
            ? eb(sql<string>`meetings.resource_id`, '=', owner.ownerId)
            : eb('meetings.id', 'in', ownIds(eb, owner.ownerId)),
        )
        .orderBy('meetings.startAt')
        .limit(mostInFeed)
        .execute();
    },
    /** Those that are not over by start, or past ones, the latest first; of everybody, of some, or of one person. */
    async list(scope: OrgScope, request: MeetingsRequest, now: Date): Promise<Page<MeetingPlan>> {
      const { cursor, limit, search, when, accountId, managed } = request;
      const order = when === 'past' ? 'desc' : 'asc';
      const isWanted = (eb: ExpressionBuilder<Database, 'meetings'>) =>
        eb.and([
          eb('meetings.orgId', '=', scope.orgId),
          ...(when === 'past'
            ? [isPast(eb, now)]
            : [eb('meetings.startAt', '>', earliestStart(now)), eb.not(isPast(eb, now))]),
          ...(when === 'live' ? [eb('meetings.startAt', '<=', now.toISOString())] : []),
          ...(accountId ? [eb('meetings.id', 'in', ownIds(eb, accountId))] : []),
          ...(managed ? [isManaged(eb, scope, managed)] : []),
          ...(search ? [holds(eb.ref('meetings.subjectKey'), search)] : []),
        ]);
      let page = db.selectFrom('meetings').select('meetings.id').where(isWanted);
      const after = fromCursor(cursor);
      if (after) page = page.where((eb) => isBeyond(eb.ref('meetings.startAt'), eb.ref('meetings.id'), after, order));
      // The page is cut by the narrow rows of an index, and only what it shows is read whole.
      const found = await meetings
        .where(
          'meetings.id',
          'in',
          page
            .orderBy('meetings.startAt', order)
            .orderBy('meetings.id', order)
            .limit(limit + 1),
        )
        .orderBy('meetings.startAt', order)
        .orderBy('meetings.id', order)
        .execute();
      const counted = db
        .selectFrom('meetings')
        .where(isWanted)
        .select((eb) => eb.fn.countAll<number>().as('total'));
      return toPage(found, {
        limit,
        total: await totalOf(found, request, () => counted.executeTakeFirstOrThrow()),
        positionOf: ({ startAt, id }) => ({ key: startAt, id }),
        toItem: (row) => row,
      });
    },
  };
}

/** What started before this is over: the longest meeting, and as much again for people who stay. */
function earliestStart(now: Date): string {
  return new Date(now.getTime() - 2 * longestMs).toISOString();
}

/** Found by their own indexes, however many meetings others have. */
function ownIds(eb: ExpressionBuilder<Database, 'meetings'>, accountId: FeedOwner['ownerId']) {
  return eb
    .selectFrom('meetings as organized')
    .select('organized.id')
    .where(sql<string>`organized.organizer_account_id`, '=', accountId)
    .union(
      eb
        .selectFrom('attendees')
        .innerJoin('meetings as attended', 'attended.attendeesId', 'attendees.listId')
        .select('attended.id')
        .where(sql<string>`attendees.account_id`, '=', accountId),
    )
    .union(
      eb
        .selectFrom('attendees')
        .innerJoin('meetings as attended', 'attended.attendeesId', 'attendees.listId')
        .select('attended.id')
        .where(sql<string>`attendees.department_id`, 'in', departmentsOf(accountId)),
    );
}

/** The rule of `mayManage` (rights.ts) as SQL, for an administrator of named departments. */
function isManaged(
  eb: ExpressionBuilder<Database, 'meetings'>,
  { orgId }: OrgScope,
  { accountId, inDepartments }: NonNullable<MeetingsRequest['managed']>,
) {
  const people = eb
    .selectFrom('memberships')
    .select('memberships.accountId')
    .where('memberships.orgId', '=', orgId)
    .where(isOneOf(sql.ref('memberships.departmentId'), [...inDepartments]));
  return eb.or([eb('meetings.organizerAccountId', '=', accountId), eb('meetings.organizerAccountId', 'in', people)]);
}

/** The rule of `closesAt` and `stateAt` (rules.ts) as SQL: cancelled or over. */
function isPast(eb: ExpressionBuilder<Database, 'meetings'>, now: Date) {
  const nowText = now.toISOString();
  return eb.or([
    eb('meetings.cancelledAt', 'is not', null),
    eb('meetings.endedAt', 'is not', null),
    eb('meetings.closesAt', '<=', nowText),
    eb.and([
      eb('meetings.endAt', '<=', nowText),
      eb.exists(
        eb
          .selectFrom('meetings as following')
          .select('following.id')
          .whereRef('following.slotId', '=', 'meetings.slotId')
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
