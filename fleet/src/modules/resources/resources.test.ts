import { forecast, resourceSummary, seatHolder, usage } from '@anteroom/shared/api/resources.ts';
import { room } from '@anteroom/shared/api/rooms.ts';
import { meetingId, newId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async () => {
  org = await test.createOrganization('Works', [
    { kind: 'concurrency', quantity: 3 },
    { kind: 'room', quantity: 2, capacity: 10 },
  ]);
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * 60_000).toISOString();
const moveClock = (minutes: number) => test.clock.jumpTo(new Date(inMinutes(minutes)));
const get = (path: string) => test.expectOk(org.administrator, 'GET', path);

async function meet(fields: Record<string, unknown> = {}): Promise<string> {
  const body = { subject: 'Pool', resource: { kind: 'concurrency' }, durationMinutes: 60, timeZone: 'UTC', ...fields };
  const created = await test.expectOk(org.administrator, 'POST', '/meetings', body);
  return z.object({ id: z.string() }).parse(created).id;
}
async function come(meeting: string, name: string) {
  const id = newId('participant');
  const ticket = await test.fleet.services.tickets.sign({
    ...{ sub: id, org: org.id, mtg: meetingId.parse(meeting), role: 'guest', kind: 'guest', name },
    ...{ nbf: 0, exp: 4_000_000_000 },
  });
  return { id, result: await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null }) };
}

describe('concurrency', () => {
  it('is a pool that all concurrency meetings share, apart from cloud rooms', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas', 2);
    const inRoom = await test.createMeeting(org.administrator, roomId);
    const [first, second] = [await meet(), await meet()];
    for (const [meeting, name] of [
      [first, 'Ola'],
      [second, 'Kari'],
      [second, 'Per'],
    ] as const)
      expect((await come(meeting, name)).result.decision).toBe('admit');
    expect((await come(first, 'Late')).result).toMatchObject({ decision: 'hold', reason: 'pool_full' });
    expect((await come(inRoom.id, 'Roomy')).result.decision).toBe('admit');
  });

  it('is not used by cloud rooms, nor is one cloud room by another: each has seats of its own', async () => {
    const [full, other] = await Promise.all(
      ['Atlas', 'Birch'].map(async (name) =>
        test.createMeeting(org.administrator, await test.createRoom(org.administrator, name, 2)),
      ),
    );
    if (!full || !other) throw new Error('two rooms were made');
    const pool = await meet();
    for (const name of ['A', 'B']) expect((await come(full.id, name)).result.decision).toBe('admit');
    expect((await come(full.id, 'C')).result).toMatchObject({ decision: 'hold', reason: 'room_full' });
    for (const name of ['D', 'E']) expect((await come(other.id, name)).result.decision).toBe('admit');
    for (const name of ['F', 'G', 'H']) expect((await come(pool, name)).result.decision).toBe('admit');
  });

  it('says who holds it now and when it frees', async () => {
    const meeting = await meet();
    const endAt = inMinutes(60);
    await come(meeting, 'Ola');
    const holders = z
      .object({ items: z.array(seatHolder) })
      .parse(await get('/resources/holders?resource=concurrency')).items;
    expect(holders).toMatchObject([{ name: 'Ola', meeting: { id: meeting, subject: 'Pool' }, freesAt: endAt }]);
    expect(resourceSummary.parse(await get('/resources'))).toMatchObject({
      plan: 'flagship',
      concurrency: { capacity: 3, taken: 1 },
      rooms: { ordered: 2, made: 0, expired: 0 },
    });
  });
});

describe('the N+1st', () => {
  it('is told why, nobody in is dropped, and administrators see one incident until nobody waits', async () => {
    const meeting = await meet();
    const inside = await Promise.all(['A', 'B', 'C'].map((name) => come(meeting, name)));
    const late = await come(meeting, 'D');
    await come(meeting, 'E');
    expect(late.result).toMatchObject({ decision: 'hold', reason: 'pool_full' });
    const shown = z.object({ participants: z.array(z.object({ name: z.string() })) });
    const { participants } = shown.parse(await get(`/meetings/${meeting}`));
    expect(participants.map(({ name }) => name).sort()).toEqual(['A', 'B', 'C']);
    const span = () => `/resources/usage?resource=concurrency&from=${inMinutes(-60)}&to=${inMinutes(60)}&parts=2`;
    const read = async () => usage.parse(await get(span()));
    expect(await read()).toMatchObject({
      peak: 3,
      shortages: [{ resourceId: org.id, endedAt: null, turnedAway: 2, meeting: { subject: 'Pool' } }],
    });
    await test.fleet.services.shortages.closeEnded();
    expect((await read()).shortages).toMatchObject([{ endedAt: null }]);
    for (const { id } of inside) await test.fleet.services.admission.release(id);
    moveClock(1);
    await test.fleet.services.shortages.closeEnded();
    expect((await read()).shortages).toMatchObject([{ endedAt: test.clock.now().toISOString() }]);
  });

  it('is told to every administrator by e-mail, and no more than once an hour, however often it happens', async () => {
    await test.createPerson(org.id, { name: 'Second', role: 'administrator', permissions: ['billing'] });
    const fill = async (meeting: string) => {
      const inside = await Promise.all(['A', 'B', 'C'].map((name) => come(meeting, name)));
      for (const name of ['D', 'E']) await come(meeting, name);
      for (const { id } of inside) await test.fleet.services.admission.release(id);
      moveClock(1);
      await test.fleet.services.shortages.closeEnded();
    };
    const messages = async () =>
      await test.fleet.db
        .selectFrom('notices')
        .select(['channel', 'recipient', 'template', 'content'])
        .where('orgId', '=', org.id)
        .orderBy('recipient')
        .execute();
    const meeting = await meet({ durationMinutes: 180 });
    await fill(meeting);
    const content = expect.stringContaining('"meeting":"Pool","seats":3');
    const told = { channel: 'email', template: 'shortage.concurrency', content };
    const recipients = [org.administrator.login, `second@${org.id}.test`].sort();
    expect(await messages()).toEqual(recipients.map((recipient) => ({ ...told, recipient })));
    await fill(meeting);
    expect(await messages()).toHaveLength(2);
    moveClock(60);
    await fill(meeting);
    expect(await messages()).toHaveLength(4);
  });

  it('of a cloud room is told by another message', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas', 2);
    const meeting = await test.createMeeting(org.administrator, roomId, { durationMinutes: 60 });
    for (const name of ['A', 'B', 'C']) await come(meeting.id, name);
    const { template, content } = await test.fleet.db
      .selectFrom('notices')
      .select(['template', 'content'])
      .where('orgId', '=', org.id)
      .executeTakeFirstOrThrow();
    expect([template, JSON.parse(content)]).toMatchObject(['shortage.room', { seats: 2 }]);
  });
});

describe('use over time', () => {
  it('shows the most seats taken at once, beside what there was', async () => {
    const from = inMinutes(0);
    const meeting = await meet({ durationMinutes: 120 });
    const early = await come(meeting, 'Early');
    moveClock(10);
    await test.fleet.services.admission.renew([early.id]);
    const other = await come(meeting, 'Other');
    moveClock(10);
    await test.fleet.services.admission.release(early.id);
    moveClock(20);
    await test.fleet.services.admission.release(other.id);
    moveClock(20);
    const answer = usage.parse(
      await get(`/resources/usage?resource=concurrency&from=${from}&to=${inMinutes(0)}&parts=3`),
    );
    expect(answer.parts.map(({ peak }) => peak)).toEqual([2, 1, 0]);
    expect(answer).toMatchObject({ peak: 2, parts: [{ capacity: 3 }, { capacity: 3 }, { capacity: 3 }] });
  });
});

describe('a planned meeting', () => {
  const ask = async (fields: Record<string, string | number>) => {
    const planned = { resource: 'concurrency', startAt: inMinutes(60), durationMinutes: 30, parties: 2, ...fields };
    const query = Object.entries(planned).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    return forecast.parse(await test.expectOk(org.member, 'GET', `/resources/forecast?${query.join('&')}`));
  };

  it('learns of the clash that it would meet, and may be booked nevertheless', async () => {
    const attendees = [{ kind: 'person', accountId: org.member.actor.accountId }];
    const clash = await meet({ startAt: inMinutes(75), attendees, subject: 'Clash' });
    const answer = await ask({});
    expect(answer).toMatchObject({ verdict: 'tight', capacity: 3, wanted: 4, clashes: [{ id: clash, parties: 2 }] });
    expect(Date.parse(answer.tightestAt ?? '')).toBe(Date.parse(inMinutes(75)));
    expect(await ask({ startAt: inMinutes(200) })).toMatchObject({ verdict: 'fits', tightestAt: null, clashes: [] });
    await meet({ startAt: inMinutes(75), attendees });
  });

  it('of a cloud room learns which meeting holds it then, which is not its own', async () => {
    const roomId = await test.createRoom(org.administrator, 'Atlas', 4);
    const fields = { startAt: inMinutes(75), subject: 'In Atlas' };
    const held = await test.createMeeting(org.administrator, roomId, fields);
    const clashes = [{ id: held.id, subject: 'In Atlas', startAt: held.startAt, endAt: held.endAt, parties: 1 }];
    expect(await ask({ resource: roomId })).toMatchObject({ verdict: 'refused', refusal: 'room_has_meeting', clashes });
    expect(await ask({ resource: roomId, exceptMeetingId: held.id })).toMatchObject({ verdict: 'fits', clashes: [] });
    expect(await ask({ resource: roomId, startAt: inMinutes(200), parties: 5 })).toMatchObject({
      ...{ verdict: 'tight', capacity: 4, wanted: 5, clashes: [] },
    });
  });

  it('is refused without a paid order at its time, at booking already', async () => {
    const poor = await test.createOrganization('Poor', []);
    const body = { subject: 'P', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC' };
    expect(codeOf(await test.call(poor.administrator, 'POST', '/meetings', { body }))).toBe('concurrency_none');
    expect(await ask({})).toMatchObject({ verdict: 'fits', plan: 'flagship' });
    org = poor;
    expect(await ask({})).toMatchObject({ verdict: 'refused', refusal: 'concurrency_none', plan: 'free' });
  });

  it('of more than the plan allows is refused', async () => {
    expect(await ask({ parties: 501 })).toMatchObject({ verdict: 'refused', refusal: 'plan_participants' });
  });
});

describe('when a paid resource expires', () => {
  it('live meetings run to their end and new ones are refused', async () => {
    const brief = await test.createOrganization('Brief', []);
    const lines = [
      { kind: 'room', quantity: 1, capacity: 10 },
      { kind: 'concurrency', quantity: 5 },
    ] as const;
    const endAt = inMinutes(30);
    await test.fleet.services.orders.grant(test.fleet.db, { orgId: brief.id }, { plan: 'flex', lines, endAt });
    org = brief;
    const roomId = await test.createRoom(org.administrator, 'Atlas', 10);
    const live = await test.createMeeting(org.administrator, roomId, { durationMinutes: 60 });
    const [pool, unbegun] = [await meet(), await meet()];
    for (const meeting of [live.id, pool]) expect((await come(meeting, 'Ola')).result.decision).toBe('admit');
    moveClock(31);
    for (const meeting of [live.id, pool]) expect((await come(meeting, 'Kari')).result.decision).toBe('admit');
    expect((await come(unbegun, 'Per')).result).toEqual({ decision: 'refuse', reason: 'resource_expired' });

    expect(room.parse(await get(`/rooms/${roomId}`)).validUntil).toBeNull();
    const wanted = { subject: 'New', durationMinutes: 30, timeZone: 'UTC', startAt: inMinutes(120) };
    const book = (resource: object) =>
      test.call(org.administrator, 'POST', '/meetings', { body: { ...wanted, resource } });
    expect(codeOf(await book({ kind: 'room', roomId }))).toBe('room_not_valid');
    expect(codeOf(await book({ kind: 'concurrency' }))).toBe('concurrency_none');
  });
});

describe('terminal licences', () => {
  it('limit how many terminals are paired, and go to the oldest', async () => {
    const { terminals } = test.fleet.services.plans.get('flagship');
    for (let i = 0; i < terminals; i++) await test.pairTerminal(org.administrator, { name: `Terminal ${i}` });
    const { code } = await test.startPairing();
    const body = { code, name: 'One too many', spaceId: null, roomId: null };
    const refused = await test.call(org.administrator, 'POST', '/terminals', { body });
    expect(codeOf(refused)).toBe('terminal_licences_used');
  });
});
