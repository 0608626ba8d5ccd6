import type { ChangeScope, MeetingChange, NewMeeting } from '@anteroom/shared/api/meetings.ts';
import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import type { AccountId, MeetingId, SeriesId, TerminalId } from '@anteroom/shared/ids.ts';
import { mostCalled } from '@anteroom/shared/meeting/calling.ts';
import type { AttendeeRequest } from '@anteroom/shared/meeting/fields.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization, lockResource } from '../../db/locks.ts';
import type { Page } from '../../db/paging.ts';
import type { AttendanceRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { DesiredService } from '../desired/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { NumbersService } from '../numbers/service.ts';
import type { ResourcesService } from '../resources/service.ts';
import type { Callees, RingsService } from '../rings/service.ts';
import type { RoomsService } from '../rooms/service.ts';
import type { SeatsService } from '../seats/service.ts';
import type { Actor } from '../sessions/service.ts';
import { createAttendeeRepository, type Recipient, whomToRing } from './attendee-repository.ts';
import type { Directory } from './attendees.ts';
import { createBookings } from './booking-service.ts';
import { composeCalendar } from './calendar.ts';
import { createMeetingActs, type Doer } from './change-service.ts';
import { type ComingMeetings, createComingMeetings } from './coming-meetings.ts';
import { eventsOfFeed } from './feed.ts';
import { createInvitations } from './invitation-service.ts';
import { createMeetingReader, type MeetingDetail, type MeetingNow, type MeetingOf } from './reading-service.ts';
import {
  createMeetingRepository,
  type FeedOwner,
  type MeetingParty,
  type MeetingPlan,
  type MeetingsRequest,
} from './repository.ts';
import { type MeetingState, type Standing, stateAt } from './rules.ts';
import { createSeriesRepository } from './series-repository.ts';
import { createSeriesPlanner, isOccurrence, type OccurrencePreview, type SeriesWanted } from './series-service.ts';

export type { Doer } from './change-service.ts';
export {
  type ComingFate,
  type ComingMeeting,
  type ComingMeetings,
  namesOfComing,
  toComingMeeting,
} from './coming-meetings.ts';
export type { MeetingDetail, MeetingNow, MeetingOf } from './reading-service.ts';
export type { MeetingPlan } from './repository.ts';
export {
  closesAt,
  extendableUntil,
  joinableFrom,
  localMinute,
  type MeetingState,
  type MeetingTimes,
  mayJoinBeforeHost,
  type Standing,
  stateAt,
  warnBeforeMs,
} from './rules.ts';
export { createTrials } from './trial-service.ts';

/** Whom a meeting rings now, and the contacts among those named. */
export type CalledIn = { meeting: MeetingNow; rung: Callees; contacts: Directory['contacts'] };

export interface MeetingsService {
  /** What becomes of coming meetings when their room or their organizer changes. */
  coming: ComingMeetings;
  /** What the actor manages. */
  list(actor: Actor, request: Omit<MeetingsRequest, 'accountId' | 'managed'>): Promise<Page<MeetingOf>>;
  /** What the actor organizes or is invited to. */
  listOwn(actor: Actor, request: Omit<MeetingsRequest, 'accountId' | 'managed'>): Promise<Page<MeetingOf>>;
  /** The actor's personal meeting ID. */
  personalNumber(actor: Actor): Promise<string>;
  /** Who was in the meeting, for whoever manages it. */
  listAttendance(actor: Actor, id: MeetingId): Promise<AttendanceRow[]>;
  get(actor: Actor, id: MeetingId): Promise<MeetingDetail>;
  /** The occurrences that a rule gives, each with the meeting that it would meet, and why the plan refuses it. */
  preview(actor: Actor, wanted: SeriesWanted): Promise<OccurrencePreview[]>;
  create(actor: Actor, request: NewMeeting): Promise<MeetingDetail>;
  update(actor: Actor, id: MeetingId, change: MeetingChange): Promise<MeetingDetail>;
  cancel(actor: Actor, id: MeetingId, scope: ChangeScope): Promise<MeetingDetail>;
  extend(actor: Actor, id: MeetingId, minutes: number): Promise<MeetingDetail>;
  end(actor: Actor, id: MeetingId): Promise<MeetingDetail>;
  /** For whoever manages it. */
  getManaged(tx: FleetDatabase, actor: Actor, id: MeetingId): Promise<MeetingNow>;
  /**
   * Invites those who were not into a live meeting, and says whom to ring: everybody named who is not in it. Whether
   * `by` may is the caller's to decide.
   */
  callIn(tx: FleetDatabase, by: Doer, id: MeetingId, callees: readonly AttendeeRequest[]): Promise<CalledIn>;
  /** Sends the invitation to contacts whom a host calls. */
  mailInvitation(tx: FleetDatabase, meeting: MeetingRow, recipients: readonly Recipient[]): Promise<void>;
  /** By somebody in the meeting who has its host role, whoever they are; the new end. */
  extendByHost(by: Doer, id: MeetingId, minutes: number): Promise<string>;
  endByHost(by: Doer, id: MeetingId): Promise<void>;
  /** Of the series that the meeting belongs to, by start; none for a meeting of its own. */
  listOccurrences(actor: Actor, id: MeetingId): Promise<(MeetingRow & { state: MeetingState })[]>;
  /** For admission, in its transaction. */
  find(tx: FleetDatabase, scope: OrgScope, id: MeetingId): Promise<MeetingPlan | undefined>;
  /** What an account is to a meeting. */
  standingOf(tx: FleetDatabase, meeting: MeetingParty, accountId: AccountId): Promise<Standing>;
  /** Whether the meeting's attendees name this terminal. */
  isInvited(tx: FleetDatabase, meeting: Pick<MeetingRow, 'attendeesId'>, terminalId: TerminalId): Promise<boolean>;
  /** For people without an account, who have nothing but a number. */
  findByNumber(number: string): Promise<MeetingNow | undefined>;
  /** The calendar of a person or of a cloud room, as iCalendar. */
  composeFeed(scope: OrgScope, owner: FeedOwner & { name: string }): Promise<string>;
  subjectsOf(scope: OrgScope, ids: readonly string[]): Promise<Map<string, string>>;
  countLive(scope: OrgScope): Promise<number>;
  countBetween(scope: OrgScope, from: Date, to: Date): Promise<number>;
  /** Gives back the seats of meetings that are over, and says which meetings had any. */
  closeOver(): Promise<MeetingId[]>;
  /** Ends live meetings and cancels coming ones, and says which had somebody in them; `tellEnded` tells who is invited. */
  endAll(tx: FleetDatabase, scope: OrgScope, at: string): Promise<MeetingId[]>;
  /** Tells some of those who are invited to what `endAll` cancelled at that instant; false when nobody is left to tell. */
  tellEnded(scope: OrgScope, at: string): Promise<boolean>;
  /** Which of these meetings are over or cancelled. */
  listOver(ids: readonly string[]): Promise<MeetingId[]>;
  /** What these meetings are called and when they end now. */
  listTimes(ids: readonly string[]): Promise<Pick<MeetingRow, 'id' | 'subject' | 'endAt'>[]>;
}

/** A transaction of the messages of this many meetings or series holds others up for less than they notice. */
const listsToldAtOnce = 20;
/** A subscribed calendar goes back this far. */
const keptInFeedMs = 30 * 86_400_000;

export function createMeetingsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  desired: DesiredService;
  notices: NoticesService;
  numbers: NumbersService;
  rooms: RoomsService;
  resources: ResourcesService;
  seats: SeatsService;
  rings: RingsService;
  publicUrl: () => string;
  /** Tells this process's signalling that everybody has to leave; called after the commit. */
  onEnded: (id: MeetingId) => void;
}): MeetingsService {
  const { db, clock, changes, departments, seats, rings, onEnded } = deps;
  const reader = createMeetingReader(deps);
  const bookings = createBookings(deps);
  const series = createSeriesPlanner({ clock, bookings });
  const invitations = createInvitations(deps);
  const acts = createMeetingActs({ ...deps, bookings, series, invitations });

  /** Nobody comes in or goes meanwhile. */
  async function lockMeeting(tx: FleetDatabase, scope: OrgScope, id: MeetingId): Promise<void> {
    await lockOrganization(tx, scope);
    const meeting = await createMeetingRepository(tx).find(scope, id);
    if (meeting) await lockResource(tx, scope, meeting.resourceId);
  }

  /** One act on one meeting by somebody who may, and the meeting as it is then. */
  async function act(
    actor: Actor,
    id: MeetingId,
    run: (tx: FleetDatabase, meeting: MeetingNow) => Promise<void>,
  ): Promise<MeetingDetail> {
    return await db.transaction().execute(async (tx) => {
      await lockMeeting(tx, actor, id);
      await run(tx, await reader.getManaged(actor, id, tx));
      return await reader.get(actor, id, tx);
    });
  }

  async function actByHost(
    by: Doer,
    id: MeetingId,
    run: (tx: FleetDatabase, meeting: MeetingNow) => Promise<void>,
  ): Promise<MeetingNow> {
    return await db.transaction().execute(async (tx) => {
      await lockMeeting(tx, by, id);
      await run(tx, await reader.getNow(by, id, tx));
      return await reader.getNow(by, id, tx);
    });
  }

  async function list(actor: Actor, request: MeetingsRequest): Promise<Page<MeetingOf>> {
    const page = await createMeetingRepository(db).list(actor, request, clock.now());
    return { ...page, items: await reader.toNowOf(actor, page.items) };
  }

  return {
    coming: createComingMeetings({ ...deps, reader, acts, invitations }),
    async list(actor, request) {
      const inDepartments = await departments.managedBy(actor);
      const managed = inDepartments === null ? undefined : { accountId: actor.accountId, inDepartments };
      return await list(actor, { ...request, managed });
    },
    listOwn: (actor, request) => list(actor, { ...request, accountId: actor.accountId }),
    personalNumber: (actor) => db.transaction().execute((tx) => deps.numbers.of(tx, actor, actor.accountId)),
    async listAttendance(actor, id) {
      await reader.getManaged(actor, id, db);
      return await seats.listAttendance(actor, id);
    },
    get: (actor, id) => reader.get(actor, id),
    preview: (actor, wanted) => db.transaction().execute((tx) => series.preview(tx, actor, wanted)),
    async create(actor, request) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const id = await acts.create(tx, actor, request);
        return await reader.get(actor, id, tx);
      });
    },
    update: (actor, id, change) => act(actor, id, (tx, meeting) => acts.change(tx, actor, meeting, change)),
    cancel: (actor, id, scope) => act(actor, id, (tx, meeting) => acts.cancel(tx, actor, meeting, scope)),
    extend: (actor, id, minutes) => act(actor, id, (tx, meeting) => acts.extend(tx, actor, meeting, minutes)),
    async end(actor, id) {
      const ended = await act(actor, id, async (tx, meeting) => {
        await acts.end(tx, actor, meeting);
        await seats.releaseMeeting(tx, actor, id);
      });
      onEnded(id);
      return ended;
    },
    getManaged: (tx, actor, id) => reader.getManaged(actor, id, tx),
    async callIn(tx, by, id, callees) {
      await lockMeeting(tx, by, id);
      const meeting = await reader.getNow(by, id, tx);
      if (meeting.state === 'over' || meeting.state === 'cancelled') throw new ProblemError('meeting_over');
      if (meeting.state === 'scheduled') throw new ProblemError('ring_before_start');
      const rung = await whomToRing(tx, by, meeting.seats, callees);
      if (rung.accountIds.length + rung.terminalIds.length > mostCalled)
        throw new ProblemError('too_many_to_ring', { most: String(mostCalled) });
      await acts.invite(tx, by, meeting, callees);
      const contactIds = callees.flatMap((one) => (one.kind === 'contact' ? [one.contactId] : []));
      return { meeting, rung, contacts: await createAttendeeRepository(tx).findContacts(by, contactIds) };
    },
    mailInvitation: (tx, meeting, recipients) => invitations.mailInvitation(tx, meeting, meeting, recipients),
    async extendByHost(by, id, minutes) {
      const { endAt } = await actByHost(by, id, (tx, meeting) => acts.extend(tx, by, meeting, minutes));
      return endAt;
    },
    async endByHost(by, id) {
      await actByHost(by, id, async (tx, meeting) => {
        await acts.end(tx, by, meeting);
        await seats.releaseMeeting(tx, by, id);
      });
      onEnded(id);
    },
    async listOccurrences(actor, id) {
      const meeting = await reader.get(actor, id);
      if (!isOccurrence(meeting)) return [];
      const occurrences = await createSeriesRepository(db).listOccurrences(actor, meeting.seriesId);
      return occurrences.map((one) => ({ ...one, state: stateAt({ ...one, nextStartAt: null }, clock.now(), false) }));
    },
    find: (tx, scope, id) => createMeetingRepository(tx).find(scope, id),
    standingOf: (tx, meeting, accountId) => createMeetingRepository(tx).standingOf(meeting, accountId),
    isInvited: (tx, meeting, terminalId) => createMeetingRepository(tx).isInvited(meeting, terminalId),
    async findByNumber(number) {
      const row = await createMeetingRepository(db).findByNumber(number, clock.now());
      const [meeting] = row ? await reader.toNow(row, [row]) : [];
      return meeting;
    },
    async composeFeed(scope, owner) {
      const now = clock.now();
      const from = new Date(now.getTime() - keptInFeedMs);
      const found = await createMeetingRepository(db).listForFeed(scope, owner, from);
      const all = new Map<SeriesId, { series: SeriesRow; occurrences: MeetingRow[] }>();
      for (const { seriesId, attendeesId } of found) {
        // Who is invited to single occurrences only does not see the rest of the series.
        if (seriesId === null || attendeesId !== seriesId || all.has(seriesId)) continue;
        const repository = createSeriesRepository(db);
        const occurrences = await repository.listOccurrences(scope, seriesId);
        all.set(seriesId, { series: await repository.find(scope, seriesId), occurrences });
      }
      const events = eventsOfFeed(found, all, (number) => `${deps.publicUrl()}/m/${number}`);
      return composeCalendar(events, { method: null, organizer: null, attendee: null, name: owner.name, now });
    },
    subjectsOf: (scope, ids) => createMeetingRepository(db).subjectsOf(scope, ids),
    countLive: (scope) => createMeetingRepository(db).countLive(scope, clock.now()),
    countBetween: (scope, from, to) => createMeetingRepository(db).countBetween(scope, from, to),
    listTimes: (ids) => createMeetingRepository(db).listTimes(ids),
    listOver: (ids) => createMeetingRepository(db).listPast(ids, clock.now()),
    async endAll(tx, scope, at) {
      const live = await createMeetingRepository(tx).listWithSeats(scope);
      await createMeetingRepository(tx).endAll(scope, at);
      for (const id of live) {
        await seats.releaseMeeting(tx, scope, id);
        await rings.withdrawAll(tx, scope, id);
      }
      return live;
    },
    async tellEnded(scope, at) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, scope);
        const some = await createMeetingRepository(tx).listEnded(scope, at, listsToldAtOnce);
        for (const ended of some) await invitations.tellEnded(tx, scope, ended);
        return some.length === listsToldAtOnce;
      });
    },
    async closeOver() {
      const over = await createMeetingRepository(db).listOverWithSeats(clock.now());
      for (const meeting of over)
        await db.transaction().execute((tx) => seats.releaseMeeting(tx, { orgId: meeting.orgId }, meeting.id));
      if (over.length > 0) changes.poke();
      return over.map(({ id }) => id);
    },
  };
}
