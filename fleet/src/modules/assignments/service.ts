import type { ComingMeetingsFate } from '@anteroom/shared/api/rooms.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { AccountId, RoomId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import { type ComingFate, type ComingMeeting, type ComingMeetings, namesOfComing } from '../meetings/service.ts';
import type { OrdersService } from '../orders/service.ts';
import type { RoomNow, RoomsService } from '../rooms/service.ts';
import type { Actor } from '../sessions/service.ts';
import { type Assignable, createAssignmentRepository } from './repository.ts';

/** Who holds meetings in which cloud room, and what becomes of its coming meetings when that changes. */
export interface AssignmentsService {
  /** Null reclaims the room. Without a choice for coming meetings of others it is refused with their list. */
  assign(
    actor: Actor,
    roomId: RoomId,
    wanted: { accountId: AccountId | null; comingMeetings?: ComingMeetingsFate | undefined },
  ): Promise<RoomNow>;
  listComing(actor: Actor, roomId: RoomId): Promise<ComingMeeting[]>;
  listAssignable(actor: Actor, search: string): Promise<Assignable[]>;
}

export function createAssignmentsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  orders: OrdersService;
  rooms: RoomsService;
  coming: ComingMeetings;
}): AssignmentsService {
  const { db, clock, audit, changes, orders, rooms, coming: comingMeetings } = deps;

  /** Coming meetings go along with the room, to its new administrator or to the organization's concurrency. */
  async function fateOf(
    tx: FleetDatabase,
    actor: Actor,
    choice: ComingMeetingsFate,
    to: AccountId | null,
  ): Promise<ComingFate> {
    if (choice === 'cancel') return { kind: 'cancel' };
    if (to !== null) return { kind: 'handOver', to };
    const { concurrency } = await orders.entitlements(tx, actor, clock.now());
    if (concurrency === 0) throw new ProblemError('concurrency_none');
    return { kind: 'useConcurrency' };
  }

  return {
    async assign(actor, roomId, { accountId, comingMeetings: choice }) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const room = await rooms.get(actor, roomId, tx);
        if (room.assigneeAccountId === accountId) return room;
        if (accountId !== null && !(await createAssignmentRepository(tx).find(actor, accountId)))
          throw new ProblemError('assignee_unfit');
        const coming = await comingMeetings.list(tx, actor, { roomId });
        const concerned = coming.filter(({ organizerAccountId }) => organizerAccountId !== accountId);
        if (concerned.length > 0) {
          if (choice === undefined) throw refuseWithList(room, concerned);
          await comingMeetings.decide(tx, actor, { roomId }, await fateOf(tx, actor, choice, accountId));
        }
        await rooms.setAssignee(tx, actor, roomId, accountId);
        const action = accountId === null ? 'room.reclaimed' : 'room.assigned';
        const detail = { from: room.assigneeAccountId, to: accountId, comingMeetings: choice ?? null };
        await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: roomId, detail });
        await changes.mark(tx, actor, 'rooms', 'meetings');
        return await rooms.get(actor, roomId, tx);
      });
    },
    async listComing(actor, roomId) {
      await rooms.get(actor, roomId);
      return await comingMeetings.list(db, actor, { roomId });
    },
    listAssignable: (actor, search) => createAssignmentRepository(db).list(actor, search),
  };
}

function refuseWithList(room: RoomNow, coming: readonly ComingMeeting[]): ProblemError {
  const { meetings, fields } = namesOfComing(coming);
  return new ProblemError('room_has_future_meetings', { room: room.name, count: coming.length, meetings }, { fields });
}
