import type { AccountId, MeetingId, OrganizationId, TerminalId } from '@anteroom/shared/ids.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { QuietTimeRow, RingRow } from '../../db/tables/rings.ts';

export type CalleeId = RingRow['calleeId'];
/** Who called: a room's terminal does it for whose meeting it is. */
export type RingCaller = Pick<RingRow, 'callerId' | 'callerTerminalId'>;
/** A ring of a person, with its meeting. */
export type PersonRing = RingRow & {
  callerName: string;
  number: string;
  subject: string;
  closesAt: string;
  isEnded: boolean;
};
export type NamedRing = Omit<RingRow, 'calleeName'> & { callerName: string; calleeName: string };

/** Rows of one statement. */
const rowsAtOnce = 200;

export function createRingRepository(db: FleetDatabase) {
  return {
    /** A later ring of the same callee for the same meeting takes the place of the one before. */
    async put(rings: readonly RingRow[]): Promise<void> {
      for (let start = 0; start < rings.length; start += rowsAtOnce)
        await db
          .insertInto('rings')
          .values(rings.slice(start, start + rowsAtOnce))
          .onConflict((conflict) =>
            conflict.columns(['meetingId', 'calleeId']).doUpdateSet((eb) => ({
              callerId: eb.ref('excluded.callerId'),
              callerTerminalId: eb.ref('excluded.callerTerminalId'),
              calleeName: eb.ref('excluded.calleeName'),
              state: eb.ref('excluded.state'),
              calledAt: eb.ref('excluded.calledAt'),
              ringUntil: eb.ref('excluded.ringUntil'),
              settledAt: eb.ref('excluded.settledAt'),
              dismissedAt: eb.ref('excluded.dismissedAt'),
            })),
          )
          .execute();
    },
    /** False when the callee was not rung, or its ring is in none of the states. */
    async settle(
      scope: OrgScope,
      ring: Pick<RingRow, 'meetingId' | 'calleeId'> & Partial<Pick<RingRow, 'ringUntil'>>,
      from: readonly RingRow['state'][],
      to: Pick<RingRow, 'state' | 'settledAt'>,
    ): Promise<boolean> {
      let update = db
        .updateTable('rings')
        .set(to)
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', ring.meetingId)
        .where('calleeId', '=', ring.calleeId)
        .where('state', 'in', from);
      if (ring.ringUntil !== undefined) update = update.where('ringUntil', '=', ring.ringUntil);
      const { numUpdatedRows } = await update.executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** All that still ring for a meeting, or whose time is over; who they were. */
    async settleAll(
      scope: OrgScope,
      which: { meetingId: MeetingId } | { spentAt: string },
      to: Pick<RingRow, 'state' | 'settledAt'>,
    ): Promise<CalleeId[]> {
      const rows = await db
        .updateTable('rings')
        .set(to)
        .where('orgId', '=', scope.orgId)
        .where('state', '=', 'ringing')
        .where((eb) =>
          'meetingId' in which ? eb('meetingId', '=', which.meetingId) : eb('ringUntil', '<=', which.spentAt),
        )
        .returning('calleeId')
        .execute();
      return rows.map(({ calleeId }) => calleeId);
    },
    /** The organizations that have rings whose time is over. */
    async listWithSpent(now: string): Promise<OrganizationId[]> {
      const rows = await db
        .selectFrom('rings')
        .select('orgId')
        .distinct()
        .where('state', '=', 'ringing')
        .where('ringUntil', '<=', now)
        .execute();
      return rows.map(({ orgId }) => orgId);
    },
    /** Puts away a missed call, or what could not be called; false when it is no such thing, or was put away already. */
    async dismiss(
      scope: OrgScope,
      { meetingId, calleeId, state }: Pick<RingRow, 'meetingId' | 'calleeId'> & { state: 'missed' | 'unreachable' },
      dismissedAt: string,
    ): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('rings')
        .set({ dismissedAt })
        .where('orgId', '=', scope.orgId)
        .where('meetingId', '=', meetingId)
        .where('calleeId', '=', calleeId)
        .where('state', '=', state)
        .where('dismissedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** What rings, what settled since `settledSince`, and missed calls since `missedSince`, the latest first. */
    async listOfPerson(
      scope: OrgScope,
      accountId: AccountId,
      { settledSince, missedSince, limit }: { settledSince: string; missedSince: string; limit: number },
    ): Promise<PersonRing[]> {
      const rows = await ringsOfPerson(scope, accountId)
        .where((eb) =>
          eb.or([
            eb('rings.state', '=', 'ringing'),
            eb('rings.settledAt', '>', settledSince),
            // Nobody calls themselves: the own meeting's ring leaves nothing behind.
            eb.and([
              eb('rings.state', '=', 'missed'),
              eb('rings.dismissedAt', 'is', null),
              eb('rings.calledAt', '>', missedSince),
              eb.or([eb('rings.callerId', '!=', accountId), eb('rings.callerTerminalId', 'is not', null)]),
            ]),
          ]),
        )
        .orderBy('rings.calledAt', 'desc')
        .orderBy('rings.meetingId')
        .limit(limit)
        .execute();
      return rows.map(withEnd);
    },
    async findOfPerson(scope: OrgScope, accountId: AccountId, meetingId: MeetingId): Promise<PersonRing | undefined> {
      const row = await ringsOfPerson(scope, accountId).where('rings.meetingId', '=', meetingId).executeTakeFirst();
      return row && withEnd(row);
    },
    /** By the name of the callee. */
    async listOfMeeting(scope: OrgScope, meetingId: MeetingId): Promise<NamedRing[]> {
      const rows = await db
        .selectFrom('rings')
        .innerJoin('accounts as callers', 'callers.id', 'rings.callerId')
        .leftJoin('accounts', 'accounts.id', 'rings.accountId')
        .leftJoin('terminals', (join) =>
          join.onRef('terminals.orgId', '=', 'rings.orgId').onRef('terminals.id', '=', 'rings.terminalId'),
        )
        .leftJoin('contacts', (join) =>
          join.onRef('contacts.orgId', '=', 'rings.orgId').onRef('contacts.id', '=', 'rings.contactId'),
        )
        .leftJoin('terminals as callingTerminals', 'callingTerminals.id', 'rings.callerTerminalId')
        .selectAll('rings')
        .select((eb) => eb.fn.coalesce('callingTerminals.name', 'callers.name').as('callerName'))
        .select(['accounts.name as accountName', 'terminals.name as terminalName'])
        .where('rings.orgId', '=', scope.orgId)
        .where('rings.meetingId', '=', meetingId)
        .orderBy((eb) => eb.fn.coalesce('accounts.nameKey', 'terminals.nameKey', 'contacts.nameKey', 'rings.phone'))
        .orderBy('rings.calleeId')
        .execute();
      return rows.map(({ accountName, terminalName, ...ring }) => ({
        ...ring,
        callerName: ring.callerName ?? '',
        calleeName: accountName ?? terminalName ?? ring.calleeName ?? ring.phone ?? '',
      }));
    },
    /** Which of these accounts have a client at all. */
    async listStandard(ids: readonly AccountId[]): Promise<AccountId[]> {
      const found: AccountId[] = [];
      for (let start = 0; start < ids.length; start += rowsAtOnce) {
        const rows = await db
          .selectFrom('accounts')
          .select('id')
          .where('id', 'in', ids.slice(start, start + rowsAtOnce))
          .where('kind', '=', 'standard')
          .where('deletedAt', 'is', null)
          .execute();
        found.push(...rows.map(({ id }) => id));
      }
      return found;
    },
    /** Which of these accounts are not to be disturbed now. */
    async listQuiet(ids: readonly AccountId[], now: string): Promise<Set<string>> {
      const found = new Set<string>();
      for (let start = 0; start < ids.length; start += rowsAtOnce) {
        const rows = await db
          .selectFrom('quietTimes')
          .select('accountId')
          .where('accountId', 'in', ids.slice(start, start + rowsAtOnce))
          .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', now)]))
          .execute();
        for (const { accountId } of rows) found.add(accountId);
      }
      return found;
    },
    async findQuiet(accountId: AccountId): Promise<QuietTimeRow | undefined> {
      return await db.selectFrom('quietTimes').selectAll().where('accountId', '=', accountId).executeTakeFirst();
    },
    async putQuiet(row: QuietTimeRow): Promise<void> {
      await db
        .insertInto('quietTimes')
        .values(row)
        .onConflict((conflict) => conflict.column('accountId').doUpdateSet({ until: row.until }))
        .execute();
    },
    async removeQuiet(accountId: AccountId): Promise<void> {
      await db.deleteFrom('quietTimes').where('accountId', '=', accountId).execute();
    },
    async findTerminalScope(terminalId: TerminalId): Promise<OrgScope | undefined> {
      return await db.selectFrom('terminals').select('orgId').where('id', '=', terminalId).executeTakeFirst();
    },
  };

  function ringsOfPerson(scope: OrgScope, accountId: AccountId) {
    return db
      .selectFrom('rings')
      .innerJoin('meetings', 'meetings.id', 'rings.meetingId')
      .innerJoin('accounts as callers', 'callers.id', 'rings.callerId')
      .leftJoin('terminals as callingTerminals', 'callingTerminals.id', 'rings.callerTerminalId')
      .selectAll('rings')
      .select((eb) => eb.fn.coalesce('callingTerminals.name', 'callers.name').as('callerName'))
      .select(['meetings.number', 'meetings.subject', 'meetings.closesAt'])
      .select(['meetings.endedAt', 'meetings.cancelledAt'])
      .where('rings.orgId', '=', scope.orgId)
      .where('rings.accountId', '=', accountId);
  }
}

function withEnd<R extends { endedAt: string | null; cancelledAt: string | null }>({
  endedAt,
  cancelledAt,
  ...ring
}: R) {
  return { ...ring, isEnded: endedAt !== null || cancelledAt !== null };
}
