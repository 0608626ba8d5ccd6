import type { MeetingId, ParticipantId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { AttendanceRow, ResourceId, SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { ChangesService } from '../changes/service.ts';
import { createSeatRepository } from './repository.ts';

/** A seat comes back this long after its holder was last renewed, which happens every 10 s. */
export const leaseMs = 40_000;

export type NewSeat = Omit<SeatRow, 'joinedAt' | 'leaseUntil'>;

/** Who sits in which meeting, each seat held by a lease, and from when to when people were there. Decides nothing. */
export interface SeatsService {
  /** Seats that count against a resource and whose leases run; the others are given back. */
  listOfResource(tx: FleetDatabase, scope: OrgScope, resourceId: ResourceId): Promise<SeatRow[]>;
  /** Seats whose leases run, in the order of their coming. */
  listOfMeetings(scope: OrgScope, ids: readonly MeetingId[], from?: FleetDatabase): Promise<SeatRow[]>;
  take(tx: FleetDatabase, seat: NewSeat): Promise<void>;
  /** Who sits in these meetings, and may not any more: their account was deleted, or left the organization. */
  listStrangers(meetingIds: readonly string[]): Promise<Pick<SeatRow, 'meetingId' | 'participantId'>[]>;
  renew(participantIds: readonly ParticipantId[], tx?: FleetDatabase): Promise<void>;
  release(participantId: ParticipantId): Promise<void>;
  releaseMeeting(tx: FleetDatabase, scope: OrgScope, meetingId: MeetingId): Promise<void>;
  /** Gives back the seats whose leases ran out, because the node that renewed them died. */
  releaseExpired(): Promise<void>;
  listAttendance(scope: OrgScope, meetingId: MeetingId): Promise<AttendanceRow[]>;
}

export function createSeatsService(deps: { db: FleetDatabase; clock: Clock; changes: ChangesService }): SeatsService {
  const { db, clock, changes } = deps;
  const now = () => clock.now().toISOString();
  const leaseUntil = () => new Date(clock.now().getTime() + leaseMs).toISOString();

  async function giveBack(tx: FleetDatabase, seat: SeatRow, leftAt: string): Promise<void> {
    if (await createSeatRepository(tx).remove(seat, seat.participantId)) await recordLeft(tx, seat, leftAt);
  }

  async function giveBackExpired(tx: FleetDatabase, seat: SeatRow): Promise<boolean> {
    if (!(await createSeatRepository(tx).removeExpired(seat, seat.participantId, now()))) return false;
    await recordLeft(tx, seat, seat.leaseUntil);
    return true;
  }

  async function recordLeft(tx: FleetDatabase, seat: SeatRow, leftAt: string): Promise<void> {
    await createSeatRepository(tx).closeAttendance(seat, seat.participantId, leftAt);
    await changes.mark(tx, seat, 'meetings');
  }

  return {
    async listOfResource(tx, scope, resourceId) {
      const taken: SeatRow[] = [];
      for (const seat of await createSeatRepository(tx).listOfResource(scope, resourceId))
        if (seat.leaseUntil > now() || !(await giveBackExpired(tx, seat))) taken.push(seat);
      return taken;
    },
    async listOfMeetings(scope, ids, from = db) {
      const seats = await createSeatRepository(from).listOfMeetings(scope, ids);
      return seats.filter((seat) => seat.leaseUntil > now());
    },
    async take(tx, seat) {
      const joinedAt = now();
      const repository = createSeatRepository(tx);
      await repository.insert({ ...seat, joinedAt, leaseUntil: leaseUntil() });
      const { orgId, meetingId, participantId, resourceId, accountId, name, kind } = seat;
      const who = { orgId, meetingId, participantId, resourceId, accountId, name, kind };
      await repository.openAttendance({ ...who, joinedAt, leftAt: null });
      await changes.mark(tx, seat, 'meetings');
    },
    listStrangers: (meetingIds) => createSeatRepository(db).listStrangers(meetingIds),
    async renew(participantIds, tx) {
      if (participantIds.length === 0) return;
      if (tx) await createSeatRepository(tx).renew(participantIds, leaseUntil());
      // A transaction is made again when it and one that gives seats back wait for each other.
      else await db.transaction().execute((own) => createSeatRepository(own).renew(participantIds, leaseUntil()));
    },
    async release(participantId) {
      await db.transaction().execute(async (tx) => {
        const seat = await createSeatRepository(tx).find(participantId);
        if (seat) await giveBack(tx, seat, now());
      });
      changes.poke();
    },
    async releaseMeeting(tx, scope, meetingId) {
      const leftAt = now();
      for (const seat of await createSeatRepository(tx).listOfMeetings(scope, [meetingId]))
        await giveBack(tx, seat, leftAt);
    },
    async releaseExpired() {
      if ((await createSeatRepository(db).listExpired(now())).length === 0) return;
      await db.transaction().execute(async (tx) => {
        for (const seat of await createSeatRepository(tx).listExpired(now())) await giveBackExpired(tx, seat);
      });
      changes.poke();
    },
    listAttendance: (scope, meetingId) => createSeatRepository(db).listAttendance(scope, meetingId),
  };
}
