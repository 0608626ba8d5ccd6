import { attendanceEntry, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { participantId, terminalId } from '@anteroom/shared/ids.ts';
import ical from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getDesired } from '../../link/desired.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let other: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  other = await test.createPerson(org.id, { name: 'Other', role: 'member' });
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
const moveClock = (minutes: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + minutes * 60_000));
const person = ({ actor }: Person) => ({ kind: 'person', accountId: actor.accountId });

async function plan(by: Person, fields: Record<string, unknown> = {}) {
  const body = {
    subject: 'Stand-up',
    resource: { kind: 'concurrency' },
    durationMinutes: 30,
    timeZone: 'UTC',
    ...fields,
  };
  return meetingSchema.parse(await test.expectOk(by, 'POST', '/meetings', body));
}
const subjects = z.object({ items: z.array(z.object({ subject: z.string() })) });
const mine = async (who: Person, when: string) =>
  subjects.parse(await test.expectOk(who, 'GET', `/my/meetings?when=${when}`)).items.map(({ subject }) => subject);

describe('who plans what', () => {
  it('a member meets with concurrency, not in a cloud room that is not theirs', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    expect(await plan(org.member)).toMatchObject({ resource: 'concurrency', room: null });
    const body = { subject: 'No', resource: { kind: 'room', roomId }, durationMinutes: 5, timeZone: 'UTC' };
    expect(codeOf(await test.call(org.member, 'POST', '/meetings', { body }))).toBe('room_unassigned');
    await test.fleet.db.updateTable('rooms').set({ assigneeAccountId: other.actor.accountId }).execute();
    expect(codeOf(await test.call(org.member, 'POST', '/meetings', { body }))).toBe('room_not_yours');
    expect((await test.call(other, 'POST', '/meetings', { body })).status).toBe(201);
  });

  it('an administrator plans in a cloud room in the name of its cloud-room administrator', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    await test.fleet.db.updateTable('rooms').set({ assigneeAccountId: other.actor.accountId }).execute();
    const made = await test.createMeeting(org.administrator, roomId);
    expect(made).toMatchObject({ organizerId: other.actor.accountId, organizerName: 'Other' });
  });

  it('somebody without an organization has free meetings under their personal meeting ID', async () => {
    const { db, services } = test.fleet;
    const tenant = await services.organizations.create(db, { name: '', kind: 'personal', timeZone: 'UTC' });
    const loner = await test.createPerson(tenant, { name: 'Loner', role: 'personal' });
    const made = await plan(loner, { resource: { kind: 'free' } });
    const { number } = z.object({ number: z.string() }).parse(await test.expectOk(loner, 'GET', '/my/meeting-number'));
    expect(made).toMatchObject({ number, hasPersonalNumber: true });
    const again = { subject: 'Twice', resource: { kind: 'free' }, durationMinutes: 5, timeZone: 'UTC' };
    expect(codeOf(await test.call(loner, 'POST', '/meetings', { body: again }))).toBe('personal_number_has_meeting');
    const paid = { ...again, resource: { kind: 'concurrency' } };
    expect(codeOf(await test.call(loner, 'POST', '/meetings', { body: paid }))).toBe('concurrency_not_here');
    const free = await test.call(org.member, 'POST', '/meetings', { body: again });
    expect(codeOf(free)).toBe('free_meeting_not_here');
  });

  it('a typed number is taken once, and a personal one is always the same', async () => {
    expect(await plan(org.member, { number: '418205736' })).toMatchObject({ number: '418205736' });
    const again = { subject: 'No', resource: { kind: 'concurrency' }, durationMinutes: 5, timeZone: 'UTC' };
    const taken = await test.call(org.member, 'POST', '/meetings', { body: { ...again, number: '418205736' } });
    expect(codeOf(taken)).toBe('meeting_number_taken');
    const first = await plan(other, { number: 'personal', startAt: inMinutes(60) });
    const second = await plan(other, { number: 'personal', startAt: inMinutes(120) });
    expect(second.number).toBe(first.number);
  });

  it('only the organizer and administrators of meetings change it; to others it is not there', async () => {
    const { id } = await plan(org.member, { startAt: inMinutes(60), attendees: [person(other)] });
    const change = (who: Person) => test.call(who, 'PATCH', `/meetings/${id}`, { body: { subject: 'Mine' } });
    expect(codeOf(await change(other))).toBe('meeting_not_yours');
    expect(await test.expectOk(other, 'GET', `/meetings/${id}`)).toMatchObject({ mayManage: false });
    const stranger = await test.createPerson(org.id, { name: 'Stranger', role: 'member' });
    expect(codeOf(await change(stranger))).toBe('not_found');
    expect((await change(org.administrator)).status).toBe(200);
  });

  it('extends a live meeting up to the next one of its room, and says what comes then', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    const { id, endAt, warnAt } = await test.createMeeting(org.administrator, roomId);
    await test.createMeeting(org.administrator, roomId, { subject: 'Next', startAt: inMinutes(45) });
    expect(Date.parse(endAt) - Date.parse(warnAt)).toBe(5 * 60_000);
    const extend = (minutes: number) =>
      test.call(org.administrator, 'POST', `/meetings/${id}/extend`, { body: { minutes } });
    const refused = await extend(16);
    expect(codeOf(refused)).toBe('meeting_extends_into');
    expect(refused.body).toMatchObject({ values: { subject: 'Next' } });
    expect(await extend(15)).toMatchObject({
      status: 200,
      body: { endAt: inMinutes(45), extendableUntil: inMinutes(45) },
    });
  });

  it('gives an invited terminal the meeting of the concurrency too', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'One' });
    await plan(org.member, { startAt: inMinutes(60), attendees: [{ kind: 'terminal', terminalId: terminal.id }] });
    const desired = await getDesired(test.fleet.db, terminalId.parse(terminal.id));
    expect(desired?.meetings).toMatchObject([{ subject: 'Stand-up', ticket: expect.any(String) }]);
  });
});

describe('my meetings', () => {
  it('are those that I organize and those that I am invited to', async () => {
    await plan(org.member, { subject: 'Now', attendees: [person(other)] });
    await plan(org.member, { subject: 'Later', startAt: inMinutes(60), attendees: [person(other)] });
    await plan(org.member, { subject: 'Without them', startAt: inMinutes(90) });
    expect(await mine(org.member, 'upcoming')).toEqual(['Now', 'Later', 'Without them']);
    expect(await mine(other, 'upcoming')).toEqual(['Now', 'Later']);
    expect(await mine(other, 'live')).toEqual(['Now']);
    expect(await mine(org.administrator, 'upcoming')).toEqual([]);
    moveClock(50);
    expect(await mine(other, 'past')).toEqual(['Now']);
  });

  it('are found by a part of their subject, in any case of any script', async () => {
    await plan(org.member, { subject: 'ÅRSMØTE 北京 ＡＢＣ', startAt: inMinutes(60) });
    for (const words of ['årsmøte', '北京', 'abc']) {
      const found = await test.expectOk(org.member, 'GET', `/my/meetings?search=${encodeURIComponent(words)}`);
      expect(found).toMatchObject({ total: 1 });
    }
  });

  it('have attendance, from when to when, as a file too', async () => {
    const { id, number } = await plan(org.member, { timeZone: 'Asia/Shanghai' });
    const { admission } = test.fleet.services;
    const entered = await test.expectOk(null, 'POST', `/join/${number}`, { name: '=Ola' });
    const { ticket } = z.object({ ticket: z.string() }).parse(entered);
    const admitted = await admission.admit({ ticket, certificateThumbprint: null });
    const seat = z.object({ participant: z.object({ participantId }) }).parse(admitted);
    moveClock(0.5);
    await admission.release(seat.participant.participantId);
    const answer = await test.expectOk(org.member, 'GET', `/meetings/${id}/attendance`);
    const [stay] = z.object({ items: z.array(attendanceEntry) }).parse(answer).items;
    expect(Date.parse(stay?.leftAt ?? '') - Date.parse(stay?.joinedAt ?? '')).toBe(30_000);
    const file = await test.call(org.member, 'GET', `/meetings/${id}/attendance/file`, {
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(file.headers['content-disposition']).toContain(`attendance-${number}.csv`);
    expect(file.body).toContain("'=Ola,来宾");
    const sheet = await test.call(org.member, 'GET', `/meetings/${id}/attendance/file?format=xlsx`);
    expect(sheet.headers['content-type']).toContain('spreadsheetml');
    expect(codeOf(await test.call(other, 'GET', `/meetings/${id}/attendance`))).toBe('not_found');
  });
});

describe('a calendar feed', () => {
  const read = async (url: string) => test.call(null, 'GET', new URL(url).pathname);
  const address = async (who: Person, path: string) =>
    z.object({ url: z.url() }).parse(await test.expectOk(who, 'POST', path)).url;

  it('of a person holds their meetings and series; a new address ends the old one', async () => {
    await plan(org.member, { subject: 'Once', startAt: inMinutes(60), attendees: [person(other)] });
    const series = { startAt: inMinutes(120), recurrence: 'FREQ=DAILY;COUNT=5' };
    await plan(org.member, { subject: 'Daily', ...series, attendees: [person(other)] });
    await plan(org.member, { subject: 'Private', startAt: inMinutes(240) });
    const url = await address(other, '/my/calendar-feed');
    const { body, headers } = await read(url);
    expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
    const events = new ical.Component(ical.parse(z.string().parse(body))).getAllSubcomponents('vevent');
    const shown = events.map((event) => [event.getFirstPropertyValue('summary'), event.hasProperty('rrule')]);
    expect(shown.sort()).toEqual([
      ['Daily', true],
      ['Once', false],
    ]);
    const next = await address(other, '/my/calendar-feed');
    expect((await read(url)).status).toBe(404);
    await test.expectOk(other, 'DELETE', '/my/calendar-feed');
    expect((await read(next)).status).toBe(404);
  });

  it('of a cloud room is for its administrators to give away', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(60) });
    expect(codeOf(await test.call(other, 'POST', `/rooms/${roomId}/calendar-feed`))).toBe('not_found');
    const first = await address(org.administrator, `/rooms/${roomId}/calendar-feed`);
    expect((await read(first)).body).toContain('LOCATION:Atlas');
    const second = await address(org.administrator, `/rooms/${roomId}/calendar-feed`);
    expect((await read(first)).status).toBe(404);
    await test.expectOk(org.administrator, 'DELETE', `/rooms/${roomId}/calendar-feed`);
    expect((await read(second)).status).toBe(404);
  });

  it('of a cloud room ends with the right of whoever made its address', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    const assign = (accountId: string) =>
      test.expectOk(org.administrator, 'POST', `/rooms/${roomId}/assign`, { accountId });
    const path = `/rooms/${roomId}/calendar-feed`;
    const person = (name: string) => test.createPerson(org.id, { name, kind: 'standard', role: 'member' });
    const [first, second] = [await person('First'), await person('Second')];
    await assign(first.actor.accountId);
    const ofAssignee = await address(first, path);
    expect((await read(ofAssignee)).status).toBe(200);
    await assign(second.actor.accountId);
    expect((await read(ofAssignee)).status).toBe(404);
    const keeper = await test.createPerson(org.id, { name: 'K', role: 'administrator', permissions: ['rooms'] });
    const ofAdministrator = await address(keeper, path);
    expect((await read(ofAdministrator)).status).toBe(200);
    await test.expectOk(org.administrator, 'DELETE', `/people/${keeper.actor.accountId}`);
    expect((await read(ofAdministrator)).status).toBe(404);
  });

  it('ends with the membership of its person', async () => {
    const url = await address(other, '/my/calendar-feed');
    expect((await read(url)).status).toBe(200);
    await test.expectOk(org.administrator, 'DELETE', `/people/${other.actor.accountId}`);
    expect((await read(url)).status).toBe(404);
  });
});
