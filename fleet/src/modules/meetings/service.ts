import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type MeetingId, newId, type RoomId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { hashPassword } from '../../passwords.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { SeatsService } from '../seats/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createMeetingRepository, type MeetingInRoom } from './repository.ts';
import { localMinute, type MeetingState, planTimes, stateAt } from './rules.ts';

export type { MeetingInRoom } from './repository.ts';
export { closesAt, joinableFrom, type MeetingState, type MeetingTimes, stateAt } from './rules.ts';

export type MeetingRequest = {
  subject: string;
  description: string;
  roomId: RoomId;
  startAt?: string | undefined;
  durationMinutes: number;
  timeZone: string;
  guestPassword?: string | undefined;
};

/** A meeting as it is now: its state, and who is in it. */
export type MeetingNow = MeetingInRoom & { state: MeetingState; seats: SeatRow[] };

export interface MeetingsService {
  list(actor: Actor, request: PageRequest & { when: 'upcoming' | 'past' }): Promise<Page<MeetingNow>>;
  get(actor: Actor, id: MeetingId): Promise<MeetingNow>;
  create(actor: Actor, request: MeetingRequest): Promise<MeetingNow>;
  cancel(actor: Actor, id: MeetingId): Promise<MeetingNow>;
  end(actor: Actor, id: MeetingId): Promise<MeetingNow>;
  /** For admission, in its transaction. */
  find(tx: FleetDatabase, scope: OrgScope, id: MeetingId): Promise<MeetingInRoom | undefined>;
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
  const { db, clock, audit, changes, desired, numbers, rooms, seats, onEnded } = deps;

  async function toNow(scope: OrgScope, meetings: MeetingInRoom[], from: FleetDatabase): Promise<MeetingNow[]> {
    const ids = meetings.map(({ id }) => id);
    const taken = await seats.listOfMeetings(scope, ids, from);
    return meetings.map((meeting) => {
      const own = taken.filter((seat) => seat.meetingId === meeting.id);
      return { ...meeting, seats: own, state: stateAt(meeting, clock.now(), own.length > 0) };
    });
  }

  async function get(actor: Actor, id: MeetingId, from: FleetDatabase = db): Promise<MeetingNow> {
    const row = await createMeetingRepository(from).find(actor, id);
    const [meeting] = row ? await toNow(actor, [row], from) : [];
    if (!meeting) throw new ProblemError('not_found');
    return meeting;
  }

  async function record(
    tx: FleetDatabase,
    actor: Actor,
    action: AuditAction,
    meeting: { id: MeetingId; roomId: RoomId },
  ) {
    const detail = { roomId: meeting.roomId };
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: meeting.id, detail });
    await desired.refreshRoom(tx, actor, meeting.roomId);
    await changes.mark(tx, actor, 'meetings');
  }

  return {
    async list(actor, request) {
      const page = await createMeetingRepository(db).list(actor, request, clock.now());
      return { ...page, items: await toNow(actor, page.items, db) };
    },
    get: (actor, id) => get(actor, id),
    async create(actor, { guestPassword, ...request }) {
      const guestPasswordHash = guestPassword === undefined ? null : await hashPassword(guestPassword);
      await rooms.get(actor, request.roomId);
      return await db.transaction().execute(async (tx) => {
        const now = clock.now();
        const times = planTimes(request, now);
        if (!times) throw new ProblemError('meeting_time_invalid');
        const repository = createMeetingRepository(tx);
        const conflict = await repository.findConflict(actor, { ...times, roomId: request.roomId }, now);
        if (conflict)
          throw new ProblemError('room_has_meeting', {
            room: conflict.roomName,
            subject: conflict.subject,
            start: localMinute(conflict.startAt, request.timeZone),
            end: localMinute(conflict.endAt, request.timeZone),
          });
        const { subject, description, roomId, timeZone } = request;
        const id = newId('meeting', now);
        await repository.insert({
          id,
          orgId: actor.orgId,
          number: await numbers.next(tx, actor, id),
          subject,
          description,
          roomId,
          organizerAccountId: actor.accountId,
          ...times,
          timeZone,
          guestPasswordHash,
          createdAt: now.toISOString(),
          cancelledAt: null,
          endedAt: null,
        });
        await record(tx, actor, 'meeting.created', { id, roomId });
        return await get(actor, id, tx);
      });
    },
    async cancel(actor, id) {
      return await db.transaction().execute(async (tx) => {
        const meeting = await get(actor, id, tx);
        if (meeting.state === 'cancelled') return meeting;
        if (meeting.state === 'over') throw new ProblemError('meeting_over');
        if (meeting.state === 'live') throw new ProblemError('meeting_begun');
        const cancelledAt = clock.now().toISOString();
        await createMeetingRepository(tx).update(actor, id, { cancelledAt, ringUntil: null });
        await record(tx, actor, 'meeting.cancelled', meeting);
        return await get(actor, id, tx);
      });
    },
    async end(actor, id) {
      const ended = await db.transaction().execute(async (tx) => {
        const meeting = await get(actor, id, tx);
        if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
        if (meeting.state === 'scheduled') throw new ProblemError('meeting_not_begun');
        const endedAt = clock.now().toISOString();
        await createMeetingRepository(tx).update(actor, id, { endedAt, ringUntil: null });
        await seats.releaseMeeting(tx, actor, id);
        await record(tx, actor, 'meeting.ended', meeting);
        return await get(actor, id, tx);
      });
      onEnded(id);
      return ended;
    },
    find: (tx, scope, id) => createMeetingRepository(tx).find(scope, id),
    async findByNumber(number) {
      const row = await createMeetingRepository(db).findByNumber(number, clock.now());
      const [meeting] = row ? await toNow(row, [row], db) : [];
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
