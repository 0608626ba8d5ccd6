import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meetingId, organizationId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MeetingRef } from '../../signalling/ports.ts';
import { type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let roomId: string;
let meeting: Meeting;
let ref: MeetingRef;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Hosts-${task.id}`);
  roomId = await test.createRoom(org.administrator, 'Atlas', 3);
  meeting = await test.createMeeting(org.administrator, roomId);
  ref = { meetingId: meetingId.parse(meeting.id), orgId: organizationId.parse(org.administrator.actor.orgId) };
});

const hosting = () => test.fleet.services.hosting;
const admit = (ticket: string) => test.fleet.services.admission.admit({ ticket, certificateThumbprint: null });
async function ticketOf(by: Person | null, name = 'Ola'): Promise<string> {
  const answer = await test.expectOk(by, 'POST', `/join/${meeting.number}`, { name });
  return (answer as { ticket: string }).ticket; // the contract's answer
}

describe('a lock', () => {
  it('is asked by admission, and what hosts decided comes back with whoever enters', async () => {
    const before = await ticketOf(null);
    await hosting().save(ref, { isLocked: true, state: { one: 1 } });
    expect(await admit(before)).toEqual({ decision: 'refuse', reason: 'meeting_locked' });
    await hosting().save(ref, { isLocked: false, state: { two: 2 } });
    expect(await admit(before)).toMatchObject({ decision: 'admit', meeting: { saved: { two: 2 } } });
  });

  it('lets back in whoever is in already', async () => {
    const ticket = await ticketOf(null);
    await admit(ticket);
    await hosting().save(ref, { isLocked: true, state: {} });
    expect(await admit(ticket)).toMatchObject({ decision: 'admit' });
  });
});

describe('a removal', () => {
  it('holds for every ticket of the account, and ends when they are called again', async () => {
    const member = await test.createPerson(org.id, { name: 'Kari', kind: 'standard', role: 'member' });
    const first = await admit(await ticketOf(member));
    if (first.decision !== 'admit') throw new Error(first.decision);
    const { holder, participantId } = first.participant;
    expect(holder).toBe(member.actor.accountId);
    await hosting().remove(ref, holder);
    await hosting().remove(ref, holder);
    await test.fleet.services.admission.release(participantId);
    expect(await admit(await ticketOf(member))).toEqual({ decision: 'refuse', reason: 'removed' });
    const callees = [{ kind: 'person', accountId: member.actor.accountId }];
    await test.expectOk(org.administrator, 'POST', `/meetings/${meeting.id}/rings`, { callees });
    expect(await admit(await ticketOf(member))).toMatchObject({ decision: 'admit' });
  });

  it('of a guest holds for the ticket', async () => {
    const ticket = await ticketOf(null);
    const first = await admit(ticket);
    if (first.decision !== 'admit') throw new Error(first.decision);
    await hosting().remove(ref, first.participant.holder);
    expect(await admit(ticket)).toEqual({ decision: 'refuse', reason: 'removed' });
  });
});

it('begins with the options of the meeting: muted on entry, who may unmute, who may share, watermark', async () => {
  const options = { isMutedOnEntry: true, canUnmute: false, canShare: false, hasWatermark: true };
  meeting = await test.createMeeting(org.administrator, await test.createRoom(org.administrator, 'Birch', 3), {
    options,
  });
  const entered = await admit(await ticketOf(null));
  expect(entered).toMatchObject({
    meeting: { controls: { ...options, isLocked: false, spotlight: null }, saved: null },
  });
});

describe('a host in the meeting, whoever they are,', () => {
  it('extends it, and is told when another meeting follows', async () => {
    await admit(await ticketOf(null));
    const endAt = await hosting().extend(ref, 15, null);
    expect(endAt).toBe(new Date(Date.parse(meeting.endAt) + 15 * 60_000).toISOString());
    const startAt = new Date(Date.parse(meeting.endAt) + 30 * 60_000).toISOString();
    await test.createMeeting(org.administrator, roomId, { startAt });
    expect(await hosting().extend(ref, 60, null)).toBeNull();
    expect(await test.fleet.services.meetings.listTimes([meeting.id])).toMatchObject([{ endAt }]);
  });

  it('ends it, which the audit trail shows', async () => {
    await admit(await ticketOf(null));
    await hosting().end(ref, null);
    const shown = await test.expectOk(org.administrator, 'GET', `/meetings/${meeting.id}`);
    expect(shown).toMatchObject({ state: 'over' });
    const trail = await test.expectOk(org.administrator, 'GET', '/audit?limit=1');
    expect(trail).toMatchObject({ items: [{ action: 'meeting.ended', actor: null }] });
  });
});
