import { type NoticeChannels, noticeChannels } from '@anteroom/shared/meeting/fields.ts';
import { readRule, wordsOfRule } from '@anteroom/shared/meeting/recurrence.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';
import type { NoticesService } from '../notices/service.ts';
import { createAttendeeRepository, type Recipient } from './attendee-repository.ts';
import { type CalendarEvent, composeCalendar, eventOfMeeting, eventsOfSeries } from './calendar.ts';
import { createMeetingRepository } from './repository.ts';
import { localMinute } from './rules.ts';
import { createSeriesRepository } from './series-repository.ts';

export type Told = 'invited' | 'changed' | 'cancelled';

/** What a message is about: one meeting, or a whole series. */
type Subject = {
  plan: MeetingRow | SeriesRow;
  events: CalendarEvent[];
  startAt: string;
  endAt: string;
  /** What guests type at the door. */
  password: string | null;
  /** The ways of telling: as the meeting names them. */
  channels: NoticeChannels;
};

/** Tells those who are invited, by the ways that the meeting names, with an entry for their calendars. */
export function createInvitations(deps: { clock: Clock; notices: NoticesService; publicUrl: () => string }) {
  const { clock, notices, publicUrl } = deps;
  const urlOf = (number: string) => `${publicUrl()}/m/${number}`;

  async function roomOf(tx: FleetDatabase, scope: OrgScope, plan: Pick<MeetingRow, 'roomId'>) {
    return plan.roomId === null ? null : await createMeetingRepository(tx).findRoom(scope, plan.roomId);
  }

  async function ofMeeting(tx: FleetDatabase, scope: OrgScope, meeting: MeetingRow): Promise<Subject> {
    const room = await roomOf(tx, scope, meeting);
    const event = eventOfMeeting(meeting, { urlOf, roomName: room?.name ?? null });
    const password = meeting.guestPassword ?? room?.guestPassword ?? null;
    const { startAt, endAt } = meeting;
    return { plan: meeting, events: [event], startAt, endAt, password, channels: channelsOf(meeting) };
  }

  async function ofSeries(tx: FleetDatabase, scope: OrgScope, series: SeriesRow): Promise<Subject | null> {
    const occurrences = await createSeriesRepository(tx).listOccurrences(scope, series.id);
    const room = await roomOf(tx, scope, series);
    const events = eventsOfSeries(series, occurrences, { urlOf, roomName: room?.name ?? null });
    const [whole] = events;
    const password = series.guestPassword ?? room?.guestPassword ?? null;
    if (!whole) return null;
    const { startAt, endAt } = whole;
    return { plan: series, events, startAt, endAt, password, channels: channelsOf(series) };
  }

  async function tell(
    tx: FleetDatabase,
    scope: OrgScope,
    subject: Subject,
    told: Told,
    recipients: readonly Recipient[],
  ) {
    const { plan, channels } = subject;
    const organizer = await createAttendeeRepository(tx).findOrganizer(plan.organizerAccountId);
    const sender = { name: organizer.name, email: organizer.email ?? `meetings@${new URL(publicUrl()).hostname}` };
    for (const recipient of recipients) {
      const language = recipient.language ?? organizer.language;
      const message = {
        ...{ scope, language, template: `meeting.${told}` as const },
        values: { organizer: organizer.name, ...valuesOf(subject, language) },
      };
      if (channels.email && recipient.email !== null)
        await notices.enqueue(tx, {
          ...message,
          channel: 'email',
          recipient: recipient.email,
          attachments: [entryFor(subject, told, sender, { name: recipient.name, email: recipient.email })],
        });
      if (channels.sms && recipient.phone !== null)
        await notices.enqueue(tx, { ...message, channel: 'sms', recipient: recipient.phone });
    }
  }

  function entryFor(
    { events }: Subject,
    told: Told,
    organizer: { name: string; email: string },
    attendee: { name: string; email: string },
  ) {
    const method = told === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const);
    const shown = told === 'cancelled' ? events.map((event) => ({ ...event, isCancelled: true })) : events;
    return {
      filename: 'meeting.ics',
      contentType: `text/calendar; charset=utf-8; method=${method}`,
      text: composeCalendar(shown, { method, organizer, attendee, name: null, now: clock.now() }),
    };
  }

  function valuesOf({ plan, startAt, endAt, password }: Subject, language: Language) {
    const rule = 'rule' in plan ? readRule(plan.rule) : null;
    return {
      subject: plan.subject,
      when: `${localMinute(startAt, plan.timeZone)} – ${localMinute(endAt, plan.timeZone).slice(-5)}`,
      timeZone: plan.timeZone,
      rule: rule ? `\n${wordsOfRule(rule)[language]}` : '',
      number: plan.number,
      url: urlOf(plan.number),
      password: password === null ? '' : language === 'en' ? `\nPassword: ${password}` : `\n会议密码：${password}`,
    };
  }

  /** Those who are on the list now, and those who are not any more. */
  async function tellChange(tx: FleetDatabase, scope: OrgScope, subject: Subject, before: readonly Recipient[]) {
    const listId = 'attendeesId' in subject.plan ? subject.plan.attendeesId : subject.plan.id;
    const now = await createAttendeeRepository(tx).listRecipients(scope, listId);
    const keyOf = ({ email, phone, name }: Recipient) => email ?? phone ?? name;
    const known = new Set(before.map(keyOf));
    const kept = new Set(now.map(keyOf));
    await tell(
      tx,
      scope,
      subject,
      'invited',
      now.filter((one) => !known.has(keyOf(one))),
    );
    await tell(
      tx,
      scope,
      subject,
      'changed',
      now.filter((one) => known.has(keyOf(one))),
    );
    await tell(
      tx,
      scope,
      subject,
      'cancelled',
      before.filter((one) => !kept.has(keyOf(one))),
    );
  }

  /** A whole series that never began, else each of these by itself: what is over stays in calendars. */
  async function ofEnded(tx: FleetDatabase, scope: OrgScope, ended: readonly MeetingRow[]): Promise<Subject | null> {
    const [first] = ended;
    if (!first) return null;
    const one = await ofMeeting(tx, scope, first);
    if (first.seriesId === null || first.seriesId !== first.attendeesId) return one;
    const occurrences = await createSeriesRepository(tx).listOccurrences(scope, first.seriesId);
    if (occurrences.every(({ startAt }) => startAt >= first.startAt))
      return await ofSeries(tx, scope, await createSeriesRepository(tx).find(scope, first.seriesId));
    const roomName = (await roomOf(tx, scope, first))?.name ?? null;
    return { ...one, events: ended.map((meeting) => eventOfMeeting(meeting, { urlOf, roomName })) };
  }

  return {
    /**
     * Meetings of one list that are cancelled for good, by start. The list is emptied in the same transaction, so that
     * whoever looks for what is still to tell finds it no more.
     */
    async tellEnded(tx: FleetDatabase, scope: OrgScope, ended: readonly MeetingRow[]): Promise<void> {
      const subject = await ofEnded(tx, scope, ended);
      const listId = ended[0]?.attendeesId;
      if (!subject || listId === undefined) return;
      const recipients = await createAttendeeRepository(tx).listRecipients(scope, listId);
      const events = subject.events.map((event) => ({ ...event, sequence: event.sequence + 1 }));
      await tell(tx, scope, { ...subject, events }, 'cancelled', recipients);
      await createAttendeeRepository(tx).put(scope, listId, []);
    },
    /** By e-mail whatever the meeting says: a host calls them now, and nothing else reaches them. */
    async mailInvitation(tx: FleetDatabase, scope: OrgScope, meeting: MeetingRow, recipients: readonly Recipient[]) {
      const subject = await ofMeeting(tx, scope, meeting);
      await tell(tx, scope, { ...subject, channels: { email: true, sms: false } }, 'invited', recipients);
    },
    recipientsOf: (tx: FleetDatabase, scope: OrgScope, listId: MeetingRow['attendeesId']) =>
      createAttendeeRepository(tx).listRecipients(scope, listId),
    /** `before`: whom the list named before; nobody for a new meeting. */
    async tellMeeting(tx: FleetDatabase, scope: OrgScope, id: MeetingRow['id'], before: readonly Recipient[]) {
      const meeting = await createMeetingRepository(tx).findRow(scope, id);
      const subject = await ofMeeting(tx, scope, meeting);
      if (meeting.cancelledAt === null) await tellChange(tx, scope, subject, before);
      else await tell(tx, scope, subject, 'cancelled', before);
    },
    async tellSeries(tx: FleetDatabase, scope: OrgScope, id: SeriesRow['id'], before: readonly Recipient[]) {
      const series = await createSeriesRepository(tx).find(scope, id);
      const subject = await ofSeries(tx, scope, series);
      if (!subject) return;
      if (series.cancelledAt === null) await tellChange(tx, scope, subject, before);
      else await tell(tx, scope, subject, 'cancelled', before);
    },
    /** That a meeting or, with its id, a whole series is theirs now: by mail, else by SMS. */
    async tellOrganizer(
      tx: FleetDatabase,
      scope: OrgScope,
      { id, seriesId }: Pick<MeetingRow, 'id' | 'seriesId'>,
    ): Promise<void> {
      const subject =
        seriesId === null
          ? await ofMeeting(tx, scope, await createMeetingRepository(tx).findRow(scope, id))
          : await ofSeries(tx, scope, await createSeriesRepository(tx).find(scope, seriesId));
      if (!subject) return;
      const { plan } = subject;
      const { email, phone, language } = await createAttendeeRepository(tx).findOrganizer(plan.organizerAccountId);
      const recipient = email ?? phone;
      if (recipient === null) return;
      await notices.enqueue(tx, {
        ...{ scope, language, recipient, template: 'meeting.handedOver' },
        channel: email === null ? 'sms' : 'email',
        values: valuesOf(subject, language),
      });
    },
  };
}

function channelsOf({ notices }: Pick<MeetingRow, 'notices'>): NoticeChannels {
  return noticeChannels.parse(JSON.parse(notices));
}

export type Invitations = ReturnType<typeof createInvitations>;
