import type { ComingMeeting as ShownComing } from '@anteroom/shared/api/rooms.ts';
import type { AccountId, MeetingId, RoomId, SeriesId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { MeetingActs } from './change-service.ts';
import type { Invitations } from './invitation-service.ts';
import type { MeetingReader } from './reading-service.ts';
import { createMeetingRepository } from './repository.ts';
import { localMinute } from './rules.ts';
import { createSeriesRepository } from './series-repository.ts';

/** A meeting that has not begun and is not cancelled. */
export type ComingMeeting = Pick<
  MeetingRow,
  'id' | 'seriesId' | 'subject' | 'startAt' | 'endAt' | 'timeZone' | 'roomId' | 'slotId' | 'attendeesId'
> & { organizerAccountId: AccountId; organizerName: string };

/** Whose coming meetings: a cloud room's, or what one person organizes. */
export type ComingOf = { roomId: RoomId } | { organizerAccountId: AccountId };

/** They are cancelled, get another organizer, or use the pool that all concurrency meetings share. */
export type ComingFate = { kind: 'cancel' } | { kind: 'handOver'; to: AccountId } | { kind: 'useConcurrency' };

const namedInRefusal = 3;
const mostListed = 200;

/**
 * What becomes of coming meetings when their cloud room gets another administrator, or their organizer leaves; each call
 * runs in the caller's transaction. Live meetings run to their end.
 */
export function createComingMeetings(deps: {
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  numbers: NumbersService;
  reader: MeetingReader;
  acts: MeetingActs;
  invitations: Invitations;
}) {
  const { clock, audit, changes, desired, numbers, reader, acts, invitations } = deps;

  const coming = (tx: FleetDatabase, actor: Actor, of: ComingOf) =>
    tx
      .selectFrom('meetings')
      .innerJoin('accounts', 'accounts.id', 'meetings.organizerAccountId')
      .select(['meetings.id', 'meetings.seriesId', 'meetings.subject', 'meetings.startAt', 'meetings.endAt'])
      .select(['meetings.timeZone', 'meetings.roomId', 'meetings.slotId', 'meetings.attendeesId'])
      .select(['meetings.organizerAccountId', 'accounts.name as organizerName'])
      .where('meetings.orgId', '=', actor.orgId)
      .where((eb) =>
        'roomId' in of
          ? eb('meetings.roomId', '=', of.roomId)
          : eb('meetings.organizerAccountId', '=', of.organizerAccountId),
      )
      .where('meetings.startAt', '>', clock.now().toISOString())
      .where('meetings.cancelledAt', 'is', null)
      .where('meetings.endedAt', 'is', null)
      .orderBy('meetings.startAt');

  /** Of each series the first occurrence stands for all that follow. */
  function firstOfEach(meetings: readonly ComingMeeting[]): ComingMeeting[] {
    const seen = new Set<SeriesId>();
    return meetings.filter(({ seriesId }) => {
      if (seriesId === null) return true;
      const isFirst = !seen.has(seriesId);
      seen.add(seriesId);
      return isFirst;
    });
  }

  async function cancelAll(tx: FleetDatabase, actor: Actor, meetings: readonly ComingMeeting[]): Promise<void> {
    for (const { id, seriesId } of firstOfEach(meetings)) {
      const plan = await createMeetingRepository(tx).find(actor, id);
      const [now] = plan ? await reader.toNow(actor, [plan], tx) : [];
      if (now) await acts.cancel(tx, actor, now, seriesId === null ? 'this' : 'following');
    }
  }

  async function moveAll(
    tx: FleetDatabase,
    actor: Actor,
    meetings: readonly ComingMeeting[],
    fate: Exclude<ComingFate, { kind: 'cancel' }>,
  ): Promise<void> {
    const values =
      fate.kind === 'handOver'
        ? { organizerAccountId: fate.to }
        : { resourceKind: 'concurrency' as const, roomId: null, slotId: null };
    const counts = fate.kind === 'handOver' ? {} : { resourceId: actor.orgId };
    for (const { id } of meetings)
      await tx
        .updateTable('meetings')
        .set((eb) => ({ ...values, ...counts, sequence: eb('sequence', '+', 1) }))
        .where('orgId', '=', actor.orgId)
        .where('id', '=', id)
        .execute();
    for (const { seriesId } of firstOfEach(meetings))
      if (seriesId !== null)
        await tx
          .updateTable('series')
          .set((eb) => ({ ...values, sequence: eb('sequence', '+', 1) }))
          .where('orgId', '=', actor.orgId)
          .where('id', '=', seriesId)
          .execute();
  }

  /** A personal meeting ID goes with its person, so what was to be held under it gets a number of its own. */
  async function renumber(tx: FleetDatabase, actor: Actor, meetings: readonly ComingMeeting[]): Promise<void> {
    const personal = meetings.filter(({ slotId, organizerAccountId }) => slotId === organizerAccountId);
    for (const { id, seriesId } of firstOfEach(personal)) {
      const number = await numbers.next(tx, actor, seriesId ?? id);
      const own = { number, slotId: null };
      const same = seriesId === null ? [id] : personal.filter((one) => one.seriesId === seriesId).map((one) => one.id);
      for (const each of same) await createMeetingRepository(tx).update(actor, each, own);
      if (seriesId !== null) await createSeriesRepository(tx).update(actor, seriesId, own);
    }
  }

  async function tellAll(tx: FleetDatabase, actor: Actor, of: ComingOf, meetings: readonly ComingMeeting[]) {
    for (const { id, seriesId, roomId, attendeesId, subject } of firstOfEach(meetings)) {
      const action = 'roomId' in of ? 'room.meetingTransferred' : 'meeting.transferred';
      const detail = { roomId, subject };
      await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: id, detail });
      const told = await invitations.recipientsOf(tx, actor, attendeesId);
      if (seriesId === null) await invitations.tellMeeting(tx, actor, id, told);
      else await invitations.tellSeries(tx, actor, seriesId, told);
    }
    for (const { roomId, attendeesId } of meetings)
      await desired.refresh(tx, await desired.terminalsOf(tx, actor, { roomId, attendeesId }));
    await changes.mark(tx, actor, 'meetings');
  }

  return {
    /** By start, at most 200. */
    list: (tx: FleetDatabase, actor: Actor, of: ComingOf): Promise<ComingMeeting[]> =>
      coming(tx, actor, of).limit(mostListed).execute(),
    async decide(tx: FleetDatabase, actor: Actor, of: ComingOf, fate: ComingFate): Promise<void> {
      const meetings = await coming(tx, actor, of).execute();
      if (fate.kind === 'cancel') return await cancelAll(tx, actor, meetings);
      await moveAll(tx, actor, meetings, fate);
      await renumber(tx, actor, meetings);
      await tellAll(tx, actor, of, meetings);
      if (fate.kind === 'handOver' && fate.to !== actor.accountId)
        for (const each of firstOfEach(meetings)) await invitations.tellOrganizer(tx, actor, each);
    },
  };
}

export type ComingMeetings = ReturnType<typeof createComingMeetings>;

/** Meetings as a refusal names them: the first in words, all by id. */
export function namesOfComing(coming: readonly ComingMeeting[]): {
  meetings: string;
  fields: { path: MeetingId; message: string }[];
} {
  const fields = coming.map(({ id, subject, startAt, timeZone }) => ({
    path: id,
    message: `“${subject}” ${localMinute(startAt, timeZone)}`,
  }));
  const named = fields.slice(0, namedInRefusal).map(({ message }) => message);
  return { meetings: [...named, ...(coming.length > namedInRefusal ? ['…'] : [])].join(', '), fields };
}

/** As whoever has to decide about it reads it. */
export function toComingMeeting(meeting: ComingMeeting): ShownComing {
  const { id, subject, startAt, endAt, timeZone, organizerName } = meeting;
  return { id, subject, startAt, endAt, timeZone, organizerName };
}
