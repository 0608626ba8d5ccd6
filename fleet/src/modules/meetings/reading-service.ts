import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { MeetingId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { SeatRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { SeatsService } from '../seats/service.ts';
import type { Actor } from '../sessions/service.ts';
import { type AttendeeNow, createAttendeeRepository } from './attendee-repository.ts';
import { createMeetingRepository, type MeetingPlan } from './repository.ts';
import { mayManage } from './rights.ts';
import { type MeetingState, stateAt } from './rules.ts';
import { createSeriesRepository } from './series-repository.ts';

/** A meeting as it is now: its state, and who is in it. */
export type MeetingNow = MeetingPlan & { state: MeetingState; seats: SeatRow[] };
/** The same for one reader. */
export type MeetingOf = MeetingNow & { mayManage: boolean };
/** With everything that they may know of it. */
export type MeetingDetail = MeetingOf & {
  attendees: AttendeeNow[];
  recurrence: { rule: string; startAt: string } | null;
};

/** Reads meetings for whoever may see them. */
export function createMeetingReader(deps: {
  db: FleetDatabase;
  clock: Clock;
  departments: DepartmentsService;
  seats: SeatsService;
}) {
  const { db, clock, departments, seats } = deps;

  async function toNow(scope: OrgScope, meetings: MeetingPlan[], from: FleetDatabase = db): Promise<MeetingNow[]> {
    const ids = meetings.map(({ id }) => id);
    const taken = await seats.listOfMeetings(scope, ids, from);
    return meetings.map((meeting) => {
      const own = taken.filter((seat) => seat.meetingId === meeting.id);
      return { ...meeting, seats: own, state: stateAt(meeting, clock.now(), own.length > 0) };
    });
  }

  /** For the fleet's own parts, which know whom they serve. */
  async function getNow(scope: OrgScope, id: MeetingId, from: FleetDatabase): Promise<MeetingNow> {
    const row = await createMeetingRepository(from).find(scope, id);
    const [meeting] = row ? await toNow(scope, [row], from) : [];
    if (!meeting) throw new ProblemError('not_found');
    return meeting;
  }

  /** For whoever manages it and those invited. To everybody else it is not there. */
  async function find(
    actor: Actor,
    id: MeetingId,
    from: FleetDatabase,
  ): Promise<{ meeting: MeetingNow; isManaged: boolean }> {
    const meeting = await getNow(actor, id, from);
    const isManaged = mayManage(actor, await departments.managedBy(actor, from), meeting);
    const isInvited = () => createAttendeeRepository(from).isInvited(actor, meeting.attendeesId, actor.accountId);
    if (!isManaged && !(await isInvited())) throw new ProblemError('not_found');
    return { meeting, isManaged };
  }

  return {
    toNow,
    getNow,
    async toNowOf(actor: Actor, meetings: MeetingPlan[]): Promise<MeetingOf[]> {
      const managed = await departments.managedBy(actor);
      const now = await toNow(actor, meetings);
      return now.map((meeting) => ({ ...meeting, mayManage: mayManage(actor, managed, meeting) }));
    },
    async get(actor: Actor, id: MeetingId, from: FleetDatabase = db): Promise<MeetingDetail> {
      const { meeting, isManaged } = await find(actor, id, from);
      const attendees = await createAttendeeRepository(from).list(actor, meeting.attendeesId);
      const { seriesId, recurrenceAt } = meeting;
      const series = seriesId === null ? null : await createSeriesRepository(from).find(actor, seriesId);
      const recurrence = series && recurrenceAt !== null ? { rule: series.rule, startAt: recurrenceAt } : null;
      return { ...meeting, attendees, recurrence, mayManage: isManaged };
    },
    /** For a change: who may see it but not change it is told so. */
    async getManaged(actor: Actor, id: MeetingId, from: FleetDatabase): Promise<MeetingNow> {
      const { meeting, isManaged } = await find(actor, id, from);
      if (!isManaged) throw new ProblemError('meeting_not_yours');
      return meeting;
    },
  };
}

export type MeetingReader = ReturnType<typeof createMeetingReader>;
