import { type Meeting, meetingDoor, meeting as meetingSchema } from '@anteroom/shared/api/meetings.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

/** domain.md 3: every join goes through one admission decision; the guest password (来宾密码) is for guests. */
let test: TestFleet;
let org: Organization;
let roomId: string;
let member: Person;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  roomId = await test.createRoom(org.administrator, 'Atlas', 5);
  member = await test.createPerson(org.id, { name: 'Kari', kind: 'standard', role: 'member' });
});

const minuteMs = 60_000;
const look = async (who: Person | null, { number }: Meeting) =>
  meetingDoor.parse(await test.expectOk(who, 'GET', `/join/${number}`));
const enter = (who: Person | null, { number }: Meeting, body: object = {}) =>
  test.call(who, 'POST', `/join/${number}`, { body: { name: 'Ola', ...body } });
async function ticketOf(who: Person | null, meeting: Meeting, body: object = {}): Promise<string> {
  const answer = await enter(who, meeting, body);
  expect(answer.status).toBe(200);
  return z.object({ ticket: z.string() }).parse(answer.body).ticket;
}
const admit = (ticket: string) => test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
async function plan(who: Person, fields: Record<string, unknown> = {}): Promise<Meeting> {
  const body = { subject: 'Own', resource: { kind: 'concurrency' }, durationMinutes: 30, timeZone: 'UTC', ...fields };
  return meetingSchema.parse(await test.expectOk(who, 'POST', '/meetings', body));
}

describe('whoever is signed in', () => {
  it('goes in with their account: its name, no password, and as host of what they organize', async () => {
    const meeting = await plan(member, { guestPassword: '4711', admissionScope: 'organization' });
    expect(await look(member, meeting)).toMatchObject({ visitor: { name: 'Kari' }, needsPassword: false });
    const ticket = await ticketOf(member, meeting);
    expect(await test.fleet.services.tickets.read(ticket)).toMatchObject({ acc: member.actor.accountId });
    expect(await admit(ticket)).toMatchObject({
      ...{ decision: 'admit', participant: { name: 'Kari', kind: 'person', role: 'host' } },
    });
    const colleague = await test.createPerson(org.id, { name: 'Per', kind: 'standard', role: 'member' });
    expect(await admit(await ticketOf(colleague, meeting))).toMatchObject({
      participant: { name: 'Per', kind: 'person', role: 'member' },
    });
  });

  it('needs the guest password of another organization, whose guest they are', async () => {
    const other = await test.createOrganization('Other');
    const theirs = await test.createRoom(other.administrator, 'Birch', 5);
    const meeting = await test.createMeeting(other.administrator, theirs, { guestPassword: '4711' });
    expect(await look(member, meeting)).toMatchObject({ visitor: { name: 'Kari' }, needsPassword: true });
    expect(codeOf(await enter(member, meeting))).toBe('guest_password_wrong');
    const ticket = await ticketOf(member, meeting, { password: '4711' });
    expect(await admit(ticket)).toMatchObject({ participant: { name: 'Kari', kind: 'person', role: 'guest' } });
  });

  it('with an administrator’s account for the console is a guest', async () => {
    const meeting = await plan(member, { guestPassword: '4711' });
    expect(await look(org.administrator, meeting)).toMatchObject({ visitor: null, needsPassword: true });
  });
});

describe('a meeting that nobody may join before its host', () => {
  it('has everybody else wait at the door until somebody is in', async () => {
    const options = { canJoinBeforeHost: false };
    const meeting = await plan(member, { options });
    const colleague = await test.createPerson(org.id, { name: 'Per', kind: 'standard', role: 'member' });
    expect(await look(null, meeting)).toMatchObject({ waitsForHost: true });
    expect(await look(colleague, meeting)).toMatchObject({ waitsForHost: true });
    expect(await look(member, meeting)).toMatchObject({ waitsForHost: false });
    expect(await admit(await ticketOf(member, meeting))).toMatchObject({ decision: 'admit' });
    expect(await look(null, meeting)).toMatchObject({ waitsForHost: false });
    expect(await look(null, await plan(member))).toMatchObject({ waitsForHost: false });
  });
});

describe('the guest password of a cloud room', () => {
  it('counts for each of its meetings that has none of its own, and at the room’s own number', async () => {
    await test.expectOk(org.administrator, 'PATCH', `/rooms/${roomId}`, { guestPassword: '246810' });
    const meeting = await test.createMeeting(org.administrator, roomId);
    expect(meeting).toMatchObject({ guestPassword: null, entryPassword: '246810', hasGuestPassword: true });
    expect(await look(null, meeting)).toMatchObject({ needsPassword: true });
    expect(codeOf(await enter(null, meeting))).toBe('guest_password_wrong');
    const ticket = await ticketOf(null, meeting, { password: '246810' });
    expect(await admit(ticket)).toMatchObject({ decision: 'admit' });
    const { number } = z
      .object({ number: z.string() })
      .parse(await test.expectOk(org.administrator, 'GET', `/rooms/${roomId}`));
    expect(codeOf(await enter(null, { ...meeting, number }))).toBe('guest_password_wrong');
  });

  it('gives way to the meeting’s own', async () => {
    await test.expectOk(org.administrator, 'PATCH', `/rooms/${roomId}`, { guestPassword: '246810' });
    const meeting = await test.createMeeting(org.administrator, roomId, { guestPassword: 'open sesame' });
    expect(codeOf(await enter(null, meeting, { password: '246810' }))).toBe('guest_password_wrong');
    expect((await enter(null, meeting, { password: 'open sesame' })).status).toBe(200);
  });

  it('makes tickets of before useless when it changes', async () => {
    await test.expectOk(org.administrator, 'PATCH', `/rooms/${roomId}`, { guestPassword: '246810' });
    const meeting = await test.createMeeting(org.administrator, roomId);
    const ticket = await ticketOf(null, meeting, { password: '246810' });
    await test.expectOk(org.administrator, 'PATCH', `/rooms/${roomId}`, { guestPassword: '135791' });
    expect(await admit(ticket)).toEqual({ decision: 'refuse', reason: 'password_required' });
  });
});

describe('a ticket', () => {
  it('of a meeting that is extended is good to the new end and the time to finish after it', async () => {
    const meeting = await test.createMeeting(org.administrator, roomId);
    const ticket = await ticketOf(null, meeting);
    expect(await admit(ticket)).toMatchObject({ decision: 'admit' });
    await test.expectOk(org.administrator, 'POST', `/meetings/${meeting.id}/extend`, { minutes: 60 });
    const toAfterEnd = (minutes: number) => test.clock.jumpTo(new Date(Date.parse(meeting.endAt) + minutes * minuteMs));
    toAfterEnd(16);
    expect(await admit(ticket)).toMatchObject({ decision: 'admit' });
    toAfterEnd(60 + 14);
    expect(await admit(ticket)).toMatchObject({ decision: 'admit' });
    toAfterEnd(60 + 15);
    expect(await admit(ticket)).toEqual({ decision: 'refuse', reason: 'meeting_ended' });
  });
});

describe('what an attempt would come to', () => {
  const ask = async (who: Person | null, { number }: Meeting, body: object = {}) =>
    test.call(who, 'POST', `/join/${number}/outlook`, { body });

  it('is told as admission would decide, and takes no seat', async () => {
    const meeting = await test.createMeeting(org.administrator, roomId);
    expect((await ask(null, meeting)).body).toEqual({ outcome: 'open' });
    for (let each = 0; each < 5; each++) await admit(await ticketOf(null, meeting));
    expect((await ask(null, meeting)).body).toEqual({ outcome: 'held', reason: 'room_full' });
  });

  it('knocks at no waiting room', async () => {
    const meeting = await plan(member, { waitingRoom: 'everyone' });
    await admit(await ticketOf(member, meeting));
    expect((await ask(null, meeting)).body).toEqual({ outcome: 'held', reason: 'waiting_room' });
    const { waiting } = test.fleet.services;
    expect(await waiting.list({ orgId: org.id }, meeting.id)).toEqual([]);
  });

  it('tells a locked meeting, and somebody who was removed, each of them', async () => {
    const meeting = await plan(member);
    const ref = { orgId: org.id, meetingId: meeting.id };
    await test.fleet.services.hosting.save(ref, { isLocked: true, state: null });
    expect((await ask(null, meeting)).body).toEqual({ outcome: 'refused', reason: 'meeting_locked' });
    const colleague = await test.createPerson(org.id, { name: 'Per', kind: 'standard', role: 'member' });
    await test.fleet.services.hosting.remove(ref, colleague.actor.accountId);
    expect((await ask(colleague, meeting)).body).toEqual({ outcome: 'refused', reason: 'removed' });
    expect((await ask(member, meeting)).body).toEqual({ outcome: 'open' });
  });

  it('is told to nobody who could not make the attempt', async () => {
    const meeting = await plan(member, { guestPassword: '4711' });
    expect(codeOf(await ask(null, meeting))).toBe('guest_password_wrong');
    expect((await ask(null, meeting, { password: '4711' })).body).toEqual({ outcome: 'open' });
    expect(codeOf(await ask(null, { ...meeting, number: '100000001' }))).toBe('meeting_unknown');
  });
});
