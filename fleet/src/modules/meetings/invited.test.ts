import { type Meeting, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { contact, department } from '@anteroom/shared/api/people.ts';
import { forecast } from '@anteroom/shared/api/resources.ts';
import { meetingId, newId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 3: attendees are people, departments, terminals, external contacts and typed numbers. */
let test: TestFleet;
let org: Organization;
/** Europe, and Sales below it with one person of its own. */
let europe: string;
let sales: string;
let seller: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  europe = await makeDepartment('Europe', null);
  sales = await makeDepartment('Sales', europe);
  seller = await createPerson('Seller');
  await place(seller, sales);
});

const by = () => org.administrator;
const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
async function makeDepartment(name: string, parentId: string | null): Promise<string> {
  return department.parse(await test.expectOk(by(), 'POST', '/departments', { name, parentId })).id;
}
const createPerson = (name: string) => test.createPerson(org.id, { name, kind: 'standard', role: 'member' });
const place = (who: Person, departmentId: string | null) =>
  test.expectOk(by(), 'PATCH', `/people/${who.actor.accountId}`, { departmentId });
async function makeContact(fields: Record<string, unknown> = {}): Promise<string> {
  const body = { name: 'Mara', company: '', phone: '+4791234567', email: 'mara@hinges.test', remark: '', ...fields };
  return contact.parse(await test.expectOk(by(), 'POST', '/contacts', body)).id;
}
async function plan(attendees: unknown[], fields: Record<string, unknown> = {}, who = by()): Promise<Meeting> {
  const body = {
    ...{ subject: 'Kick-off', resource: { kind: 'concurrency' }, startAt: inMinutes(60), durationMinutes: 30 },
    ...{ timeZone: 'UTC', attendees, notices: { email: true, sms: true }, ...fields },
  };
  return meetingSchema.parse(await test.expectOk(who, 'POST', '/meetings', body));
}
async function noticesOf(subject: string) {
  const rows = await test.fleet.db.selectFrom('notices').selectAll().where('orgId', '=', org.id).execute();
  return rows
    .filter(({ content }) => content.includes(subject))
    .map(({ template, channel, recipient }) => `${template} ${channel} ${recipient}`)
    .sort();
}
/** Without the trial meeting of a new account. */
const ownMeetings = async (who: Person) =>
  ((await test.expectOk(who, 'GET', '/my/meetings')) as { items: { id: string; resource: string }[] }).items
    .filter(({ resource }) => resource === 'concurrency')
    .map(({ id }) => id);
async function standing(who: Person, meeting: Meeting) {
  const { accountId: acc, accountName: name } = who.actor;
  const ticket = await test.fleet.services.tickets.sign({
    ...{ sub: newId('participant'), org: org.id, mtg: meetingId.parse(meeting.id), role: 'member', kind: 'person' },
    ...{ name, acc, nbf: 0, exp: 4_000_000_000 },
  });
  return await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
}

describe('a department that is invited', () => {
  it('stands for everybody in it and below it: they are told, find the meeting, and come in as invited', async () => {
    const meeting = await plan([{ kind: 'department', departmentId: europe }], {
      admissionScope: 'invited',
      subject: 'For Europe',
    });
    expect(meeting.attendees).toEqual([{ kind: 'department', id: europe, name: 'Europe' }]);
    expect(await noticesOf('For Europe')).toEqual([`meeting.invited email ${seller.login}`]);
    expect(await ownMeetings(seller)).toEqual([meeting.id]);
    expect(await ownMeetings(org.member)).toEqual([]);
    test.clock.jumpTo(new Date(meeting.startAt));
    expect(await standing(seller, meeting)).toMatchObject({ decision: 'admit' });
    expect(await standing(org.member, meeting)).toEqual({ decision: 'refuse', reason: 'invited_only' });
  });

  it('stands for the people whom it has when a notice goes out and when the meeting starts', async () => {
    const meeting = await plan([{ kind: 'department', departmentId: sales }], { admissionScope: 'invited' });
    const newcomer = await createPerson('Newcomer');
    await place(newcomer, sales);
    await place(seller, null);
    await test.expectOk(by(), 'PATCH', `/meetings/${meeting.id}`, { subject: 'Renamed' });
    expect(await noticesOf('Renamed')).toEqual([`meeting.changed email ${newcomer.login}`]);
    expect(await ownMeetings(seller)).toEqual([]);
    test.clock.jumpTo(new Date(meeting.startAt));
    expect(await standing(newcomer, meeting)).toMatchObject({ decision: 'admit' });
    expect(await standing(seller, meeting)).toEqual({ decision: 'refuse', reason: 'invited_only' });
  });

  it('does not tell somebody twice who is invited by name too', async () => {
    const person = { kind: 'person', accountId: seller.actor.accountId };
    await plan([person, { kind: 'department', departmentId: sales }, { kind: 'department', departmentId: europe }], {
      subject: 'Once only',
    });
    expect(await noticesOf('Once only')).toEqual([`meeting.invited email ${seller.login}`]);
  });

  it('counts with its people when seats are looked for', async () => {
    const organizer = await createPerson('Organizer');
    for (const who of [organizer, await createPerson('Other')]) await place(who, europe);
    const person = { kind: 'person', accountId: seller.actor.accountId };
    await plan([{ kind: 'department', departmentId: europe }, person], {}, organizer);
    const query = `resource=concurrency&startAt=${inMinutes(60)}&durationMinutes=30&parties=1`;
    const answer = forecast.parse(await test.expectOk(org.member, 'GET', `/resources/forecast?${query}`));
    // The organizer is one of the three, and nobody counts twice.
    expect(answer.wanted).toBe(1 + 3);
  });

  it('of another organization is not there', async () => {
    const other = await test.createOrganization('Other');
    const theirs = await test.expectOk(other.administrator, 'POST', '/departments', { name: 'Theirs', parentId: null });
    const departmentId = department.parse(theirs).id;
    const answer = await test.call(by(), 'POST', '/meetings', {
      body: {
        ...{ subject: 'S', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC' },
        attendees: [{ kind: 'department', departmentId }],
      },
    });
    expect(codeOf(answer)).toBe('attendee_unknown');
  });
});

describe('somebody invited who is gone since', () => {
  const change = async ({ id }: Meeting, subject: string, attendees: unknown[]) =>
    meetingSchema.parse(await test.expectOk(by(), 'PATCH', `/meetings/${id}`, { subject, attendees }));

  it('stays as invited when it is an external contact, and is left out otherwise, whatever else is changed', async () => {
    const attendees = [
      { kind: 'contact', contactId: await makeContact() },
      { kind: 'department', departmentId: sales },
    ];
    const meeting = await plan(attendees);
    await test.expectOk(by(), 'DELETE', `/contacts/${attendees[0]?.contactId}`);
    await test.expectOk(by(), 'DELETE', `/departments/${sales}`);
    const changed = await change(meeting, 'Kick-off, later', attendees);
    expect(changed.attendees).toMatchObject([{ kind: 'contact', name: 'Mara' }]);
    expect(await noticesOf('Kick-off, later')).toEqual([
      'meeting.changed email mara@hinges.test',
      'meeting.changed sms +4791234567',
    ]);
  });

  it('of an occurrence stays too, which gets a list of its own', async () => {
    const attendees = [{ kind: 'contact', contactId: await makeContact() }];
    const series = await plan(attendees, { recurrence: 'FREQ=DAILY;COUNT=3' });
    await test.expectOk(by(), 'DELETE', `/contacts/${attendees[0]?.contactId}`);
    expect((await change(series, 'Only this one', attendees)).attendees).toMatchObject([{ name: 'Mara' }]);
  });
});

describe('an external contact', () => {
  it('is told by phone and e-mail, in the organizer’s language', async () => {
    const contactId = await makeContact();
    const meeting = await plan([{ kind: 'contact', contactId }], { subject: 'With Mara' });
    expect(meeting.attendees).toEqual([{ kind: 'contact', id: contactId, name: 'Mara' }]);
    expect(await noticesOf('With Mara')).toEqual([
      'meeting.invited email mara@hinges.test',
      'meeting.invited sms +4791234567',
    ]);
  });

  it('is told at the address that it has now, and of the cancellation also when it is struck off', async () => {
    const contactId = await makeContact({ phone: null });
    const meeting = await plan([{ kind: 'contact', contactId }], { subject: 'Moving house' });
    await test.expectOk(by(), 'PATCH', `/contacts/${contactId}`, { email: 'mara@new.test' });
    await test.expectOk(by(), 'PATCH', `/meetings/${meeting.id}`, { subject: 'At the new address' });
    expect(await noticesOf('At the new address')).toEqual(['meeting.changed email mara@new.test']);
    await test.expectOk(by(), 'DELETE', `/contacts/${contactId}`);
    await test.expectOk(by(), 'POST', `/meetings/${meeting.id}/cancel`);
    expect((await noticesOf('At the new address')).filter((each) => each.startsWith('meeting.cancelled'))).toEqual([
      'meeting.cancelled email mara@hinges.test',
    ]);
  });
});
