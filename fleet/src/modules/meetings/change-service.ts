import type { ChangeScope, MeetingChange, NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type AccountId, type MeetingId, newId, type TerminalId } from '@anteroom/shared/ids.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { RingsService } from '../rings/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createAttendeeRepository } from './attendee-repository.ts';
import { idOf, idOfRow, toRequest } from './attendees.ts';
import { type Bookings, refuseConflict } from './booking-service.ts';
import type { Invitations } from './invitation-service.ts';
import { changedMeetingColumns, optionsOf, toMeeting, toPlanned } from './planned.ts';
import type { MeetingNow } from './reading-service.ts';
import { createMeetingRepository } from './repository.ts';
import { localMinute, longestMs, type PlannedTimes, plannedClose, planTimes, wantsMore } from './rules.ts';
import { isOccurrence, type SeriesPlanner } from './series-service.ts';

/** Who did it: an account, or a host of the meeting who has none. */
export type Doer = OrgScope & { accountId: AccountId | null };

/** What people do with meetings: each act with its audit entry, its terminals and its notices, in the caller's transaction. */
export function createMeetingActs(deps: {
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  bookings: Bookings;
  series: SeriesPlanner;
  invitations: Invitations;
  rings: RingsService;
}) {
  const { clock, audit, changes, desired, bookings, series, invitations, rings } = deps;

  /** `before`: terminals that were concerned before the act, and may not be any more. */
  async function record(
    tx: FleetDatabase,
    actor: Doer,
    act: {
      action: AuditAction;
      meeting: Pick<MeetingRow, 'id' | 'roomId' | 'attendeesId' | 'subject'>;
      scope?: ChangeScope;
    },
    before: readonly TerminalId[] = [],
  ) {
    const { action, meeting, scope } = act;
    const detail = { subject: meeting.subject, roomId: meeting.roomId, ...(scope ? { scope } : {}) };
    await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: meeting.id, detail });
    const concerned = await desired.terminalsOf(tx, actor, meeting);
    await desired.refresh(tx, [...new Set([...before, ...concerned])]);
    await changes.mark(tx, actor, 'meetings');
  }

  /** A meeting that begins now rings whoever created it, whose it is, and everybody invited. */
  async function ringEverybody(tx: FleetDatabase, actor: Actor, meeting: MeetingRow): Promise<void> {
    const { id: meetingId, attendeesId, organizerAccountId } = meeting;
    const invited = await createAttendeeRepository(tx).listPeople(actor, attendeesId);
    const accountIds = [actor.accountId, organizerAccountId, ...invited];
    const terminalIds = await desired.terminalsOf(tx, actor, meeting);
    const caller = { callerId: actor.accountId, callerTerminalId: null };
    await rings.call(tx, actor, { ...caller, meetingId, accountIds, terminalIds });
  }

  function refuseUnlessAhead({ state }: MeetingNow): void {
    if (state === 'over' || state === 'cancelled') throw new ProblemError('meeting_over');
    if (state === 'live') throw new ProblemError('meeting_begun');
  }

  /** New times of one meeting, when the change names any. */
  async function moveTo(tx: FleetDatabase, actor: Actor, meeting: MeetingNow, change: MeetingChange) {
    if (change.startAt === undefined && change.durationMinutes === undefined) return null;
    const minutes = (Date.parse(meeting.endAt) - Date.parse(meeting.startAt)) / 60_000;
    const now = clock.now();
    const times = planTimes(
      { startAt: change.startAt ?? meeting.startAt, durationMinutes: change.durationMinutes ?? minutes },
      now,
    );
    if (!times) throw new ProblemError('meeting_time_invalid');
    const { startAt, endAt }: PlannedTimes = times;
    const slot = { slotId: meeting.slotId, exceptIds: new Set([meeting.id]) };
    const [conflict] = await bookings.findConflicts(tx, actor, slot, [{ startAt, endAt }], now);
    if (conflict) refuseConflict(conflict, change.timeZone ?? meeting.timeZone);
    return { startAt, endAt };
  }

  async function changeOne(tx: FleetDatabase, actor: Actor, meeting: MeetingNow, change: MeetingChange): Promise<void> {
    if (change.recurrence !== undefined) throw new ProblemError('meeting_not_recurring');
    const before = await invitations.recipientsOf(tx, actor, meeting.attendeesId);
    const terminals = await desired.terminalsOf(tx, actor, meeting);
    const times = await moveTo(tx, actor, meeting, change);
    const attendeesId = change.attendees ? meeting.id : meeting.attendeesId;
    await createMeetingRepository(tx).update(actor, meeting.id, {
      ...changedMeetingColumns(meeting, change, times),
      attendeesId,
      sequence: meeting.sequence + 1,
    });
    if (change.attendees) await bookings.putAttendees(tx, actor, meeting.id, change.attendees, meeting.attendeesId);
    const changed = await createMeetingRepository(tx).findRow(actor, meeting.id);
    const isAsked = times !== null || change.attendees !== undefined || wantsMore(meeting, changed);
    await bookings.followPlan(tx, actor, [changed], isAsked);
    await record(tx, actor, { action: 'meeting.updated', meeting: changed, scope: 'this' }, terminals);
    await invitations.tellMeeting(tx, actor, meeting.id, before);
  }

  return {
    async create(tx: FleetDatabase, actor: Actor, request: NewMeeting): Promise<MeetingId> {
      if (request.recurrence !== undefined) {
        const first = await series.create(tx, actor, request);
        await record(tx, actor, { action: 'meeting.created', meeting: first, scope: 'all' });
        if (first.seriesId) await invitations.tellSeries(tx, actor, first.seriesId, []);
        return first.id;
      }
      const now = clock.now();
      const times = planTimes(request, now);
      if (!times) throw new ProblemError('meeting_time_invalid');
      const id = newId('meeting', now);
      const place = await bookings.takePlace(tx, actor, id, request);
      const slot = { slotId: place.slotId, exceptIds: new Set<string>() };
      const [conflict] = await bookings.findConflicts(tx, actor, slot, [times], now);
      if (conflict) refuseConflict(conflict, request.timeZone);
      const meeting = toMeeting(toPlanned(actor, request, { ...place, uid: id }, now), {
        id,
        ...times,
        seriesId: null,
      });
      await createMeetingRepository(tx).insert([meeting]);
      await bookings.putAttendees(tx, actor, id, request.attendees);
      await bookings.followPlan(tx, actor, [meeting], true);
      if (request.startAt === undefined) await ringEverybody(tx, actor, meeting);
      await record(tx, actor, { action: 'meeting.created', meeting });
      await invitations.tellMeeting(tx, actor, id, []);
      return id;
    },
    async change(tx: FleetDatabase, actor: Actor, meeting: MeetingNow, change: MeetingChange): Promise<void> {
      refuseUnlessAhead(meeting);
      const { scope } = change;
      if (scope === 'this') return await changeOne(tx, actor, meeting, change);
      if (!isOccurrence(meeting)) throw new ProblemError('meeting_not_recurring');
      const before = await invitations.recipientsOf(tx, actor, meeting.seriesId);
      const terminals = await desired.terminalsOf(tx, actor, meeting);
      const { seriesIds } = await series.change(tx, actor, meeting, { ...change, scope });
      const changed = await createMeetingRepository(tx).findRow(actor, meeting.id);
      await record(tx, actor, { action: 'meeting.updated', meeting: changed, scope }, terminals);
      for (const id of seriesIds) await invitations.tellSeries(tx, actor, id, before);
    },
    async cancel(tx: FleetDatabase, actor: Actor, meeting: MeetingNow, scope: ChangeScope): Promise<void> {
      if (meeting.state === 'cancelled') return;
      refuseUnlessAhead(meeting);
      if (scope !== 'this') {
        if (!isOccurrence(meeting)) throw new ProblemError('meeting_not_recurring');
        await series.cancel(tx, actor, meeting, scope);
        await record(tx, actor, { action: 'meeting.cancelled', meeting, scope });
        const before = await invitations.recipientsOf(tx, actor, meeting.seriesId);
        return await invitations.tellSeries(tx, actor, meeting.seriesId, before);
      }
      const before = await invitations.recipientsOf(tx, actor, meeting.attendeesId);
      const cancelledAt = clock.now().toISOString();
      const sequence = meeting.sequence + 1;
      await createMeetingRepository(tx).update(actor, meeting.id, { cancelledAt, sequence });
      await record(tx, actor, { action: 'meeting.cancelled', meeting, scope });
      await invitations.tellMeeting(tx, actor, meeting.id, before);
    },
    /** Refused into the next booking of the same cloud room or personal meeting ID. */
    async extend(tx: FleetDatabase, actor: Doer, meeting: MeetingNow, minutes: number): Promise<void> {
      if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
      if (meeting.state === 'scheduled') throw new ProblemError('meeting_not_begun');
      // Past the planned end people are finishing: it is extended from now on.
      const fromMs = Math.max(Date.parse(meeting.endAt), clock.now().getTime());
      const endAt = new Date(fromMs + minutes * 60_000).toISOString();
      if (Date.parse(endAt) - Date.parse(meeting.startAt) > longestMs) throw new ProblemError('meeting_too_long');
      const times = { startAt: meeting.endAt, endAt };
      const slot = { slotId: meeting.slotId, exceptIds: new Set([meeting.id]) };
      const [conflict] = await bookings.findConflicts(tx, actor, slot, [times], clock.now());
      if (conflict) {
        const { startAt: until, subject } = conflict.other;
        throw new ProblemError('meeting_extends_into', { until: localMinute(until, meeting.timeZone), subject });
      }
      const closesAt = plannedClose(endAt, optionsOf(meeting));
      await createMeetingRepository(tx).update(actor, meeting.id, { endAt, closesAt });
      await bookings.followPlan(tx, actor, [await createMeetingRepository(tx).findRow(actor, meeting.id)], true);
      await record(tx, actor, { action: 'meeting.extended', meeting });
    },
    /** Invites who was not, into a meeting that runs: they are rung, and get no notice. */
    async invite(tx: FleetDatabase, actor: Doer, meeting: MeetingNow, callees: readonly AttendeeRequest[]) {
      const before = await createAttendeeRepository(tx).listRows(actor, meeting.attendeesId);
      const known = new Set(before.map(idOfRow));
      const added = callees.filter((callee) => !known.has(idOf(callee)));
      if (added.length === 0) return;
      const attendees = [...before.map(toRequest), ...added];
      await createMeetingRepository(tx).update(actor, meeting.id, { attendeesId: meeting.id });
      await bookings.putAttendees(tx, actor, meeting.id, attendees, meeting.attendeesId);
      const changed = await createMeetingRepository(tx).findRow(actor, meeting.id);
      await bookings.followPlan(tx, actor, [changed], true);
      await record(tx, actor, { action: 'meeting.updated', meeting: changed, scope: 'this' });
    },
    async end(tx: FleetDatabase, actor: Doer, meeting: MeetingNow): Promise<void> {
      if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
      if (meeting.state === 'scheduled') throw new ProblemError('meeting_not_begun');
      const endedAt = clock.now().toISOString();
      await createMeetingRepository(tx).update(actor, meeting.id, { endedAt });
      await rings.withdrawAll(tx, actor, meeting.id);
      await record(tx, actor, { action: 'meeting.ended', meeting });
    },
  };
}

export type MeetingActs = ReturnType<typeof createMeetingActs>;
