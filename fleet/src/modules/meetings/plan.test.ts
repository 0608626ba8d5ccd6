import { type Meeting, meeting as meetingSchema, seriesPreview } from '@anteroom/shared/api/meetings.ts';
import { problem } from '@anteroom/shared/errors/problem.ts';
import type { OrganizationId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPersonalUser } from '../../testing/route-calls/people.ts';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 2: a plan's maximum participants and minutes, and resources with a start and an end, hold for every booking. */
let test: TestFleet;
let org: Organization;
let personal: Person;
let count = 0;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`, []);
  count += 1;
  personal = await createPersonalUser(test, 'Pia', `+479000000${count}`);
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
const weeks = (number: number) => number * 7 * 24 * 60;
const grantFor = (minutes: number, to: OrganizationId = org.id) =>
  test.fleet.services.orders.grant(
    test.fleet.db,
    { orgId: to },
    {
      plan: 'flex',
      lines: [
        { kind: 'concurrency', quantity: 5 },
        { kind: 'room', quantity: 1, capacity: 5 },
      ],
      endAt: inMinutes(minutes),
    },
  );
const body = (fields: Record<string, unknown> = {}) => ({
  ...{ subject: 'Planned', resource: { kind: 'concurrency' }, startAt: inMinutes(60), durationMinutes: 30 },
  ...{ timeZone: 'UTC', ...fields },
});
const book = (who: Person, fields: Record<string, unknown> = {}) =>
  test.call(who, 'POST', '/meetings', { body: body(fields) });
const plan = async (who: Person, fields: Record<string, unknown> = {}): Promise<Meeting> =>
  meetingSchema.parse(await test.expectOk(who, 'POST', '/meetings', body(fields)));
const change = (who: Person, { id }: Meeting, fields: Record<string, unknown>) =>
  test.call(who, 'PATCH', `/meetings/${id}`, { body: fields });
const free = { resource: { kind: 'free' }, number: 'personal' };

describe('a series', () => {
  it('is refused when no paid order covers one of its occurrences, and says which', async () => {
    await grantFor(weeks(2));
    const refused = await book(org.administrator, { recurrence: 'FREQ=WEEKLY;COUNT=4' });
    expect(codeOf(refused)).toBe('occurrence_not_in_plan');
    const first = inMinutes(60 + weeks(2))
      .slice(0, 16)
      .replace('T', ' ');
    expect(problem.parse(refused.body).detail).toContain(`2 occurrences, the first on ${first},`);
    expect((await book(org.administrator, { recurrence: 'FREQ=WEEKLY;COUNT=2' })).status).toBe(201);
  });

  it('shows in its preview what no order covers', async () => {
    await grantFor(weeks(2));
    const { subject: _subject, ...wanted } = body({ number: 'generated', recurrence: 'FREQ=WEEKLY;COUNT=3' });
    const preview = await test.expectOk(org.administrator, 'POST', '/meetings/preview', wanted);
    expect(seriesPreview.parse(preview).occurrences.map(({ refusal }) => refusal)).toEqual([
      ...[null, null, 'concurrency_none'],
    ]);
  });

  it('is not made longer than what was ordered', async () => {
    await grantFor(weeks(2));
    const series = await plan(org.administrator, { recurrence: 'FREQ=WEEKLY;COUNT=2' });
    const longer = { scope: 'all', recurrence: 'FREQ=WEEKLY;COUNT=4' };
    expect(codeOf(await change(org.administrator, series, longer))).toBe('occurrence_not_in_plan');
  });
});

describe('a change', () => {
  it('is not made to a time that no paid order covers, in a cloud room neither', async () => {
    await grantFor(weeks(1));
    const roomId = await test.createRoom(org.administrator, 'Atlas', 5);
    const late = { startAt: inMinutes(weeks(2)) };
    const pool = await plan(org.administrator);
    expect(codeOf(await change(org.administrator, pool, late))).toBe('concurrency_none');
    const inRoom = await plan(org.administrator, { resource: { kind: 'room', roomId } });
    expect(codeOf(await change(org.administrator, inRoom, late))).toBe('room_not_valid');
  });

  it('of the words alone asks no plan', async () => {
    await grantFor(59);
    const meeting = await plan(org.administrator, { startAt: inMinutes(10) });
    await test.fleet.db.updateTable('orders').set({ state: 'cancelled' }).where('orgId', '=', org.id).execute();
    expect((await change(org.administrator, meeting, { subject: 'Other words' })).status).toBe(200);
  });
});

describe('a meeting of the free plan', () => {
  const { maxMinutes, maxParticipants } = { maxMinutes: 45, maxParticipants: 25 };

  it('is not planned, changed or extended past the minutes of the plan', async () => {
    expect(codeOf(await book(personal, { ...free, durationMinutes: maxMinutes + 1 }))).toBe('plan_minutes');
    const meeting = await plan(personal, { ...free, durationMinutes: 40 });
    expect(codeOf(await change(personal, meeting, { durationMinutes: 50 }))).toBe('plan_minutes');
    test.clock.jumpTo(new Date(meeting.startAt));
    const extend = (minutes: number) =>
      test.call(personal, 'POST', `/meetings/${meeting.id}/extend`, { body: { minutes } });
    expect(codeOf(await extend(6))).toBe('plan_minutes');
    expect((await extend(5)).status).toBe(200);
  });

  it.each([
    ['recorded', { isRecordedAutomatically: true }, 'plan_recording'],
    ['shown with a watermark', { hasWatermark: true }, 'plan_watermark'],
  ])('is not %s, which the plan does not have: neither planned so nor changed to it', async (_how, options, code) => {
    expect(codeOf(await book(personal, { ...free, options }))).toBe(code);
    expect(codeOf(await book(personal, { ...free, options, recurrence: 'FREQ=DAILY;COUNT=2' }))).toBe(code);
    const meeting = await plan(personal, { ...free, waitingRoom: 'everyone' });
    const all = { ...meeting.options, ...options };
    expect(codeOf(await change(personal, meeting, { options: all }))).toBe(code);
    const series = await plan(personal, { ...free, startAt: inMinutes(240), recurrence: 'FREQ=DAILY;COUNT=2' });
    expect(codeOf(await change(personal, series, { options: all, scope: 'all' }))).toBe(code);
  });

  it('does not invite more than the plan’s participants', async () => {
    const attendees = Array.from({ length: maxParticipants }, (_, index) => ({
      ...{ kind: 'number', phone: `+47910000${10 + index}`, name: '' },
    }));
    expect(codeOf(await book(personal, { ...free, attendees }))).toBe('plan_participants');
    const meeting = await plan(personal, { ...free, attendees: attendees.slice(1) });
    expect(codeOf(await change(personal, meeting, { attendees }))).toBe('plan_participants');
  });

  it('ends for everybody when the plan’s minutes are used, without time to finish', async () => {
    const { startAt: _now, ...now } = body({ ...free, durationMinutes: 40 });
    const meeting = meetingSchema.parse(await test.expectOk(personal, 'POST', '/meetings', now));
    const { ticket } = (await test.expectOk(null, 'POST', `/join/${meeting.number}`, { name: 'Ola' })) as {
      ticket: string; // the contract's answer
    };
    const come = () => test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
    expect(await come()).toMatchObject({ decision: 'admit' });
    test.clock.jumpTo(new Date(Date.parse(meeting.startAt) + (maxMinutes - 1) * 60_000));
    expect(await come()).toMatchObject({ decision: 'admit' });
    expect(await test.fleet.services.meetings.closeOver()).toEqual([]);
    test.clock.jumpTo(new Date(Date.parse(meeting.startAt) + maxMinutes * 60_000));
    expect(await test.fleet.services.meetings.closeOver()).toEqual([meeting.id]);
    expect((await come()).decision).toBe('refuse');
  });

  it('that is full is told to the personal user whose it is, once', async () => {
    const { startAt: _now, ...now } = body({ ...free, durationMinutes: 40 });
    const meeting = meetingSchema.parse(await test.expectOk(personal, 'POST', '/meetings', now));
    const come = async (name: string) => {
      const { ticket } = (await test.expectOk(null, 'POST', `/join/${meeting.number}`, { name })) as {
        ticket: string; // the contract's answer
      };
      return await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
    };
    for (let seat = 1; seat <= maxParticipants; seat++)
      expect(await come(`Guest ${seat}`)).toMatchObject({ decision: 'admit' });
    const told = () =>
      test.fleet.db
        .selectFrom('notices')
        .select(['channel', 'recipient', 'content'])
        .where('template', '=', 'shortage.personal')
        .where('orgId', '=', personal.actor.orgId)
        .execute();
    expect(await told()).toEqual([]);
    for (const late of ['Late', 'Later']) expect(await come(late)).toMatchObject({ reason: 'meeting_full' });
    expect(await told()).toEqual([
      { channel: 'sms', recipient: personal.login, content: expect.stringContaining('"meeting":"Planned","seats":25') },
    ]);
  });
});
