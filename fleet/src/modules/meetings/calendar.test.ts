import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { meeting as meetingSchema, occurrence } from '@anteroom/shared/api/meetings.ts';
import ical from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/**
 * Calendar entries as two readers that have nothing to do with this code open them: python3-icalendar with dateutil, by
 * the rules of the VTIMEZONE that the entry itself brings, and ical.js.
 */
const script = `
import json, sys
from datetime import datetime, timezone
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar
utc = lambda at: at.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')
calendar = Calendar.from_ical(sys.stdin.read())
zones = {str(z['TZID']): z.to_tz() for z in calendar.walk('VTIMEZONE')}
def at(prop):
    value = prop.dt
    name = prop.params.get('TZID')
    return zones[name].localize(value.replace(tzinfo=None)) if name else value
starts, events = {}, []
for event in calendar.walk('VEVENT'):
    events.append({
        'uid': str(event['UID']), 'sequence': int(event['SEQUENCE']), 'status': str(event['STATUS']),
        'summary': str(event['SUMMARY']), 'recurrenceAt': utc(at(event['RECURRENCE-ID'])) if 'RECURRENCE-ID' in event else None,
        'attendee': str(event['ATTENDEE']) if 'ATTENDEE' in event else None, 'start': utc(at(event['DTSTART'])),
    })
    if 'RECURRENCE-ID' in event:
        starts[utc(at(event['RECURRENCE-ID']))] = utc(at(event['DTSTART']))
        continue
    first = event['DTSTART'].dt.replace(tzinfo=None)
    zone = zones[event['DTSTART'].params['TZID']]
    if 'RRULE' not in event:
        starts[utc(at(event['DTSTART']))] = utc(at(event['DTSTART']))
        continue
    rule = event['RRULE'].to_ical().decode()
    if 'UNTIL=' in rule:
        until = event['RRULE']['UNTIL'][0].astimezone(zone).replace(tzinfo=None)
        rule = ';'.join(p for p in rule.split(';') if not p.startswith('UNTIL=')) + ';UNTIL=' + until.strftime('%Y%m%dT%H%M%S')
    excluded = event.get('EXDATE', [])
    excluded = {utc(at(d)) for one in (excluded if isinstance(excluded, list) else [excluded]) for d in
                [type('P', (), {'dt': x.dt, 'params': one.params}) for x in one.dts]}
    for wall in rrulestr(rule, dtstart=first):
        start = utc(zone.localize(wall))
        if start not in excluded:
            starts.setdefault(start, start)
print(json.dumps({'method': str(calendar.get('METHOD')), 'events': events, 'starts': sorted(starts.values())}))
`;
const reading = z.object({
  method: z.string(),
  events: z.array(
    z.object({
      uid: z.string(),
      sequence: z.int(),
      status: z.string(),
      summary: z.string(),
      recurrenceAt: z.string().nullable(),
      attendee: z.string().nullable(),
      start: z.string(),
    }),
  ),
  starts: z.array(z.string()),
});

async function openInPython(text: string) {
  const running = promisify(execFile)('/usr/bin/python3', ['-c', script]);
  running.child.stdin?.end(text);
  return reading.parse(JSON.parse((await running).stdout));
}

/** Every start that ical.js gives, with the zones that the entry brings. */
function openInIcalJs(text: string): string[] {
  const calendar = new ical.Component(ical.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ical.TimezoneService.register(zone);
  const components = calendar.getAllSubcomponents('vevent');
  const [master, ...exceptions] = components.map((component) => new ical.Event(component));
  if (!master) throw new Error('no event');
  for (const exception of exceptions) master.relateException(exception);
  const starts: string[] = [];
  const iterator = master.iterator();
  for (let next = iterator.next(); next; next = iterator.next())
    starts.push(master.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
  ical.TimezoneService.reset();
  return starts.sort();
}

let test: TestFleet;
let org: Organization;

beforeAll(async () => {
  test = await startTestFleet();
  test.clock.jumpTo(new Date('2027-01-04T00:00:00.000Z'));
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
});

const by = () => org.administrator;
/** Each act a second after the one before, so that what it sends comes after what that one sent. */
async function act(method: 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown> {
  test.clock.jumpTo(new Date(test.clock.now().getTime() + 1000));
  return await test.expectOk(by(), method, path, body);
}
async function create(fields: Record<string, unknown>) {
  const body = {
    subject: 'Quarterly “review”; costs, plans',
    resource: { kind: 'concurrency' },
    durationMinutes: 45,
    attendees: [{ kind: 'person', accountId: org.member.actor.accountId }],
    ...fields,
  };
  return meetingSchema.parse(await act('POST', '/meetings', body));
}
/** What was sent to the member, the newest last. */
async function entries() {
  const rows = await test.fleet.db
    .selectFrom('notices')
    .selectAll()
    .where('recipient', '=', org.member.login)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ template, attachments }) => ({
    template,
    text: z.array(z.object({ text: z.string() })).parse(JSON.parse(attachments))[0]?.text ?? '',
  }));
}
const lastEntry = async () => (await entries()).at(-1) ?? { template: '', text: '' };

describe('a calendar entry', () => {
  it('asks for a meeting, tells its change, and cancels it: one UID, higher SEQUENCE', async () => {
    const startAt = '2027-03-30T09:30:00.000Z';
    const { id } = await create({ startAt, timeZone: 'Europe/London', guestPassword: '4711' });
    const invited = await openInPython((await lastEntry()).text);
    expect(invited).toMatchObject({
      method: 'REQUEST',
      starts: [startAt],
      events: [{ sequence: 0, status: 'CONFIRMED', summary: 'Quarterly “review”; costs, plans' }],
    });
    expect(invited.events[0]?.attendee).toBe(`mailto:${org.member.login}`);
    await act('PATCH', `/meetings/${id}`, { startAt: '2027-03-31T10:00:00.000Z' });
    const changed = await openInPython((await lastEntry()).text);
    expect(changed).toMatchObject({
      method: 'REQUEST',
      starts: ['2027-03-31T10:00:00.000Z'],
      events: [{ sequence: 1 }],
    });
    await act('POST', `/meetings/${id}/cancel`);
    const cancelled = await openInPython((await lastEntry()).text);
    expect(cancelled).toMatchObject({ method: 'CANCEL', events: [{ sequence: 2, status: 'CANCELLED' }] });
    const uids = [invited, changed, cancelled].map(({ events }) => events[0]?.uid);
    expect(new Set(uids)).toEqual(new Set([id]));
    expect((await entries()).map(({ template }) => template)).toEqual([
      'meeting.invited',
      'meeting.changed',
      'meeting.cancelled',
    ]);
  });

  // No occurrence falls on a time that is skipped or comes twice: there readers differ (recurrence.test.ts has those).
  it.each([
    ['Asia/Shanghai', 'FREQ=WEEKLY;BYDAY=MO;COUNT=30', '2027-01-11T01:00:00.000Z'],
    ['Europe/London', 'FREQ=WEEKLY;BYDAY=SU,WE;UNTIL=20271103', '2027-01-13T02:15:00.000Z'],
    ['America/New_York', 'FREQ=DAILY;COUNT=330', '2027-01-11T08:30:00.000Z'],
    ['Australia/Sydney', 'FREQ=MONTHLY;BYDAY=1SU;COUNT=20', '2027-02-06T14:20:00.000Z'],
    ['Australia/Lord_Howe', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;COUNT=26', '2027-01-23T16:15:00.000Z'],
  ])(
    'of a series in %s has the right instants, moved and cancelled ones included',
    async (timeZone, recurrence, startAt) => {
      const { id } = await create({ startAt, timeZone, recurrence });
      const list = async () =>
        z.object({ items: z.array(occurrence) }).parse(await test.expectOk(by(), 'GET', `/meetings/${id}/occurrences`))
          .items;
      const planned = await list();
      const later = (index: number, hours: number) =>
        new Date(Date.parse(planned[index]?.startAt ?? '') + hours * 3_600_000).toISOString();
      await act('PATCH', `/meetings/${planned[3]?.id}`, { startAt: later(3, 5) });
      await act('POST', `/meetings/${planned[5]?.id}/cancel`);
      await act('POST', `/meetings/${planned[8]?.id}/cancel`);
      // What changes for all tells the whole series again, with what became of single occurrences.
      await act('PATCH', `/meetings/${id}`, { scope: 'all', description: 'Bring numbers' });
      const { text } = await lastEntry();
      const expected = (await list()).filter(({ state }) => state !== 'cancelled').map((each) => each.startAt);
      expect(expected).toHaveLength(planned.length - 2);
      expect((await openInPython(text)).starts).toEqual([...expected].sort());
      expect(openInIcalJs(text)).toEqual([...expected].sort());
    },
  );

  it('of one occurrence names the start that the rule gave it', async () => {
    const { id } = await create({
      ...{ startAt: '2027-03-21T09:00:00.000Z', timeZone: 'Europe/London', recurrence: 'FREQ=WEEKLY;COUNT=3' },
    });
    const items = z
      .object({ items: z.array(occurrence) })
      .parse(await test.expectOk(by(), 'GET', `/meetings/${id}/occurrences`)).items;
    await act('PATCH', `/meetings/${items[1]?.id}`, { startAt: '2027-03-29T12:00:00.000Z' });
    const { events } = await openInPython((await lastEntry()).text);
    expect(events).toMatchObject([{ recurrenceAt: items[1]?.startAt, start: '2027-03-29T12:00:00.000Z', sequence: 1 }]);
  });

  it('speaks the language of its reader, and is for nobody but them', async () => {
    const { accountId } = by().actor;
    await test.fleet.db
      .updateTable('accounts')
      .set({ language: 'zh-CN' })
      .where('id', '=', org.member.actor.accountId)
      .execute();
    await create({
      ...{ startAt: '2027-02-01T09:00:00.000Z', timeZone: 'Asia/Shanghai', notices: { email: true, sms: true } },
      attendees: [
        { kind: 'person', accountId: org.member.actor.accountId },
        { kind: 'person', accountId },
        { kind: 'number', phone: '+4791234567', name: 'Ola' },
      ],
    });
    const rows = await test.fleet.db.selectFrom('notices').selectAll().where('orgId', '=', org.id).execute();
    expect(rows.map(({ channel, recipient, language }) => [channel, recipient, language])).toEqual(
      expect.arrayContaining([
        ['email', org.member.login, 'zh-CN'],
        ['email', by().login, 'en'],
        ['sms', '+4791234567', 'en'],
      ]),
    );
    for (const { recipient, attachments } of rows.filter(({ channel }) => channel === 'email')) {
      expect(attachments.match(/ATTENDEE/g)).toHaveLength(1);
      expect(attachments.replaceAll('\\r\\n ', '')).toContain(`mailto:${recipient}`);
    }
  });

  it('is cancelled for who is not invited any more', async () => {
    const { id } = await create({ startAt: '2027-02-01T09:00:00.000Z', timeZone: 'UTC' });
    await act('PATCH', `/meetings/${id}`, { attendees: [] });
    expect(await lastEntry()).toMatchObject({ template: 'meeting.cancelled' });
  });
});
