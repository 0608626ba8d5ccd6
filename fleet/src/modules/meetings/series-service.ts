import type { ChangeScope, MeetingChange, NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type MeetingId, newId, type SeriesId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';
import type { Actor } from '../sessions/service.ts';
import { createAttendeeRepository } from './attendee-repository.ts';
import { type Bookings, refuseConflicts } from './booking-service.ts';
import { changedColumns, changedMeetingColumns, plannedOf, toMeeting, toPlanned } from './planned.ts';
import type { MeetingNow } from './reading-service.ts';
import { localOf, planSeries, ruleBefore, ruleFrom, type SeriesTimes } from './recurrence.ts';
import { createMeetingRepository, type MeetingPlan } from './repository.ts';
import { type PlannedTimes, wantsMore } from './rules.ts';
import { createSeriesRepository } from './series-repository.ts';

/** A part of a series: its occurrences from one on, which have not begun, and whether any came before. */
type Rest = { series: SeriesRow; first: MeetingRow; rest: MeetingRow[]; indexOfFirst: number };

/** A series as it is asked for before it is planned. */
export type SeriesWanted = Pick<NewMeeting, 'resource' | 'number' | 'durationMinutes' | 'timeZone'> & {
  startAt: string;
  recurrence: string;
};

/** An occurrence as it would be planned: what it would meet, and why the plan refuses it. */
export type OccurrencePreview = PlannedTimes & { conflict: MeetingPlan | null; refusal: ProblemError | null };

/** Plans series and changes what of them has not begun. Each call runs in the caller's transaction. */
export function createSeriesPlanner({ clock, bookings }: { clock: Clock; bookings: Bookings }) {
  /** The occurrences from `meeting` on, or, with the scope `all`, every one that has not begun. */
  async function findRest(
    tx: FleetDatabase,
    actor: Actor,
    meeting: MeetingNow & { seriesId: SeriesId },
    scope: Exclude<ChangeScope, 'this'>,
  ): Promise<Rest> {
    const repository = createSeriesRepository(tx);
    const series = await repository.find(actor, meeting.seriesId);
    const occurrences = await repository.listOccurrences(actor, series.id);
    const now = clock.now().toISOString();
    const isAhead = ({ startAt, endedAt }: MeetingRow) => startAt > now && endedAt === null;
    const indexOfFirst = occurrences.findIndex((one) =>
      scope === 'all' ? isAhead(one) && one.cancelledAt === null : one.id === meeting.id,
    );
    const first = occurrences[indexOfFirst];
    if (!first || !isAhead(first)) throw new ProblemError('meeting_begun');
    return { series, first, rest: occurrences.slice(indexOfFirst).filter(isAhead), indexOfFirst };
  }

  /** What of a series has not begun and is not cancelled. */
  async function findAhead(tx: FleetDatabase, actor: Actor, id: SeriesId): Promise<MeetingRow[]> {
    const now = clock.now().toISOString();
    const occurrences = await createSeriesRepository(tx).listOccurrences(actor, id);
    return occurrences.filter(({ startAt, cancelledAt }) => startAt > now && cancelledAt === null);
  }

  function timesOf(starts: readonly string[], durationMinutes: number): PlannedTimes[] {
    const times = starts.map((startAt) => ({
      startAt,
      endAt: new Date(Date.parse(startAt) + durationMinutes * 60_000).toISOString(),
    }));
    if (times.some(({ endAt }, index) => endAt > (times[index + 1]?.startAt ?? endAt)))
      throw new ProblemError('series_overlaps_itself');
    return times;
  }

  function plan(wanted: SeriesTimes, durationMinutes: number) {
    const planned = planSeries(wanted);
    const [first] = planned.ok ? planned.starts : [];
    if (!planned.ok || first === undefined) throw new ProblemError('series_rule_invalid');
    if (first <= clock.now().toISOString()) throw new ProblemError('meeting_time_invalid');
    return { ...planned.times, times: timesOf(planned.starts, durationMinutes) };
  }

  /** What comes before the rest stays a series that ends there; the rest becomes one of its own, with the same number. */
  async function split(
    tx: FleetDatabase,
    actor: Actor,
    { series, first, rest, indexOfFirst }: Rest,
  ): Promise<SeriesRow> {
    const now = clock.now();
    const id = newId('series', now);
    const startLocal = localOf(first.recurrenceAt ?? first.startAt, series.timeZone);
    const own = { id, uid: id, startLocal, rule: ruleFrom(series.rule, indexOfFirst), createdAt: now.toISOString() };
    const made: SeriesRow = { ...series, ...own, sequence: 0 };
    await createSeriesRepository(tx).insert(made);
    await endBefore(tx, actor, series, first);
    const attendees = createAttendeeRepository(tx);
    const copied = await attendees.listRows(actor, series.id);
    await attendees.put(
      actor,
      id,
      copied.map((row) => ({ ...row, listId: id })),
    );
    for (const one of rest)
      await createMeetingRepository(tx).update(actor, one.id, {
        seriesId: id,
        uid: id,
        ...(one.attendeesId === series.id ? { attendeesId: id } : {}),
      });
    return made;
  }

  async function endBefore(tx: FleetDatabase, actor: Actor, series: SeriesRow, first: MeetingRow): Promise<void> {
    const rule = ruleBefore(series.rule, first.recurrenceAt ?? first.startAt);
    await createSeriesRepository(tx).update(actor, series.id, { rule, sequence: series.sequence + 1 });
  }

  /** New times for the rest, in order: what was moved or cancelled on its own follows the rule again. */
  async function replan(
    tx: FleetDatabase,
    actor: Actor,
    series: SeriesRow,
    part: { rest: MeetingRow[]; change: MeetingChange; start: string },
  ): Promise<Pick<SeriesRow, 'rule' | 'startLocal' | 'timeZone' | 'durationMinutes'>> {
    const { rest, change, start } = part;
    const timeZone = change.timeZone ?? series.timeZone;
    const durationMinutes = change.durationMinutes ?? series.durationMinutes;
    const wanted = { rule: change.recurrence ?? series.rule, startLocal: start, timeZone };
    const { times, rule, startLocal } = plan(wanted, durationMinutes);
    const slot = { slotId: series.slotId, exceptIds: new Set(rest.map(({ id }) => id)) };
    refuseConflicts(await bookings.findConflicts(tx, actor, slot, times, clock.now()), timeZone);
    const repository = createMeetingRepository(tx);
    for (const [index, own] of times.entries()) {
      const known = rest[index];
      if (known) await repository.update(actor, known.id, { ...own, recurrenceAt: own.startAt, cancelledAt: null });
      else
        await repository.insert([
          toMeeting(plannedOf(series), {
            ...own,
            id: newId('meeting', clock.now()),
            seriesId: series.id,
          }),
        ]);
    }
    // What the new rule has no place for is no occurrence any more, but what refers to it still finds it.
    const cancelledAt = clock.now().toISOString();
    for (const surplus of rest.slice(times.length))
      await repository.update(actor, surplus.id, { cancelledAt, seriesId: null, recurrenceAt: null });
    return { rule, startLocal, timeZone, durationMinutes };
  }

  return {
    /** What a rule gives, and what each occurrence would meet. */
    async preview(tx: FleetDatabase, actor: Actor, wanted: SeriesWanted): Promise<OccurrencePreview[]> {
      const { timeZone, durationMinutes, recurrence } = wanted;
      const { times } = plan(
        { rule: recurrence, startLocal: localOf(wanted.startAt, timeZone), timeZone },
        durationMinutes,
      );
      const slot = await bookings.findSlot(tx, actor, wanted);
      const { slotId } = slot;
      const conflicts = await bookings.findConflicts(tx, actor, { slotId, exceptIds: new Set() }, times, clock.now());
      const answers = await bookings.askPlan(tx, actor, slot, { times, parties: 1, features: [] });
      return times.map((own, index) => ({
        ...own,
        conflict: conflicts.find((each) => each.times === own)?.other ?? null,
        refusal: answers[index]?.refusal ?? null,
      }));
    },
    /** Returns the first occurrence. */
    async create(tx: FleetDatabase, actor: Actor, request: NewMeeting): Promise<MeetingRow> {
      const { startAt, recurrence, durationMinutes, timeZone } = request;
      if (startAt === undefined || recurrence === undefined) throw new ProblemError('series_needs_start');
      const now = clock.now();
      const { times, ...own } = plan(
        { rule: recurrence, startLocal: localOf(startAt, timeZone), timeZone },
        durationMinutes,
      );
      const id = newId('series', now);
      const place = await bookings.takePlace(tx, actor, id, request);
      const slot = { slotId: place.slotId, exceptIds: new Set<string>() };
      refuseConflicts(await bookings.findConflicts(tx, actor, slot, times, now), timeZone);
      const planned = toPlanned(actor, request, { ...place, uid: id }, now);
      await createSeriesRepository(tx).insert({ ...planned, ...own, id, durationMinutes });
      const rows = times.map((each) => toMeeting(planned, { ...each, id: newId('meeting', now), seriesId: id }));
      await createMeetingRepository(tx).insert(rows);
      await bookings.putAttendees(tx, actor, id, request.attendees);
      await bookings.followPlan(tx, actor, rows, true);
      const [first] = rows;
      if (!first) throw new Error('a planned series has an occurrence');
      return first;
    },
    /** Changes the occurrences of the scope and returns the series that they belong to then. */
    async change(
      tx: FleetDatabase,
      actor: Actor,
      meeting: MeetingNow & { seriesId: SeriesId },
      change: MeetingChange & { scope: Exclude<ChangeScope, 'this'> },
    ): Promise<{ meetingId: MeetingId; seriesIds: SeriesId[] }> {
      const part = await findRest(tx, actor, meeting, change.scope);
      const hasBefore = part.indexOfFirst > 0;
      const series = hasBefore ? await split(tx, actor, part) : part.series;
      const { startAt, durationMinutes, timeZone, recurrence } = change;
      const isReplanned = [startAt, durationMinutes, timeZone, recurrence].some((value) => value !== undefined);
      const start = startOfRest(part, series, meeting, change);
      const times = isReplanned ? await replan(tx, actor, series, { rest: part.rest, change, start }) : {};
      const sequence = hasBefore ? 0 : series.sequence + 1;
      const columns = { ...changedColumns(change), sequence };
      await createSeriesRepository(tx).update(actor, series.id, { ...columns, ...times });
      if (change.attendees) await bookings.putAttendees(tx, actor, series.id, change.attendees);
      for (const one of await createSeriesRepository(tx).listOccurrences(actor, series.id))
        if (one.startAt > clock.now().toISOString())
          await createMeetingRepository(tx).update(actor, one.id, {
            ...changedMeetingColumns(one, change, null),
            sequence,
            ...(change.attendees ? { attendeesId: series.id } : {}),
          });
      const ahead = await findAhead(tx, actor, series.id);
      const isMore = ahead.some((one) => wantsMore(meeting, one));
      await bookings.followPlan(tx, actor, ahead, isReplanned || change.attendees !== undefined || isMore);
      return { meetingId: meeting.id, seriesIds: hasBefore ? [part.series.id, series.id] : [series.id] };
    },
    /** Cancels the occurrences of the scope; what came before stays. */
    async cancel(
      tx: FleetDatabase,
      actor: Actor,
      meeting: MeetingNow & { seriesId: SeriesId },
      scope: Exclude<ChangeScope, 'this'>,
    ): Promise<{ isWhole: boolean }> {
      const part = await findRest(tx, actor, meeting, scope);
      const cancelledAt = clock.now().toISOString();
      const isWhole = part.indexOfFirst === 0;
      if (isWhole)
        await createSeriesRepository(tx).update(actor, part.series.id, {
          cancelledAt,
          sequence: part.series.sequence + 1,
        });
      else await endBefore(tx, actor, part.series, part.first);
      for (const one of part.rest)
        if (one.cancelledAt === null) await createMeetingRepository(tx).update(actor, one.id, { cancelledAt });
      return { isWhole };
    },
  };

  /**
   * Wall-clock start of the rest: as far from what the rule gave as the new start of the changed occurrence is from its
   * own.
   */
  function startOfRest(part: Rest, series: SeriesRow, meeting: MeetingNow, change: MeetingChange): string {
    const zone = series.timeZone;
    const from = localOf(part.first.recurrenceAt ?? part.first.startAt, zone);
    if (change.startAt === undefined) return from;
    const before = localOf(meeting.recurrenceAt ?? meeting.startAt, zone);
    const after = localOf(change.startAt, change.timeZone ?? zone);
    const shiftMs = Date.parse(`${after}Z`) - Date.parse(`${before}Z`);
    return new Date(Date.parse(`${from}Z`) + shiftMs).toISOString().slice(0, 19);
  }
}

export type SeriesPlanner = ReturnType<typeof createSeriesPlanner>;

/** Whether a meeting belongs to a series. */
export function isOccurrence<M extends Pick<MeetingRow, 'seriesId'>>(
  meeting: M,
): meeting is M & { seriesId: SeriesId } {
  return meeting.seriesId !== null;
}
