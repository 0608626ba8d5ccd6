import { type Meeting, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { resourceSummary } from '@anteroom/shared/api/resources.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 3, "Create": every field that somebody chooses is kept, shown, changed, and within its limits. */
let test: TestFleet;
let org: Organization;
let kari: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  kari = await test.createPerson(org.id, { name: 'Kari', kind: 'standard', role: 'member' });
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
const body = (fields: Record<string, unknown> = {}) => ({
  ...{ subject: 'Planned', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC', ...fields },
});
const plan = async (fields: Record<string, unknown> = {}): Promise<Meeting> =>
  meetingSchema.parse(await test.expectOk(kari, 'POST', '/meetings', body(fields)));
const countNotices = async (channel: 'email' | 'sms') =>
  (
    await test.fleet.db
      .selectFrom('notices')
      .select('id')
      .where('orgId', '=', org.id)
      .where('channel', '=', channel)
      .execute()
  ).length;

const chosen = {
  ...{ subject: 'Budget', description: 'd'.repeat(200), media: 'voice', timeZone: 'Asia/Shanghai' },
  ...{ admissionScope: 'organization', waitingRoom: 'outsiders', guestPassword: 'open sesame' },
  notices: { email: false, sms: true },
  options: {
    ...{ isMutedOnEntry: true, canJoinBeforeHost: false, canUnmute: false, canShare: false, hasWatermark: true },
    ...{ isRecordedAutomatically: true, endsAutomatically: true },
  },
};

describe('what people choose of a meeting', () => {
  it('is all kept and shown', async () => {
    expect(await plan({ ...chosen, startAt: inMinutes(60) })).toMatchObject(chosen);
  });

  it('is all changed in one go', async () => {
    const { id } = await plan({ startAt: inMinutes(60) });
    expect(await test.expectOk(kari, 'PATCH', `/meetings/${id}`, chosen)).toMatchObject(chosen);
  });

  it.each([
    ['a description of 201 characters', { description: 'd'.repeat(201) }],
    ['a time zone that does not exist', { timeZone: 'Europe/Atlantis' }],
    ['a password with a line break', { guestPassword: 'open\nsesame' }],
    ['a number that begins with 0', { number: '012345678' }],
    ['two resources at once', { resource: { kind: 'concurrency', roomId: `room_${'0'.repeat(32)}` } }],
  ])('is refused with %s', async (_what, fields) => {
    expect(codeOf(await test.call(kari, 'POST', '/meetings', { body: body(fields) }))).toBe('request_invalid');
  });

  it('goes out by the ways that were chosen, and by no other', async () => {
    const attendees = [{ kind: 'number', phone: '+4791234567', name: '' }];
    const byName = { kind: 'person', accountId: org.member.actor.accountId };
    const [mail, texts] = [await countNotices('email'), await countNotices('sms')];
    await plan({ startAt: inMinutes(60), attendees: [...attendees, byName], notices: { email: false, sms: false } });
    expect([await countNotices('email'), await countNotices('sms')]).toEqual([mail, texts]);
    await plan({ startAt: inMinutes(60), attendees: [...attendees, byName], notices: { email: true, sms: true } });
    expect([await countNotices('email'), await countNotices('sms')]).toEqual([mail + 1, texts + 1]);
  });

  it('says when its people are to be warned: five minutes before the end', async () => {
    const { endAt, warnAt } = await plan();
    expect(Date.parse(endAt) - Date.parse(warnAt)).toBe(5 * 60_000);
  });
});

describe('a meeting number', () => {
  it('has nine digits, and the next one does not follow from it', async () => {
    const numbers: number[] = [];
    for (let i = 0; i < 12; i++) numbers.push(Number((await plan({ startAt: inMinutes(60) })).number));
    expect(numbers.every((number) => number >= 100_000_000 && number <= 999_999_999)).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
    const steps = numbers.slice(1).map((number, index) => Math.abs(number - (numbers[index] ?? 0)));
    expect(Math.min(...steps)).toBeGreaterThan(12);
  });

  it('that is personal draws on the organization’s concurrency for a member', async () => {
    const meeting = await plan({ number: 'personal' });
    expect(meeting).toMatchObject({ hasPersonalNumber: true, resource: 'concurrency' });
    const { number } = z.object({ number: z.string() }).parse(await test.expectOk(kari, 'GET', '/my/meeting-number'));
    expect(meeting.number).toBe(number);
    const { ticket } = z
      .object({ ticket: z.string() })
      .parse(await test.expectOk(null, 'POST', `/join/${number}`, { name: 'Ola' }));
    await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
    const summary = resourceSummary.parse(await test.expectOk(org.administrator, 'GET', '/resources'));
    expect(summary.concurrency.taken).toBe(1);
  });
});
