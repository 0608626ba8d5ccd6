import { type Meeting, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { department } from '@anteroom/shared/api/people.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 1: what an administrator has may be given for named departments (management scope). */
let test: TestFleet;
let org: Organization;
let europe: string;
/** In Europe, in Sales below it, in Asia beside it, and in no department. */
let people: Record<'inside' | 'below' | 'outside' | 'nowhere', Person>;
let manager: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  europe = await makeDepartment('Europe', null);
  people = {
    inside: await createMember('Inside', europe),
    below: await createMember('Below', await makeDepartment('Sales', europe)),
    outside: await createMember('Outside', await makeDepartment('Asia', null)),
    nowhere: org.member,
  };
  manager = await test.createPerson(org.id, {
    ...{ name: 'Manager', role: 'administrator', permissions: ['meetings'], managedDepartments: [europe] },
  });
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
async function makeDepartment(name: string, parentId: string | null): Promise<string> {
  return department.parse(await test.expectOk(org.administrator, 'POST', '/departments', { name, parentId })).id;
}
async function createMember(name: string, departmentId: string): Promise<Person> {
  const person = await test.createPerson(org.id, { name, kind: 'standard', role: 'member' });
  await test.expectOk(org.administrator, 'PATCH', `/people/${person.actor.accountId}`, { departmentId });
  return person;
}
async function plan(by: Person, fields: Record<string, unknown> = {}): Promise<Meeting> {
  const body = {
    ...{ subject: by.actor.accountName, resource: { kind: 'concurrency' }, startAt: inMinutes(60) },
    ...{ durationMinutes: 30, timeZone: 'UTC', ...fields },
  };
  return meetingSchema.parse(await test.expectOk(by, 'POST', '/meetings', body));
}
async function listed(who: Person): Promise<string[]> {
  const { items } = await test.fleet.services.meetings.list(who.actor, { when: 'upcoming', limit: 50 });
  return items.filter(({ purpose }) => purpose === 'meeting').map(({ organizerName }) => organizerName);
}

/** Every act on one meeting, with what it sends. */
const acts: readonly [string, 'GET' | 'PATCH' | 'POST', string, object?][] = [
  ['read', 'GET', ''],
  ['changed', 'PATCH', '', { subject: 'Theirs' }],
  ['cancelled', 'POST', '/cancel'],
  ['extended', 'POST', '/extend', { minutes: 5 }],
  ['ended', 'POST', '/end'],
  ['looked through by its occurrences', 'GET', '/occurrences'],
  ['asked who came', 'GET', '/attendance'],
  ['exported', 'GET', '/attendance/file'],
];

describe('an administrator of meetings for named departments', () => {
  it('lists the meetings that people of these and of the departments below organize, and the own', async () => {
    for (const one of [...Object.values(people), manager]) await plan(one);
    expect((await listed(manager)).sort()).toEqual(['Below', 'Inside', 'Manager']);
    expect(await listed(org.administrator)).toHaveLength(5);
    expect(await test.expectOk(manager, 'GET', '/meetings?search=side')).toMatchObject({
      items: [{ organizerName: 'Inside' }],
      total: 1,
    });
  });

  it('manages a meeting as soon as its organizer comes into the department, and no longer than that', async () => {
    const { id } = await plan(people.outside);
    const { accountId } = people.outside.actor;
    const move = (departmentId: string | null) =>
      test.expectOk(org.administrator, 'PATCH', `/people/${accountId}`, { departmentId });
    await move(europe);
    expect(await test.expectOk(manager, 'GET', `/meetings/${id}`)).toMatchObject({ mayManage: true });
    await move(null);
    expect((await test.call(manager, 'GET', `/meetings/${id}`)).status).toBe(404);
  });

  it.each(acts)('finds no meeting of another department or of nobody’s, to be %s', async (_act, method, path, body) => {
    for (const by of [people.outside, people.nowhere]) {
      const { id } = await plan(by);
      const call = (who: Person) => test.call(who, method, `/meetings/${id}${path}`, body ? { body } : {});
      // The same as a member who is not invited.
      expect(codeOf(await call(people.inside))).toBe('not_found');
      expect(codeOf(await call(manager))).toBe('not_found');
    }
  });

  it('sees a meeting of another department that they are invited to, and changes it no more than a member', async () => {
    const attendees = [{ kind: 'person', accountId: manager.actor.accountId }];
    const { id } = await plan(people.outside, { attendees });
    expect(await test.expectOk(manager, 'GET', `/meetings/${id}`)).toMatchObject({ mayManage: false });
    const change = await test.call(manager, 'PATCH', `/meetings/${id}`, { body: { subject: 'Theirs' } });
    expect(codeOf(change)).toBe('meeting_not_yours');
    expect(await listed(manager)).toEqual([]);
  });

  it('changes and cancels a series of a department below', async () => {
    const { id } = await plan(people.below, { recurrence: 'FREQ=DAILY;COUNT=3' });
    const change = { scope: 'all', subject: 'Renamed' };
    expect(await test.expectOk(manager, 'PATCH', `/meetings/${id}`, change)).toMatchObject({ subject: 'Renamed' });
    await test.expectOk(manager, 'POST', `/meetings/${id}/cancel?scope=all`);
    expect(await listed(manager)).toEqual([]);
  });

  it('plans in a cloud room of somebody of these departments, and in no other, as a member would', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas');
    const resource = { kind: 'room', roomId };
    const assign = (to: Person) =>
      test.expectOk(org.administrator, 'POST', `/rooms/${roomId}/assign`, { accountId: to.actor.accountId });
    const body = { subject: 'No', resource, durationMinutes: 5, timeZone: 'UTC' };
    const codes = async () => [
      codeOf(await test.call(manager, 'POST', '/meetings', { body })),
      codeOf(
        await test.call(manager, 'POST', '/meetings/preview', {
          body: { ...body, subject: undefined, startAt: inMinutes(60), recurrence: 'FREQ=DAILY;COUNT=2' },
        }),
      ),
    ];
    const offered = async (to: Person) =>
      z
        .object({ items: z.array(z.object({ id: z.string() })), total: z.int() })
        .parse(await test.expectOk(to, 'GET', '/rooms?for=planning&search=Atlas'));
    const nothing = { items: [], total: 0 };
    expect(await codes()).toEqual(['room_unassigned', 'room_unassigned']);
    expect(await offered(manager)).toEqual(nothing);
    await assign(people.outside);
    expect(await codes()).toEqual(['room_not_yours', 'room_not_yours']);
    expect(await offered(manager)).toEqual(nothing);
    expect(await offered(org.administrator)).toEqual({ items: [{ id: roomId }], total: 1 });
    await assign(people.below);
    expect(await offered(manager)).toEqual({ items: [{ id: roomId }], total: 1 });
    expect(await plan(manager, { resource })).toMatchObject({ organizerName: 'Below', mayManage: true });
  });

  it('is told by the session which departments these are', async () => {
    expect(await test.expectOk(manager, 'GET', '/session')).toMatchObject({ managedDepartments: [europe] });
    expect(await test.expectOk(org.administrator, 'GET', '/session')).toMatchObject({ managedDepartments: null });
  });
});
