import type { NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId, SeriesId } from '@anteroom/shared/ids.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { nameKeyOf } from '../../db/paging.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createAttendeeRepository } from './attendee-repository.ts';
import { toAttendeeRows } from './attendees.ts';
import { createMeetingRepository, type MeetingPlan } from './repository.ts';
import { rightToPlan } from './rights.ts';
import { localMinute, type PlannedTimes, plannedClose } from './rules.ts';

type Slot = Pick<MeetingRow, 'slotId' | 'timeZone'> & { exceptIds?: ReadonlySet<string> };
/** Where a meeting takes place, and in whose name. */
export type Place = Pick<MeetingRow, 'resourceKind' | 'roomId' | 'slotId' | 'organizerAccountId' | 'number'>;

/** What planning a meeting, one occurrence or a whole series has in common. Each call runs in the caller's transaction. */
export function createBookings({ numbers, rooms }: { numbers: NumbersService; rooms: RoomsService }) {
  /** The resource, if the actor may use it, and the number under which the meeting is found. */
  async function findPlace(
    tx: FleetDatabase,
    actor: Actor,
    ownerId: MeetingId | SeriesId,
    wanted: Pick<NewMeeting, 'resource' | 'number'>,
  ): Promise<Place> {
    const { resource } = wanted;
    const room = resource.kind === 'room' ? await rooms.get(actor, resource.roomId, tx) : null;
    const right = rightToPlan(actor, resource, room);
    if (!right.ok) throw new ProblemError(right.code, right.values);
    const { organizerAccountId } = right;
    const isPersonal = resource.kind === 'free' || wanted.number === 'personal';
    if (isPersonal && room) throw new ProblemError('personal_number_not_in_room');
    return {
      resourceKind: resource.kind,
      roomId: room?.id ?? null,
      slotId: room?.id ?? (isPersonal ? organizerAccountId : null),
      organizerAccountId,
      number: isPersonal
        ? await numbers.of(tx, actor, organizerAccountId)
        : await takeNumber(tx, actor, ownerId, wanted.number),
    };
  }

  async function takeNumber(tx: FleetDatabase, scope: OrgScope, ownerId: string, wanted: string): Promise<string> {
    if (wanted === 'generated') return await numbers.next(tx, scope, ownerId);
    if (await numbers.take(tx, scope, ownerId, wanted)) return wanted;
    throw new ProblemError('meeting_number_taken', { number: wanted });
  }

  return {
    findPlace,
    /** Of several times, given by start, those that the slot is booked for already, each with the meeting it meets. */
    async findConflicts(
      tx: FleetDatabase,
      scope: OrgScope,
      slot: Slot,
      times: readonly PlannedTimes[],
      now: Date,
    ): Promise<{ times: PlannedTimes; other: MeetingPlan }[]> {
      const [first, last] = [times[0], times.at(-1)];
      if (slot.slotId === null || !first || !last) return [];
      const beginsNow = first.startAt <= now.toISOString();
      const range = { slotId: slot.slotId, from: first.startAt, to: last.endAt, beginsNow };
      const booked = await createMeetingRepository(tx).listBooked(scope, range, now);
      const others = booked.filter(({ id }) => !slot.exceptIds?.has(id));
      return times.flatMap((wanted) => {
        const other = others.find(
          ({ startAt, endAt }) =>
            startAt < wanted.endAt &&
            (endAt > wanted.startAt || (beginsNow && wanted === first && endAt <= first.startAt)),
        );
        return other ? [{ times: wanted, other }] : [];
      });
    },
    async putAttendees(
      tx: FleetDatabase,
      scope: OrgScope,
      listId: MeetingId | SeriesId,
      requests: readonly AttendeeRequest[],
    ): Promise<void> {
      const repository = createAttendeeRepository(tx);
      const people = requests.flatMap((one) => (one.kind === 'person' ? [one.accountId] : []));
      const terminals = requests.flatMap((one) => (one.kind === 'terminal' ? [one.terminalId] : []));
      const list = toAttendeeRows(scope, listId, requests, {
        people: await repository.namesOfPeople(scope, people),
        terminals: await repository.namesOfTerminals(scope, terminals),
      });
      if (!list.ok) throw new ProblemError('attendee_unknown', { id: list.unknownId });
      await repository.put(scope, listId, list.rows);
    },
  };
}

export type Bookings = ReturnType<typeof createBookings>;

/** Says which meeting already has the slot, in the time zone of the one that is planned. */
export function refuseConflict(other: MeetingPlan, timeZone: string): never {
  const start = localMinute(other.startAt, timeZone);
  const end = localMinute(other.endAt, timeZone);
  const values = { subject: other.subject, start, end };
  if (other.roomName === null) throw new ProblemError('personal_number_has_meeting', values);
  throw new ProblemError('room_has_meeting', { ...values, room: other.roomName });
}

/** A meeting of its own, as it is stored. */
export function toMeetingRow(
  scope: OrgScope & { accountId: MeetingRow['createdBy'] },
  request: NewMeeting,
  planned: Place & PlannedTimes & Pick<MeetingRow, 'id' | 'ringUntil'>,
  now: Date,
): MeetingRow {
  const { id, resourceKind, roomId, endAt } = planned;
  return {
    ...planned,
    orgId: scope.orgId,
    seriesId: null,
    recurrenceAt: null,
    subject: request.subject,
    subjectKey: nameKeyOf(request.subject),
    description: request.description,
    media: request.media,
    resourceId: resourceKind === 'concurrency' ? scope.orgId : (roomId ?? id),
    closesAt: plannedClose(endAt, request.options),
    timeZone: request.timeZone,
    admissionScope: request.admissionScope,
    waitingRoom: request.waitingRoom,
    guestPassword: request.guestPassword ?? null,
    options: JSON.stringify(request.options),
    notices: JSON.stringify(request.notices),
    attendeesId: id,
    uid: id,
    sequence: 0,
    createdAt: now.toISOString(),
    createdBy: scope.accountId,
    cancelledAt: null,
    endedAt: null,
  };
}
