import type { AccountId, RoomId, SeriesId } from '@anteroom/shared/ids.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { Actor } from '../sessions/service.ts';
import type { MeetingActs } from './change-service.ts';
import type { Invitations } from './invitation-service.ts';
import type { MeetingReader } from './reading-service.ts';
import { createMeetingRepository } from './repository.ts';

/** A coming meeting of a cloud room. */
export type ComingInRoom = Pick<
  MeetingRow,
  'id' | 'seriesId' | 'subject' | 'startAt' | 'endAt' | 'timeZone' | 'attendeesId' | 'organizerAccountId'
> & { organizerName: string };

/** They are cancelled, get another organizer, or use the pool that all concurrency meetings share. */
export type RoomFate = { kind: 'cancel' } | { kind: 'handOver'; to: AccountId } | { kind: 'useConcurrency' };

const mostListed = 200;

/** What a change of a cloud room's administrator does to its coming meetings; each call runs in the caller's transaction. */
export function createRoomChanges(deps: {
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  desired: DesiredService;
  reader: MeetingReader;
  acts: MeetingActs;
  invitations: Invitations;
}) {
  const { clock, audit, changes, desired, reader, acts, invitations } = deps;

  const coming = (tx: FleetDatabase, actor: Actor, roomId: RoomId) =>
    tx
      .selectFrom('meetings')
      .innerJoin('accounts', 'accounts.id', 'meetings.organizerAccountId')
      .select(['meetings.id', 'meetings.seriesId', 'meetings.subject', 'meetings.startAt', 'meetings.endAt'])
      .select(['meetings.timeZone', 'meetings.attendeesId', 'meetings.organizerAccountId'])
      .select('accounts.name as organizerName')
      .where('meetings.orgId', '=', actor.orgId)
      .where('meetings.roomId', '=', roomId)
      .where('meetings.startAt', '>', clock.now().toISOString())
      .where('meetings.cancelledAt', 'is', null)
      .where('meetings.endedAt', 'is', null)
      .orderBy('meetings.startAt');

  /** Of each series the first occurrence stands for all that follow. */
  function firstOfEach(meetings: readonly ComingInRoom[]): ComingInRoom[] {
    const seen = new Set<SeriesId>();
    return meetings.filter(({ seriesId }) => {
      if (seriesId === null) return true;
      const isFirst = !seen.has(seriesId);
      seen.add(seriesId);
      return isFirst;
    });
  }

  async function cancelAll(tx: FleetDatabase, actor: Actor, meetings: readonly ComingInRoom[]): Promise<void> {
    for (const { id, seriesId } of firstOfEach(meetings)) {
      const plan = await createMeetingRepository(tx).find(actor, id);
      const [now] = plan ? await reader.toNow(actor, [plan], tx) : [];
      if (now) await acts.cancel(tx, actor, now, seriesId === null ? 'this' : 'following');
    }
  }

  async function moveAll(
    tx: FleetDatabase,
    actor: Actor,
    meetings: readonly ComingInRoom[],
    fate: Exclude<RoomFate, { kind: 'cancel' }>,
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

  async function tellAll(tx: FleetDatabase, actor: Actor, roomId: RoomId, meetings: readonly ComingInRoom[]) {
    for (const { id, seriesId, attendeesId, subject } of firstOfEach(meetings)) {
      const detail = { roomId, subject };
      const action = 'room.meetingTransferred';
      await audit.append(tx, actor, { actor: actor.accountId, action, subjectId: id, detail });
      const told = await invitations.recipientsOf(tx, actor, attendeesId);
      if (seriesId === null) await invitations.tellMeeting(tx, actor, id, told);
      else await invitations.tellSeries(tx, actor, seriesId, told);
    }
    for (const { attendeesId } of meetings)
      await desired.refresh(tx, await desired.terminalsOf(tx, actor, { roomId, attendeesId }));
    await changes.mark(tx, actor, 'meetings');
  }

  return {
    /** By start, at most 200. */
    listComing: (tx: FleetDatabase, actor: Actor, roomId: RoomId): Promise<ComingInRoom[]> =>
      coming(tx, actor, roomId).limit(mostListed).execute(),
    async decide(tx: FleetDatabase, actor: Actor, roomId: RoomId, fate: RoomFate): Promise<void> {
      const meetings = await coming(tx, actor, roomId).execute();
      if (fate.kind === 'cancel') return await cancelAll(tx, actor, meetings);
      await moveAll(tx, actor, meetings, fate);
      await tellAll(tx, actor, roomId, meetings);
    },
  };
}

export type RoomChanges = ReturnType<typeof createRoomChanges>;
