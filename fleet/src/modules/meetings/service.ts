import type { NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type MeetingId, newId, type TerminalId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { SeatsService } from '../seats/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createBookings, refuseConflict, toMeetingRow } from './booking-service.ts';
import { createMeetingReader, type MeetingDetail, type MeetingNow } from './reading-service.ts';
import { createMeetingRepository, type MeetingPlan } from './repository.ts';
import { planTimes } from './rules.ts';

export type { MeetingDetail, MeetingNow } from './reading-service.ts';
export type { MeetingPlan } from './repository.ts';
export { closesAt, joinableFrom, type MeetingState, type MeetingTimes, stateAt } from './rules.ts';

export interface MeetingsService {
  list(actor: Actor, request: PageRequest & { when: 'upcoming' | 'past' }): Promise<Page<MeetingNow>>;
  get(actor: Actor, id: MeetingId): Promise<MeetingDetail>;
  create(actor: Actor, request: NewMeeting): Promise<MeetingDetail>;
  cancel(actor: Actor, id: MeetingId): Promise<MeetingDetail>;
  end(actor: Actor, id: MeetingId): Promise<MeetingDetail>;
  /** For admission, in its transaction. */
  find(tx: FleetDatabase, scope: OrgScope, id: MeetingId): Promise<MeetingPlan | undefined>;
  /** Whether the meeting's attendees name this terminal. */
  isInvited(tx: FleetDatabase, meeting: Pick<MeetingRow, 'attendeesId'>, terminalId: TerminalId): Promise<boolean>;
  /** For people without an account, who have nothing but a number. */
  findByNumber(number: string): Promise<MeetingNow | undefined>;
  subjectsOf(scope: OrgScope, ids: readonly string[]): Promise<Map<string, string>>;
  countLive(scope: OrgScope): Promise<number>;
  countBetween(scope: OrgScope, from: Date, to: Date): Promise<number>;
  /** Gives back the seats of meetings that are over, and says which meetings had any. */
  closeOver(): Promise<MeetingId[]>;
  /** Which of these meetings are over or cancelled. */
  listOver(ids: readonly string[]): Promise<MeetingId[]>;
}

export function createMeetingsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  numbers: NumbersService;
  rooms: RoomsService;
  seats: SeatsService;
  /** Tells this process's signalling that everybody has to leave; called after the commit. */
  onEnded: (id: MeetingId) => void;
}): MeetingsService {
  const { db, clock, audit, changes, desired, seats, onEnded } = deps;
  const reader = createMeetingReader(deps);
  const bookings = createBookings(deps);

  async function record(
    tx: FleetDatabase,
    actor: Actor,
    action: AuditAction,
    meeting: Pick<MeetingRow, 'id' | 'roomId' | 'attendeesId' | 'subject'>,
  ) {
    const detail = { roomId: meeting.roomId, subject: meeting.subject };
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: meeting.id, detail });
    await desired.refreshMeeting(tx, actor, meeting);
    await changes.mark(tx, actor, 'meetings');
  }

  return {
    async list(actor, request) {
      const page = await createMeetingRepository(db).list(actor, request, clock.now());
      return { ...page, items: await reader.toNow(actor, page.items) };
    },
    get: (actor, id) => reader.get(actor, id),
    async create(actor, request) {
      return await db.transaction().execute(async (tx) => {
        const now = clock.now();
        const times = planTimes(request, now);
        if (!times) throw new ProblemError('meeting_time_invalid');
        const id = newId('meeting', now);
        const place = await bookings.findPlace(tx, actor, id, request);
        const row = toMeetingRow(actor, request, { id, ...place, ...times }, now);
        const [conflict] = await bookings.findConflicts(tx, actor, row, [times], now);
        if (conflict) refuseConflict(conflict.other, request.timeZone);
        await createMeetingRepository(tx).insert([row]);
        await bookings.putAttendees(tx, actor, id, request.attendees);
        await record(tx, actor, 'meeting.created', row);
        return await reader.get(actor, id, tx);
      });
    },
    async cancel(actor, id) {
      return await db.transaction().execute(async (tx) => {
        const meeting = await reader.getManaged(actor, id, tx);
        if (meeting.state === 'over') throw new ProblemError('meeting_over');
        if (meeting.state === 'live') throw new ProblemError('meeting_begun');
        if (meeting.state === 'scheduled') {
          const cancelledAt = clock.now().toISOString();
          await createMeetingRepository(tx).update(actor, id, { cancelledAt, ringUntil: null });
          await record(tx, actor, 'meeting.cancelled', meeting);
        }
        return await reader.get(actor, id, tx);
      });
    },
    async end(actor, id) {
      const ended = await db.transaction().execute(async (tx) => {
        const meeting = await reader.getManaged(actor, id, tx);
        if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
        if (meeting.state === 'scheduled') throw new ProblemError('meeting_not_begun');
        const endedAt = clock.now().toISOString();
        await createMeetingRepository(tx).update(actor, id, { endedAt, ringUntil: null });
        await seats.releaseMeeting(tx, actor, id);
        await record(tx, actor, 'meeting.ended', meeting);
        return await reader.get(actor, id, tx);
      });
      onEnded(id);
      return ended;
    },
    find: (tx, scope, id) => createMeetingRepository(tx).find(scope, id),
    isInvited: (tx, meeting, terminalId) => createMeetingRepository(tx).isInvited(meeting, terminalId),
    async findByNumber(number) {
      const row = await createMeetingRepository(db).findByNumber(number, clock.now());
      const [meeting] = row ? await reader.toNow(row, [row]) : [];
      return meeting;
    },
    subjectsOf: (scope, ids) => createMeetingRepository(db).subjectsOf(scope, ids),
    countLive: (scope) => createMeetingRepository(db).countLive(scope, clock.now()),
    countBetween: (scope, from, to) => createMeetingRepository(db).countBetween(scope, from, to),
    listOver: (ids) => createMeetingRepository(db).listPast(ids, clock.now()),
    async closeOver() {
      const over = await createMeetingRepository(db).listOverWithSeats(clock.now());
      for (const meeting of over)
        await db.transaction().execute((tx) => seats.releaseMeeting(tx, { orgId: meeting.orgId }, meeting.id));
      if (over.length > 0) changes.poke();
      return over.map(({ id }) => id);
    },
  };
}
