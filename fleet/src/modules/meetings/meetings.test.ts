import { meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

const minuteMs = 60_000;

let test: TestFleet;
let org: Organization;
let roomId: string;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  roomId = await test.createRoom(org.administrator, 'Atlas', 2);
});

const inMinutes = (minutes: number) => new Date(test.clock.now().getTime() + minutes * minuteMs).toISOString();
const moveClock = (byMs: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));

function book(fields: Record<string, unknown>) {
  const body = {
    subject: 'Second',
    resource: { kind: 'room', roomId },
    durationMinutes: 30,
    timeZone: 'Asia/Shanghai',
    ...fields,
  };
  return test.call(org.administrator, 'POST', '/meetings', { body });
}
const act = (id: string, act: 'cancel' | 'end') => test.call(org.administrator, 'POST', `/meetings/${id}/${act}`);
const get = async (id: string) => meetingSchema.parse(await test.expectOk(org.administrator, 'GET', `/meetings/${id}`));
const list = (when: string) => test.expectOk(org.administrator, 'GET', `/meetings?when=${when}`);

describe('a meeting', () => {
  it('has nine digits, an organizer and an address of its own', async () => {
    const made = await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(5) });
    expect(made.number).toMatch(/^[1-9]\d{8}$/);
    expect(made.organizerName).toBe(org.administrator.actor.accountName);
    expect(made.joinUrl).toBe(`${test.fleet.ready.httpUrl}/m/${made.number}`);
    expect(made).toMatchObject({ state: 'scheduled', room: { name: 'Atlas', capacity: 2 }, hasGuestPassword: false });
  });

  it('moves from upcoming to past', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId);
    expect(await list('upcoming')).toMatchObject({ total: 1, items: [{ id, state: 'live' }] });
    moveClock(46 * minuteMs);
    expect(await list('upcoming')).toMatchObject({ total: 0 });
    expect(await list('past')).toMatchObject({ total: 1, items: [{ id, state: 'over' }] });
  });

  it('is listed by start, page by page', async () => {
    const starts = [90, 10, 50];
    for (const start of starts)
      await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(start), subject: `In ${start}` });
    const first = await test.expectOk(org.administrator, 'GET', '/meetings?limit=2');
    expect(first).toMatchObject({ total: 3, items: [{ subject: 'In 10' }, { subject: 'In 50' }] });
    const { nextCursor } = first as { nextCursor: string }; // the contract's page
    const second = await test.expectOk(org.administrator, 'GET', `/meetings?limit=2&cursor=${nextCursor}`);
    expect(second).toMatchObject({ items: [{ subject: 'In 90' }], nextCursor: null });
  });
});

describe('a cloud room', () => {
  it('holds one meeting at a time, and the refusal names the other in the asker’s time', async () => {
    await test.createMeeting(org.administrator, roomId, { subject: 'First', startAt: '2040-05-07T09:00:00.000Z' });
    const refused = await book({ startAt: '2040-05-07T09:29:00.000Z' });
    expect(codeOf(refused)).toBe('room_has_meeting');
    expect(refused.body).toMatchObject({
      detail:
        'Atlas already holds “First” from 2040-05-07 17:00 to 2040-05-07 17:30. Choose another time or cloud room.',
    });
  });

  it.each([
    ['ends when the other begins', { start: -30 }, 201],
    ['begins when the other ends', { start: 30 }, 201],
    ['overlaps at the end', { start: 29 }, 409],
    ['overlaps at the start', { start: -29 }, 409],
    ['is inside the other', { start: 10, minutes: 5 }, 409],
    ['is around the other', { start: -10, minutes: 60 }, 409],
  ])('and a booking that %s', async (_what, { start, minutes = 30 }: { start: number; minutes?: number }, status) => {
    await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(60) });
    expect((await book({ startAt: inMinutes(60 + start), durationMinutes: minutes })).status).toBe(status);
  });

  it('takes one of two bookings at the same moment', async () => {
    const startAt = inMinutes(60);
    const answers = await Promise.all([book({ startAt }), book({ startAt }), book({ startAt })]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
  });

  it('is free again after a cancellation or an end', async () => {
    const first = await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(60) });
    await act(first.id, 'cancel');
    expect((await book({ startAt: inMinutes(60) })).status).toBe(201);
    const now = await test.createMeeting(org.administrator, roomId);
    await act(now.id, 'end');
    expect((await book({})).status).toBe(201);
  });

  it('does not begin a meeting while people still sit in the one before', async () => {
    const first = await test.createMeeting(org.administrator, roomId, { durationMinutes: 10 });
    const entered = await test.expectOk(null, 'POST', `/join/${first.number}`, { name: 'Ola' });
    const { ticket } = entered as { ticket: string }; // the contract's answer
    moveClock(9 * minuteMs);
    await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
    moveClock(65_000);
    await test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
    expect((await get(first.id)).state).toBe('live');
    expect(codeOf(await book({}))).toBe('room_has_meeting');
  });
});

describe('cancelling and ending', () => {
  it('cancels what has not begun, also twice', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(60) });
    expect((await act(id, 'cancel')).body).toMatchObject({ state: 'cancelled' });
    expect((await act(id, 'cancel')).body).toMatchObject({ state: 'cancelled' });
    expect(codeOf(await act(id, 'end'))).toBe('meeting_over');
  });

  it('ends what has begun, and not again', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId);
    expect(codeOf(await act(id, 'cancel'))).toBe('meeting_begun');
    expect((await act(id, 'end')).body).toMatchObject({ state: 'over', participants: [] });
    expect(codeOf(await act(id, 'end'))).toBe('meeting_over');
  });

  it('does not end what has not begun', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId, { startAt: inMinutes(60) });
    expect(codeOf(await act(id, 'end'))).toBe('meeting_not_begun');
  });
});

describe('the door', () => {
  it('tells whoever has the number what it leads to', async () => {
    const { id, number } = await test.createMeeting(org.administrator, roomId, { guestPassword: 'open sesame' });
    const look = await test.expectOk(null, 'GET', `/join/${number}`);
    expect(look).toMatchObject({ number, subject: 'Weekly', needsPassword: true, state: 'live', roomName: '' });
    expect(JSON.stringify(look)).not.toContain(id);
  });

  it('names the space of the room’s terminal', async () => {
    const spaceId = await test.createSpace(org.administrator, 'Boardroom');
    await test.pairTerminal(org.administrator, { name: 'One', spaceId, roomId });
    const { number } = await test.createMeeting(org.administrator, roomId);
    expect(await test.expectOk(null, 'GET', `/join/${number}`)).toMatchObject({ roomName: 'Boardroom, Harbour House' });
  });

  it('is opened by the number of the cloud room too', async () => {
    const { id } = await test.createMeeting(org.administrator, roomId);
    const room = await test.expectOk(org.administrator, 'GET', `/rooms/${roomId}`);
    const { number } = room as { number: string }; // the contract's room
    expect(await test.expectOk(null, 'POST', `/join/${number}`, { name: 'Ola' })).toMatchObject({
      meeting: { meetingId: id },
    });
  });

  it('wants the password, and not too many guesses', async () => {
    const { number } = await test.createMeeting(org.administrator, roomId, { guestPassword: 'open sesame' });
    const enter = (password?: string) =>
      test.call(null, 'POST', `/join/${number}`, { body: { name: 'Ola', password } });
    expect((await enter('open sesame')).status).toBe(200);
    expect(codeOf(await enter())).toBe('guest_password_wrong');
    for (let i = 0; i < 29; i++) expect(codeOf(await enter('guess'))).toBe('guest_password_wrong');
    expect(codeOf(await enter('open sesame'))).toBe('rate_limited');
  });

  it('is closed when the meeting is over', async () => {
    const { id, number } = await test.createMeeting(org.administrator, roomId);
    await act(id, 'end');
    expect(codeOf(await test.call(null, 'POST', `/join/${number}`, { body: { name: 'Ola' } }))).toBe('meeting_over');
  });

  it('lets a whole class in at once', async () => {
    const { number } = await test.createMeeting(org.administrator, roomId);
    const looks = await Promise.all(Array.from({ length: 60 }, () => test.call(null, 'GET', `/join/${number}`)));
    expect(new Set(looks.map((look) => look.status))).toEqual(new Set([200]));
  });

  it('does not let numbers be tried out', async () => {
    for (let i = 0; i < 20; i++)
      expect(codeOf(await test.call(null, 'GET', `/join/10000000${i % 10}`))).toBe('meeting_unknown');
    expect(codeOf(await test.call(null, 'GET', '/join/100000001'))).toBe('rate_limited');
  });
});
