import { type Meeting, meeting as meetingSchema, occurrence, seriesPreview } from '@anteroom/shared/api/meetings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let roomId: string;

beforeAll(async () => {
  test = await startTestFleet();
  test.clock.jumpTo(new Date('2027-03-01T08:00:00.000Z'));
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  roomId = await test.createRoom(org.administrator, 'Atlas', 5);
});

const by = () => org.administrator;
const inRoom = () => ({ kind: 'room', roomId });
const occurrences = z.object({ items: z.array(occurrence) });

/** Mondays at nine in London: the clocks change between the fourth (22 March) and the fifth (29 March). */
const weekly = (fields: Record<string, unknown> = {}) => ({
  subject: 'Review',
  resource: inRoom(),
  startAt: '2027-03-01T09:00:00.000Z',
  durationMinutes: 30,
  timeZone: 'Europe/London',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO;COUNT=6',
  ...fields,
});
const create = async (fields: Record<string, unknown> = {}): Promise<Meeting> =>
  meetingSchema.parse(await test.expectOk(by(), 'POST', '/meetings', weekly(fields)));
const list = async (id: string) =>
  occurrences.parse(await test.expectOk(by(), 'GET', `/meetings/${id}/occurrences`)).items;
const startsOf = async (id: string) =>
  (await list(id)).filter(({ state }) => state !== 'cancelled').map(({ startAt }) => startAt);
const change = (id: string, body: Record<string, unknown>) => test.call(by(), 'PATCH', `/meetings/${id}`, { body });
const cancel = (id: string, scope: string) => test.call(by(), 'POST', `/meetings/${id}/cancel?scope=${scope}`);
async function nth(id: string, index: number): Promise<string> {
  const found = (await list(id))[index];
  if (!found) throw new Error(`no occurrence ${index}`);
  return found.id;
}

const planned = [
  '2027-03-01T09:00:00.000Z',
  '2027-03-08T09:00:00.000Z',
  '2027-03-15T09:00:00.000Z',
  '2027-03-22T09:00:00.000Z',
  '2027-03-29T08:00:00.000Z',
  '2027-04-05T08:00:00.000Z',
];

describe('a recurring meeting', () => {
  it('keeps its time of day across daylight saving, and one number for all occurrences', async () => {
    const first = await create();
    expect(first.recurrence).toEqual({ rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=6', startAt: planned[0] });
    expect(await startsOf(first.id)).toEqual(planned);
    const other = await test.expectOk(by(), 'GET', `/meetings/${await nth(first.id, 4)}`);
    expect(other).toMatchObject({ number: first.number, seriesId: first.seriesId });
  });

  it('lets one occurrence be moved, and the others stay', async () => {
    const { id } = await create();
    const moved = await change(await nth(id, 4), { startAt: '2027-03-30T13:00:00.000Z', subject: 'Review, moved' });
    expect(moved).toMatchObject({ status: 200, body: { subject: 'Review, moved', endAt: '2027-03-30T13:30:00.000Z' } });
    expect(await startsOf(id)).toEqual(planned.with(4, '2027-03-30T13:00:00.000Z'));
    expect((await list(id)).map(({ isMoved }) => isMoved)).toEqual([false, false, false, false, true, false]);
  });

  it('lets one occurrence be cancelled', async () => {
    const { id } = await create();
    expect((await cancel(await nth(id, 2), 'this')).body).toMatchObject({ state: 'cancelled' });
    expect(await startsOf(id)).toEqual(planned.toSpliced(2, 1));
  });

  it('is changed from one occurrence on, with the same number, and stays as it was before it', async () => {
    const { id, number } = await create();
    const fourth = await nth(id, 3);
    const changed = await change(fourth, { scope: 'following', startAt: '2027-03-22T15:00:00.000Z', subject: 'Late' });
    expect(changed).toMatchObject({ status: 200, body: { subject: 'Late', number } });
    expect(await startsOf(id)).toEqual(planned.slice(0, 3));
    const following = ['2027-03-22T15:00:00.000Z', '2027-03-29T14:00:00.000Z', '2027-04-05T14:00:00.000Z'];
    expect(await startsOf(fourth)).toEqual(following);
    expect(await test.expectOk(by(), 'GET', `/meetings/${id}`)).toMatchObject({ subject: 'Review' });
  });

  it('is changed as a whole: what was moved or cancelled follows the new rule again', async () => {
    const { id } = await create();
    await change(await nth(id, 1), { startAt: '2027-03-09T09:00:00.000Z' });
    await cancel(await nth(id, 2), 'this');
    const rule = { scope: 'all', startAt: '2027-03-02T10:00:00.000Z', recurrence: 'FREQ=WEEKLY;BYDAY=TU;COUNT=3' };
    expect((await change(id, rule)).status).toBe(200);
    const tuesdays = ['2027-03-02T10:00:00.000Z', '2027-03-09T10:00:00.000Z', '2027-03-16T10:00:00.000Z'];
    expect(await startsOf(id)).toEqual(tuesdays);
  });

  it('keeps what was moved when only its words change', async () => {
    const { id } = await create();
    await change(await nth(id, 1), { startAt: '2027-03-09T09:00:00.000Z' });
    await change(id, { scope: 'all', subject: 'Renamed' });
    expect(await startsOf(id)).toEqual(planned.with(1, '2027-03-09T09:00:00.000Z'));
    expect(await test.expectOk(by(), 'GET', `/meetings/${await nth(id, 1)}`)).toMatchObject({ subject: 'Renamed' });
  });

  it('is cancelled from one occurrence on, and as a whole', async () => {
    const { id } = await create();
    await cancel(await nth(id, 4), 'following');
    expect(await startsOf(id)).toEqual(planned.slice(0, 4));
    await cancel(id, 'all');
    expect(await startsOf(id)).toEqual([]);
  });

  it.each([
    ['501 occurrences', { recurrence: 'FREQ=DAILY;COUNT=501' }, 'series_rule_invalid'],
    ['no occurrence', { recurrence: 'FREQ=DAILY;UNTIL=20270101' }, 'series_rule_invalid'],
    ['days that fill their days', { recurrence: 'FREQ=DAILY;COUNT=3', durationMinutes: 1440 }, null],
    ['no start', { startAt: undefined }, 'series_needs_start'],
    ['a rule without an end', { recurrence: 'FREQ=DAILY' }, 'request_invalid'],
    ['a start in the past', { startAt: '2027-02-01T09:00:00.000Z' }, 'meeting_time_invalid'],
  ])('with %s', async (_what, fields, code) => {
    const answer = await test.call(by(), 'POST', '/meetings', { body: weekly(fields) });
    if (code === null) expect(answer.status).toBe(201);
    else expect(codeOf(answer)).toBe(code);
  });

  it('has no occurrence that begins before the one before it ends', async () => {
    const body = weekly({ recurrence: 'FREQ=DAILY;COUNT=40', timeZone: 'Europe/London', durationMinutes: 1440 });
    // The day of the change has 23 hours.
    expect(codeOf(await test.call(by(), 'POST', '/meetings', { body }))).toBe('series_overlaps_itself');
  });

  it('names the occurrence that meets another meeting, and that meeting', async () => {
    await test.createMeeting(by(), roomId, { subject: 'Board', startAt: '2027-03-29T08:15:00.000Z' });
    const refused = await test.call(by(), 'POST', '/meetings', { body: weekly() });
    expect(codeOf(refused)).toBe('occurrence_has_conflict');
    expect(refused.body).toMatchObject({
      values: { count: 1, occurrence: '2027-03-29 09:00', subject: 'Board', start: '2027-03-29 09:15' },
    });
    const { resource, startAt, durationMinutes, timeZone, recurrence } = weekly();
    const body = { resource, startAt, durationMinutes, timeZone, recurrence, number: 'generated' };
    const preview = seriesPreview.parse(await test.expectOk(by(), 'POST', '/meetings/preview', body));
    expect(preview.occurrences.map((each) => each.startAt)).toEqual(planned);
    expect(preview.occurrences.map((each) => each.conflict?.subject)).toEqual(
      planned.map((_, i) => (i === 4 ? 'Board' : undefined)),
    );
  });

  it('keeps the room busy for each of its occurrences', async () => {
    await create();
    const body = weekly({ recurrence: undefined, startAt: '2027-04-05T08:00:00.000Z' });
    expect(codeOf(await test.call(by(), 'POST', '/meetings', { body }))).toBe('room_has_meeting');
  });

  it('leads to the occurrence at hand by its number', async () => {
    const { number } = await create();
    expect(await test.expectOk(null, 'GET', `/join/${number}`)).toMatchObject({ startAt: planned[0] });
  });
});
