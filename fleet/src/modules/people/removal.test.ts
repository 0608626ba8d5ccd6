import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPersonalUser, linkTo } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let leaving: Person;
let heir: Person;
let invited: Person;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  org = await test.createOrganization('Works');
  leaving = await test.createPerson(org.id, { name: 'Leaving', role: 'member', kind: 'standard' });
  heir = await test.createPerson(org.id, { name: 'Heir', role: 'member', kind: 'standard' });
  invited = await test.createPerson(org.id, { name: 'Invited', role: 'member', kind: 'standard' });
});

const idOf = (person: Person) => person.actor.accountId;
const inHours = (hours: number) => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
const plan = async (fields: Record<string, unknown> = {}): Promise<Meeting> =>
  meetingSchema.parse(
    await test.expectOk(leaving, 'POST', '/meetings', {
      ...{ subject: 'Design review', resource: { kind: 'concurrency' }, startAt: inHours(2), durationMinutes: 30 },
      ...{
        timeZone: 'UTC',
        attendees: [{ kind: 'person', accountId: idOf(invited) }],
        notices: { email: true, sms: false },
      },
      ...fields,
    }),
  );
const remove = (query = '') => test.call(org.administrator, 'DELETE', `/people/${idOf(leaving)}${query}`);
const transfer = (to: Person) => `?comingMeetings=transfer&to=${idOf(to)}`;
const read = (id: string) => test.expectOk(org.administrator, 'GET', `/meetings/${id}`);
const noticesTo = async (person: Person) => {
  const sent = test.fleet.db.selectFrom('notices').select(['template', 'attachments']);
  const found = await sent.where('recipient', '=', person.login.toLowerCase()).execute();
  return new Map(found.map(({ template, attachments }) => [template, attachments]));
};

describe('somebody who organizes coming meetings', () => {
  it('is not removed without a choice, and the refusal names the meetings', async () => {
    const { id } = await plan();
    const refusal = problem.parse((await remove()).body);
    expect(refusal).toMatchObject({ code: 'person_has_future_meetings', values: { name: 'Leaving', count: 1 } });
    expect(refusal.detail).toContain('“Design review”');
    expect(refusal.fields?.map(({ path }) => path)).toEqual([id]);
    const coming = await test.expectOk(org.administrator, 'GET', `/people/${idOf(leaving)}/coming-meetings`);
    expect(coming).toMatchObject({ items: [{ id, subject: 'Design review' }] });
    expect(await test.expectOk(leaving, 'GET', '/session')).toMatchObject({ organization: { name: 'Works' } });
  });

  it('is removed with cancel: those invited get the cancellation for their calendars', async () => {
    const { id } = await plan();
    expect((await remove('?comingMeetings=cancel')).status).toBe(204);
    expect(await read(id)).toMatchObject({ state: 'cancelled' });
    expect((await noticesTo(invited)).get('meeting.cancelled')).toContain('METHOD:CANCEL');
  });

  it('is removed with transfer: the meetings are the other person’s, who learns it as those invited do', async () => {
    const { id } = await plan();
    expect((await remove(transfer(heir))).status).toBe(204);
    expect(await test.expectOk(heir, 'GET', `/meetings/${id}`)).toMatchObject({
      ...{ organizerName: 'Heir', state: 'scheduled', mayManage: true },
    });
    expect((await noticesTo(invited)).get('meeting.changed')).toContain('SEQUENCE:1');
    expect([...(await noticesTo(heir)).keys()]).toEqual(['meeting.handedOver']);
  });

  it('leaves a series whole: all that is to come goes the same way', async () => {
    const weekly = await plan({ recurrence: 'FREQ=WEEKLY;COUNT=3' });
    await remove(transfer(heir));
    const { items } = (await test.expectOk(heir, 'GET', '/my/meetings?search=Design')) as { items: Meeting[] }; // By its contract.
    expect(items.map(({ seriesId, organizerName }) => [seriesId, organizerName])).toEqual(
      Array(3).fill([weekly.seriesId, 'Heir']),
    );
  });

  it('keeps the personal meeting ID: what was to be held under it gets a number of its own', async () => {
    const personal = await plan({ number: 'personal' });
    await remove(transfer(heir));
    const after = meetingSchema.parse(await read(personal.id));
    expect(after).toMatchObject({ hasPersonalNumber: false });
    expect(after.number).not.toBe(personal.number);
    expect((await test.call(null, 'GET', `/join/${after.number}`)).body).toMatchObject({ subject: 'Design review' });
  });

  it('hands them to nobody who cannot meet, nor to themselves', async () => {
    await plan();
    const engineer = await test.createPerson(org.id, { name: 'Engineer', role: 'fieldEngineer', kind: 'standard' });
    for (const unfit of [org.member, engineer, leaving])
      expect(codeOf(await remove(transfer(unfit)))).toBe('heir_unfit');
    expect(codeOf(await remove('?comingMeetings=transfer'))).toBe('heir_unfit');
    const elsewhere = await test.createOrganization('Elsewhere');
    expect(codeOf(await remove(transfer(elsewhere.administrator)))).toBe('heir_unfit');
  });

  it('leaves a live meeting to run to its end', async () => {
    const live = await plan({ startAt: undefined, subject: 'Now' });
    expect((await remove()).status).toBe(204);
    expect(await read(live.id)).toMatchObject({ state: 'live' });
  });
});

describe('a personal user who comes to belong to an organization', () => {
  const guest = '+4790007777';
  const planFree = async (user: Person, startAt: string | undefined) =>
    meetingSchema.parse(
      await test.expectOk(user, 'POST', '/meetings', {
        ...{ subject: 'Garden', resource: { kind: 'free' }, durationMinutes: 30, timeZone: 'UTC', startAt },
        ...{ attendees: [{ kind: 'number', phone: guest, name: 'Guest' }], notices: { email: false, sms: true } },
      }),
    );
  const stateOf = async ({ id }: Meeting) =>
    await test.fleet.db.selectFrom('meetings').select('cancelledAt').where('id', '=', id).executeTakeFirstOrThrow();

  it.each([
    ['founds it', '+4790000071', (user: Person) => test.expectOk(user, 'POST', '/organization', founded)],
    ['is invited into it', '+4790000072', acceptInvitation],
  ] as const)('%s: their coming free meetings are cancelled, and those invited are told', async (_way, phone, come) => {
    const user = await createPersonalUser(test, 'Gardener', phone);
    const coming = await planFree(user, inHours(3));
    const live = await planFree(user, undefined);
    await come(user);
    expect((await stateOf(coming)).cancelledAt).not.toBeNull();
    expect((await stateOf(live)).cancelledAt).toBeNull();
    const told = test.fleet.db.selectFrom('notices').select('template').where('recipient', '=', guest);
    expect((await told.execute()).map(({ template }) => template)).toContain('meeting.cancelled');
  });
});

const founded = { name: 'Gardens', industry: 'Parks', size: '1-19', country: 'NO', timeZone: 'Europe/Oslo' };

async function acceptInvitation(user: Person): Promise<void> {
  const letter = { name: 'Gardener', recipient: user.login, language: 'en', position: '', sortNumber: 0, remark: '' };
  await test.expectOk(org.administrator, 'POST', '/invitations', { ...letter, departmentId: null });
  await test.expectOk(user, 'POST', `/letters/${await linkTo(test, user.login, 'invitation')}/accept`);
}
