import ical from 'ical.js';
import type { MeetingRow, SeriesRow } from '../../db/tables/meetings.ts';
import { startsOf, wallClockOf } from './recurrence.ts';
import { composeTimeZone } from './time-zone.ts';

/** An event as calendars know it: a meeting of its own, or a series with what became of its occurrences. */
export type CalendarEvent = {
  uid: string;
  sequence: number;
  subject: string;
  description: string;
  location: string;
  /** Soft client's address of the meeting. */
  url: string;
  startAt: string;
  endAt: string;
  timeZone: string;
  isCancelled: boolean;
  /** Null for a meeting of its own. */
  recurrence: { rule: string; cancelledStarts: string[] } | { recurrenceAt: string } | null;
};
export type CalendarPerson = { name: string; email: string };
export type CalendarFrame = {
  /** What a message asks of its reader (RFC 5546); null for a calendar that is read. */
  method: 'REQUEST' | 'CANCEL' | null;
  organizer: CalendarPerson | null;
  /** Whom the message is for. Each gets their own, so nobody learns the addresses of the others. */
  attendee: CalendarPerson | null;
  /** Name of a calendar that is subscribed to. */
  name: string | null;
  now: Date;
};

/** One iCalendar object (RFC 5545): the events, and the rules of their zones. */
export function composeCalendar(events: readonly CalendarEvent[], frame: CalendarFrame): string {
  const calendar = new ical.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Anteroom//Meetings//EN');
  if (frame.method) calendar.addPropertyWithValue('method', frame.method);
  if (frame.name !== null) {
    calendar.addPropertyWithValue('name', frame.name);
    calendar.addPropertyWithValue('x-wr-calname', frame.name);
    const refresh = calendar.addPropertyWithValue('refresh-interval', 'PT15M');
    refresh.setParameter('value', 'DURATION');
  }
  for (const zone of zonesOf(events)) calendar.addSubcomponent(composeTimeZone(zone.id, zone.from, zone.to));
  for (const event of events) calendar.addSubcomponent(composeEvent(event, frame));
  return `${calendar.toString()}\r\n`;
}

function zonesOf(events: readonly CalendarEvent[]) {
  const zones = new Map<string, { id: string; from: Date; to: Date }>();
  for (const { timeZone, startAt } of events.filter(({ timeZone: zone }) => zone !== 'UTC')) {
    const at = new Date(startAt);
    const known = zones.get(timeZone) ?? { id: timeZone, from: at, to: at };
    // A series ends within two years of its start.
    const until = new Date(at.getTime() + 732 * 86_400_000);
    zones.set(timeZone, { ...known, from: at < known.from ? at : known.from, to: until > known.to ? until : known.to });
  }
  return [...zones.values()];
}

function composeEvent(event: CalendarEvent, { organizer, attendee, now }: CalendarFrame): ical.Component {
  const component = new ical.Component('vevent');
  component.addPropertyWithValue('uid', event.uid);
  component.addPropertyWithValue('sequence', event.sequence);
  component.addPropertyWithValue('dtstamp', utcTime(now.toISOString()));
  component.addProperty(zonedTime('dtstart', event.startAt, event.timeZone));
  component.addProperty(zonedTime('dtend', event.endAt, event.timeZone));
  component.addPropertyWithValue('summary', event.subject);
  if (event.description) component.addPropertyWithValue('description', event.description);
  if (event.location) component.addPropertyWithValue('location', event.location);
  component.addPropertyWithValue('url', event.url);
  component.addPropertyWithValue('status', event.isCancelled ? 'CANCELLED' : 'CONFIRMED');
  const { recurrence } = event;
  if (recurrence && 'rule' in recurrence) {
    component.addPropertyWithValue('rrule', ical.Recur.fromString(recurrence.rule));
    for (const start of recurrence.cancelledStarts) component.addProperty(zonedTime('exdate', start, event.timeZone));
  } else if (recurrence) component.addProperty(zonedTime('recurrence-id', recurrence.recurrenceAt, event.timeZone));
  if (organizer) addPerson(component, 'organizer', organizer);
  if (attendee)
    addPerson(component, 'attendee', attendee, { rsvp: 'FALSE', partstat: 'NEEDS-ACTION', role: 'REQ-PARTICIPANT' });
  return component;
}

function addPerson(
  component: ical.Component,
  name: 'organizer' | 'attendee',
  person: CalendarPerson,
  parameters: Record<string, string> = {},
): void {
  const property = component.addPropertyWithValue(name, `mailto:${person.email}`);
  // A quotation mark has no place in a parameter, quoted or not (RFC 5545 §3.2).
  property.setParameter('cn', person.name.replaceAll('"', '’'));
  for (const [key, value] of Object.entries(parameters)) property.setParameter(key, value);
}

function utcTime(instant: string): ical.Time {
  return ical.Time.fromDateTimeString(`${instant.slice(0, 19)}Z`);
}

function zonedTime(name: string, instant: string, timeZone: string): ical.Property {
  const property = new ical.Property(name);
  if (timeZone === 'UTC') property.setValue(utcTime(instant));
  else {
    property.setParameter('tzid', timeZone);
    property.setValue(ical.Time.fromDateTimeString(wallClockOf(instant, timeZone)));
  }
  return property;
}

type Shown = { urlOf: (number: string) => string; roomName: string | null };

/** A meeting of its own, or one occurrence without the rest of its series. */
export function eventOfMeeting(meeting: MeetingRow, { urlOf, roomName }: Shown): CalendarEvent {
  const { uid, sequence, subject, description, startAt, endAt, timeZone, recurrenceAt } = meeting;
  return {
    ...{ uid, sequence, subject, description, startAt, endAt, timeZone },
    location: roomName ?? '',
    url: urlOf(meeting.number),
    isCancelled: meeting.cancelledAt !== null,
    recurrence: recurrenceAt === null ? null : { recurrenceAt },
  };
}

/** A series: its rule with the starts that were cancelled, and a component for each occurrence that became another. */
export function eventsOfSeries(series: SeriesRow, occurrences: readonly MeetingRow[], shown: Shown): CalendarEvent[] {
  const starts = startsOf(series);
  const [startAt] = starts;
  if (startAt === undefined) return [];
  const given = new Set(starts);
  const ofRule = occurrences.filter(({ recurrenceAt }) => recurrenceAt !== null && given.has(recurrenceAt));
  const { uid, sequence, subject, description, timeZone } = series;
  const whole: CalendarEvent = {
    ...{ uid, sequence, subject, description, timeZone, startAt },
    endAt: new Date(Date.parse(startAt) + series.durationMinutes * 60_000).toISOString(),
    location: shown.roomName ?? '',
    url: shown.urlOf(series.number),
    isCancelled: series.cancelledAt !== null,
    recurrence: {
      rule: series.rule,
      cancelledStarts:
        series.cancelledAt === null
          ? ofRule.flatMap(({ cancelledAt, recurrenceAt }) =>
              cancelledAt !== null && recurrenceAt !== null ? [recurrenceAt] : [],
            )
          : [],
    },
  };
  if (series.cancelledAt !== null) return [whole];
  const changed = ofRule.filter(
    (one) => one.cancelledAt === null && (one.startAt !== one.recurrenceAt || one.sequence > series.sequence),
  );
  return [whole, ...changed.map((one) => eventOfMeeting(one, shown))];
}
