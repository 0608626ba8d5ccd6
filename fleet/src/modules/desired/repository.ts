import type { OrganizationId, RoomId, SpaceId, TerminalId } from '@anteroom/shared/ids.ts';
import type { TerminalSettings } from '@anteroom/shared/protocol/desired.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow } from '../../db/tables/meetings.ts';
import { horizonMs, mostMeetings } from './compose.ts';

export type TerminalBinding = {
  id: TerminalId;
  name: string;
  orgId: OrganizationId;
  orgName: string;
  thumbprint: string | null;
  space: { id: SpaceId; name: string; site: string; floor: string; capacity: number; timeZone: string } | null;
  room: { id: RoomId; name: string; number: string; capacity: number } | null;
  settings: Pick<TerminalSettings, 'answersAutomatically' | 'doNotDisturb' | 'onHostUnmute' | 'onRemoteStart'>;
};

/** Which terminals a meeting concerns. */
export type MeetingPlace = Pick<MeetingRow, 'roomId' | 'attendeesId'>;

export type TerminalMeeting = Pick<MeetingRow, 'id' | 'number' | 'subject' | 'startAt' | 'endAt' | 'timeZone'> & {
  organizerName: string;
  ringUntil: string | null;
  callerName: string | null;
};

/** A terminal's document names its organization: the scope is what is read, not what is asked for. */
export function createDesiredRepository(db: FleetDatabase) {
  return {
    async findBinding(id: TerminalId): Promise<TerminalBinding | undefined> {
      const row = await db
        .selectFrom('terminals')
        .innerJoin('organizations', 'organizations.id', 'terminals.orgId')
        .select([
          'terminals.id',
          'terminals.name',
          'terminals.answersAutomaticallySince',
          'terminals.doNotDisturbSince',
          'terminals.allowsHostUnmuteSince',
          'terminals.opensRemoteStartsSince',
          'terminals.orgId',
          'organizations.name as orgName',
          'spaceId',
          'roomId',
        ])
        .select((eb) =>
          eb
            .selectFrom('certificates')
            .select('certificates.thumbprint')
            .whereRef('certificates.terminalId', '=', 'terminals.id')
            .where('certificates.revokedAt', 'is', null)
            .orderBy('certificates.issuedAt', 'desc')
            .limit(1)
            .as('thumbprint'),
        )
        .where('terminals.id', '=', id)
        .where('terminals.retiredAt', 'is', null)
        .executeTakeFirst();
      if (!row) return undefined;
      const { spaceId, roomId, answersAutomaticallySince, doNotDisturbSince, ...rest } = row;
      const { allowsHostUnmuteSince, opensRemoteStartsSince, ...terminal } = rest;
      const space =
        spaceId === null
          ? undefined
          : await db
              .selectFrom('spaces')
              .select(['id', 'name', 'site', 'floor', 'capacity', 'timeZone'])
              .where('orgId', '=', row.orgId)
              .where('id', '=', spaceId)
              .executeTakeFirst();
      const room =
        roomId === null
          ? undefined
          : await db
              .selectFrom('rooms')
              .select(['id', 'name', 'number', 'capacity'])
              .where('orgId', '=', row.orgId)
              .where('id', '=', roomId)
              .executeTakeFirst();
      const settings = {
        answersAutomatically: answersAutomaticallySince !== null,
        doNotDisturb: doNotDisturbSince !== null,
        onHostUnmute: allowsHostUnmuteSince === null ? ('ask' as const) : ('allow' as const),
        onRemoteStart: opensRemoteStartsSince === null ? ('closed' as const) : ('asInRoom' as const),
      };
      return { ...terminal, settings, space: space ?? null, room: room ?? null };
    },
    /** Live and upcoming meetings of the terminal's cloud room, and those that it is invited to, by start. */
    async listMeetings(terminal: TerminalBinding, now: Date): Promise<TerminalMeeting[]> {
      return await db
        .selectFrom('meetings')
        .innerJoin('accounts', 'accounts.id', 'meetings.organizerAccountId')
        .leftJoin('rings', (join) =>
          join
            .onRef('rings.meetingId', '=', 'meetings.id')
            .on('rings.terminalId', '=', terminal.id)
            .on('rings.state', '=', 'ringing')
            .on('rings.ringUntil', '>', now.toISOString()),
        )
        .leftJoin('accounts as callers', 'callers.id', 'rings.callerId')
        .leftJoin('terminals as callingTerminals', 'callingTerminals.id', 'rings.callerTerminalId')
        .select((eb) => eb.fn.coalesce('callingTerminals.name', 'callers.name').as('callerName'))
        .select([
          'meetings.id',
          'meetings.number',
          'meetings.subject',
          'meetings.startAt',
          'meetings.endAt',
          'meetings.timeZone',
          'rings.ringUntil',
          'accounts.name as organizerName',
        ])
        .where('meetings.orgId', '=', terminal.orgId)
        .where((eb) =>
          eb.or([
            ...(terminal.room ? [eb('meetings.resourceId', '=', terminal.room.id)] : []),
            eb(
              'meetings.attendeesId',
              'in',
              eb.selectFrom('attendees').select('attendees.listId').where('attendees.terminalId', '=', terminal.id),
            ),
          ]),
        )
        .where('meetings.cancelledAt', 'is', null)
        .where('meetings.endedAt', 'is', null)
        .where('meetings.closesAt', '>', now.toISOString())
        .where('meetings.startAt', '<', new Date(now.getTime() + horizonMs).toISOString())
        .orderBy('meetings.startAt')
        .orderBy('meetings.id')
        .limit(mostMeetings)
        .execute();
    },
    async listTerminalsOf(scope: OrgScope, meeting: MeetingPlace): Promise<TerminalId[]> {
      const rows = await db
        .selectFrom('terminals')
        .select('id')
        .where('orgId', '=', scope.orgId)
        .where((eb) =>
          eb.or([
            ...(meeting.roomId ? [eb('roomId', '=', meeting.roomId)] : []),
            eb(
              'id',
              'in',
              eb
                .selectFrom('attendees')
                .select('attendees.terminalId')
                .where('attendees.listId', '=', meeting.attendeesId)
                .where('attendees.terminalId', 'is not', null)
                .$narrowType<{ terminalId: TerminalId }>(),
            ),
          ]),
        )
        .where('retiredAt', 'is', null)
        .execute();
      return rows.map(({ id }) => id);
    },
    /** Of every organization. */
    async listTerminals(): Promise<TerminalId[]> {
      const rows = await db.selectFrom('terminals').select('id').where('retiredAt', 'is', null).execute();
      return rows.map(({ id }) => id);
    },
    /** Of every organization: meetings that came into sight or were over in this time. */
    async listMeetingsWithChange(after: Date, until: Date): Promise<(OrgScope & MeetingPlace)[]> {
      const shifted = (at: Date, byMs: number) => new Date(at.getTime() + byMs).toISOString();
      return await db
        .selectFrom('meetings')
        .select(['orgId', 'roomId', 'attendeesId'])
        .where((eb) =>
          eb.or([
            eb.and([eb('startAt', '>=', shifted(after, horizonMs)), eb('startAt', '<', shifted(until, horizonMs))]),
            eb.and([eb('closesAt', '>', after.toISOString()), eb('closesAt', '<=', until.toISOString())]),
          ]),
        )
        .execute();
    },
    async readEpoch(): Promise<number> {
      const row = await db.selectFrom('systemValues').select('value').where('key', '=', 'epoch').executeTakeFirst();
      return row ? Number(row.value) : 0;
    },
  };
}
