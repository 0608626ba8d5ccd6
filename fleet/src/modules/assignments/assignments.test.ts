import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let roomId: string;
let tanja: Person;
let ravi: Person;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  org = await test.createOrganization('Works');
  roomId = await test.createRoom(org.administrator, 'Atlas', 10);
  tanja = await createStandard('Tanja');
  ravi = await createStandard('Ravi');
});

async function createStandard(name: string): Promise<Person> {
  const person = await test.createPerson(org.id, { name, role: 'member' });
  await test.fleet.db
    .updateTable('accounts')
    .set({ kind: 'standard' })
    .where('id', '=', person.actor.accountId)
    .execute();
  return person;
}
const assign = (accountId: AccountId | null, comingMeetings?: 'transfer' | 'cancel') =>
  test.call(org.administrator, 'POST', `/rooms/${roomId}/assign`, {
    body: { accountId, ...(comingMeetings ? { comingMeetings } : {}) },
  });
const inHours = (hours: number) => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
const book = (by: Person, hours: number, subject = 'Weekly') =>
  test.createMeeting(by, roomId, { startAt: inHours(hours), subject });
const read = (by: Person, { id }: Meeting) => test.call(by, 'GET', `/meetings/${id}`);

describe('a cloud room', () => {
  it('is held by the person that it is assigned to, and by nobody else', async () => {
    expect((await assign(tanja.actor.accountId)).body).toMatchObject({ assignee: { name: 'Tanja' } });
    expect(await book(tanja, 2)).toMatchObject({ organizerName: 'Tanja' });
    const body = { subject: 'Mine', durationMinutes: 30, timeZone: 'UTC', resource: { kind: 'room', roomId } };
    const refused = await test.call(ravi, 'POST', '/meetings', { body: { ...body, startAt: inHours(5) } });
    expect(codeOf(refused)).toBe('room_not_yours');
    const own = await test.expectOk(tanja, 'GET', '/my/rooms');
    expect(own).toMatchObject({ items: [{ id: roomId, name: 'Atlas' }] });
    expect(await test.expectOk(ravi, 'GET', '/my/rooms')).toEqual({ items: [] });
  });

  it('is planned by an administrator in the name of the cloud-room administrator', async () => {
    await assign(tanja.actor.accountId);
    expect(await book(org.administrator, 2)).toMatchObject({ organizerName: 'Tanja' });
  });

  it('is not assigned to an account of the console, nor to somebody of another organization', async () => {
    expect(codeOf(await assign(org.member.actor.accountId))).toBe('assignee_unfit');
    const elsewhere = await test.createOrganization('Elsewhere');
    expect(codeOf(await assign(elsewhere.administrator.actor.accountId))).toBe('assignee_unfit');
  });

  it('offers those to whom it can be assigned', async () => {
    const people = await test.expectOk(org.administrator, 'GET', '/assignable-people?search=RAV');
    expect(people).toEqual({ items: [{ id: ravi.actor.accountId, name: 'Ravi' }] });
  });
});

describe('a cloud room with future meetings', () => {
  let meetings: Meeting[];
  beforeEach(async () => {
    await assign(tanja.actor.accountId);
    meetings = [await book(tanja, 2, 'Design review'), await book(tanja, 26, 'Budget')];
  });

  it('is not reclaimed or reassigned without a choice, and names the meetings', async () => {
    for (const accountId of [null, ravi.actor.accountId]) {
      const refusal = problem.parse((await assign(accountId)).body);
      expect(refusal).toMatchObject({ code: 'room_has_future_meetings', values: { room: 'Atlas', count: 2 } });
      expect(refusal.detail).toContain('“Design review”');
      expect(refusal.fields?.map(({ path }) => path)).toEqual(meetings.map(({ id }) => id));
    }
    const coming = await test.expectOk(org.administrator, 'GET', `/rooms/${roomId}/coming-meetings`);
    expect(coming).toMatchObject({
      items: [{ subject: 'Design review', organizerName: 'Tanja' }, { subject: 'Budget' }],
    });
  });

  it('is reassigned with transfer: they are the new administrator’s', async () => {
    expect((await assign(ravi.actor.accountId, 'transfer')).body).toMatchObject({ assignee: { name: 'Ravi' } });
    for (const meeting of meetings) {
      expect((await read(ravi, meeting)).body).toMatchObject({ organizerName: 'Ravi', room: { id: roomId } });
      expect(codeOf(await test.call(tanja, 'POST', `/meetings/${meeting.id}/cancel`))).toBe('not_found');
    }
  });

  it('is reclaimed with transfer: they go on with the organization’s concurrency', async () => {
    expect((await assign(null, 'transfer')).body).toMatchObject({ assignee: null });
    const [first] = meetings;
    if (!first) throw new Error('two were booked');
    expect((await read(tanja, first)).body).toMatchObject({ organizerName: 'Tanja', room: null });
    // The room is free at that time.
    await assign(ravi.actor.accountId);
    await book(ravi, 2);
  });

  it('is not reclaimed with transfer when there is no concurrency', async () => {
    const poor = await test.createOrganization('Poor', [{ kind: 'room', quantity: 1, capacity: 10 }]);
    org = poor;
    roomId = await test.createRoom(poor.administrator, 'Atlas', 10);
    const host = await createStandard('Host');
    await assign(host.actor.accountId);
    await book(host, 2);
    expect(codeOf(await assign(null, 'transfer'))).toBe('concurrency_none');
  });

  it('is reclaimed with cancel: they are cancelled', async () => {
    expect((await assign(null, 'cancel')).status).toBe(200);
    for (const meeting of meetings) expect((await read(tanja, meeting)).body).toMatchObject({ state: 'cancelled' });
  });

  it('leaves a live meeting alone', async () => {
    const live = await test.createMeeting(tanja, roomId, { subject: 'Now' });
    await assign(ravi.actor.accountId, 'cancel');
    expect((await read(tanja, live)).body).toMatchObject({ organizerName: 'Tanja', state: 'live' });
  });
});
