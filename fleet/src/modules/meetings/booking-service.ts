import type { NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId, SeriesId } from '@anteroom/shared/ids.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { countParties } from '../../db/invited.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow, Planned } from '../../db/tables/meetings.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { Booked, PlanAnswer, ResourcesService } from '../resources/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createAttendeeRepository } from './attendee-repository.ts';
import { toAttendeeRows } from './attendees.ts';
import type { Place } from './planned.ts';
import { createMeetingRepository, type MeetingPlan } from './repository.ts';
import { rightToPlan } from './rights.ts';
import { closedByPlan, featuresOf, localMinute, type PlannedTimes } from './rules.ts';

/** What is to be free; the meetings that are being changed are in nobody's way. */
export type Slot = Pick<MeetingRow, 'slotId'> & { exceptIds: ReadonlySet<string> };
/** A new meeting or series, as far as a place is looked for. */
export type WantedPlace = Pick<NewMeeting, 'resource' | 'number'>;
export type Conflict = { times: PlannedTimes; other: MeetingPlan };

/** What planning one meeting and planning a series have in common. Each call runs in the caller's transaction. */
export function createBookings(deps: {
  departments: DepartmentsService;
  numbers: NumbersService;
  rooms: RoomsService;
  resources: ResourcesService;
}) {
  const { departments, numbers, rooms, resources } = deps;

  async function takeNumber(tx: FleetDatabase, scope: OrgScope, ownerId: string, wanted: string): Promise<string> {
    if (wanted === 'generated') return await numbers.next(tx, scope, ownerId);
    if (await numbers.take(tx, scope, ownerId, wanted)) return wanted;
    throw new ProblemError('meeting_number_taken', { number: wanted });
  }

  /** What the meeting uses and keeps busy, if the actor may plan with it. */
  async function findSlot(tx: FleetDatabase, actor: Actor, wanted: Pick<NewMeeting, 'resource' | 'number'>) {
    const { resource } = wanted;
    const room = resource.kind === 'room' ? await rooms.get(actor, resource.roomId, tx) : null;
    const right = rightToPlan(actor, await departments.managedBy(actor, tx), resource, room);
    if (!right.ok) throw new ProblemError(right.code, right.values);
    const { organizerAccountId } = right;
    const isPersonal = resource.kind === 'free' || wanted.number === 'personal';
    if (isPersonal && room) throw new ProblemError('personal_number_not_in_room');
    return {
      resourceKind: resource.kind,
      roomId: room?.id ?? null,
      slotId: room?.id ?? (isPersonal ? organizerAccountId : null),
      organizerAccountId,
      isPersonal,
    };
  }

  async function askPlan(
    tx: FleetDatabase,
    scope: OrgScope,
    planned: Pick<Planned, 'resourceKind' | 'roomId'>,
    booked: Omit<Booked, 'resource'>,
  ): Promise<PlanAnswer[]> {
    const resource = planned.resourceKind === 'free' ? 'free' : (planned.roomId ?? 'concurrency');
    return await resources.askPlan(tx, scope, { ...booked, resource });
  }

  return {
    findSlot,
    /** What the plan says of a meeting at each of these times, with everybody who is invited. */
    askPlan,
    /** The same with the number under which the meeting is found, which is `ownerId`'s from now on. */
    async takePlace(
      tx: FleetDatabase,
      actor: Actor,
      ownerId: MeetingId | SeriesId,
      wanted: WantedPlace,
    ): Promise<Place> {
      const { isPersonal, ...slot } = await findSlot(tx, actor, wanted);
      const number = isPersonal
        ? await numbers.of(tx, actor, slot.organizerAccountId)
        : await takeNumber(tx, actor, ownerId, wanted.number);
      return { ...slot, number };
    },
    /** Of several times, given by start, those for which the slot is taken already, each with the meeting that it meets. */
    async findConflicts(
      tx: FleetDatabase,
      scope: OrgScope,
      slot: Slot,
      times: readonly PlannedTimes[],
      now: Date,
    ): Promise<Conflict[]> {
      const [first, last] = [times[0], times.at(-1)];
      if (slot.slotId === null || !first || !last) return [];
      const beginsNow = first.startAt <= now.toISOString();
      const range = { slotId: slot.slotId, from: first.startAt, to: last.endAt, beginsNow };
      const booked = await createMeetingRepository(tx).listBooked(scope, range, now);
      const others = booked.filter(({ id }) => !slot.exceptIds.has(id));
      return times.flatMap((wanted) => {
        // What ended before the first one begins is listed only because people are still in it.
        const other = others.find(
          ({ startAt, endAt }) =>
            startAt < wanted.endAt && (endAt > wanted.startAt || (wanted === first && endAt <= first.startAt)),
        );
        return other ? [{ times: wanted, other }] : [];
      });
    },
    /**
     * Asks the plan of each meeting's start, once the meetings stand as they are wanted: all of one series, or one. What
     * is refused is thrown when `isAsked`; a plan with a limit of minutes ends its meetings there.
     */
    async followPlan(
      tx: FleetDatabase,
      scope: OrgScope,
      meetings: readonly MeetingRow[],
      isAsked: boolean,
    ): Promise<void> {
      const [first] = meetings;
      if (!first) return;
      const parties = (await countParties(tx, scope, [first.attendeesId])).get(first.attendeesId) ?? 1;
      const answers = await askPlan(tx, scope, first, { times: meetings, parties, features: featuresOf(first) });
      if (isAsked) refuseByPlan(meetings, answers);
      for (const [index, meeting] of meetings.entries()) {
        const closesAt = closedByPlan(meeting, answers[index]?.maxMinutes ?? null);
        if (closesAt !== meeting.closesAt) await createMeetingRepository(tx).update(scope, meeting.id, { closesAt });
      }
    },
    async putAttendees(
      tx: FleetDatabase,
      scope: OrgScope,
      listId: MeetingId | SeriesId,
      requests: readonly AttendeeRequest[],
      /** The list that this one replaces; its own when it has one. */
      replacedId: MeetingId | SeriesId = listId,
    ): Promise<void> {
      const repository = createAttendeeRepository(tx);
      const people = requests.flatMap((one) => (one.kind === 'person' ? [one.accountId] : []));
      const terminals = requests.flatMap((one) => (one.kind === 'terminal' ? [one.terminalId] : []));
      const departments = requests.flatMap((one) => (one.kind === 'department' ? [one.departmentId] : []));
      const contacts = requests.flatMap((one) => (one.kind === 'contact' ? [one.contactId] : []));
      const directory = {
        people: await repository.namesOfPeople(scope, people),
        terminals: await repository.namesOfTerminals(scope, terminals),
        departments: await repository.namesOfDepartments(scope, departments),
        contacts: await repository.findContacts(scope, contacts),
      };
      const before = await repository.listRows(scope, replacedId);
      const list = toAttendeeRows(scope, listId, requests, directory, before);
      if (!list.ok) throw new ProblemError('attendee_unknown', { id: list.unknownId });
      await repository.put(scope, listId, list.rows);
    },
  };
}

export type Bookings = ReturnType<typeof createBookings>;

/** Says which meeting already has the slot, in the time zone of the one that is planned. */
export function refuseConflict({ other }: Conflict, timeZone: string): never {
  const start = localMinute(other.startAt, timeZone);
  const end = localMinute(other.endAt, timeZone);
  const values = { subject: other.subject, start, end };
  if (other.roomName === null) throw new ProblemError('personal_number_has_meeting', values);
  throw new ProblemError('room_has_meeting', { ...values, room: other.roomName });
}

/** What the plan refuses at every time is told as it is; what it refuses at some, with the first of them. */
export function refuseByPlan(meetings: readonly MeetingRow[], answers: readonly PlanAnswer[]): void {
  const refused = meetings.flatMap((meeting, index) => {
    const refusal = answers[index]?.refusal;
    return refusal ? [{ meeting, refusal }] : [];
  });
  const [first] = refused;
  if (!first) return;
  if (refused.length === meetings.length) throw first.refusal;
  const occurrence = localMinute(first.meeting.startAt, first.meeting.timeZone);
  throw new ProblemError('occurrence_not_in_plan', { count: refused.length, occurrence }, { cause: first.refusal });
}

/** The same for a series: how many of its occurrences meet others, and the first of them. */
export function refuseConflicts([first, ...more]: readonly Conflict[], timeZone: string): void {
  if (!first) return;
  throw new ProblemError('occurrence_has_conflict', {
    count: more.length + 1,
    occurrence: localMinute(first.times.startAt, timeZone),
    subject: first.other.subject,
    start: localMinute(first.other.startAt, timeZone),
    end: localMinute(first.other.endAt, timeZone),
  });
}
