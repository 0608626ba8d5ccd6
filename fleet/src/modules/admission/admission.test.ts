import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { meetingId, participantId, terminalId } from '@anteroom/shared/ids.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { thumbprintOf } from '../../enrolment/x509.ts';
import { getDesired } from '../../link/desired.ts';
import { type Organization, type PairedTerminal, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let org: Organization;
let roomId: string;
let meeting: Meeting;

beforeAll(async () => {
  test = await startTestFleet();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(async ({ task }) => {
  org = await test.createOrganization(`Own-${task.id}`);
  roomId = await test.createRoom(org.administrator, 'Atlas', 3);
  meeting = await test.createMeeting(org.administrator, roomId);
});

async function guestTicket(name = 'Ola'): Promise<string> {
  const answer = await test.expectOk(null, 'POST', `/join/${meeting.number}`, { name });
  return (answer as { ticket: string }).ticket; // the contract's answer
}
const admit = (ticket: string, certificateThumbprint: string | null = null) =>
  test.fleet.services.admission.admit({ ticket, certificateThumbprint });
const seats = () =>
  test.fleet.db.selectFrom('seats').selectAll().where('orgId', '=', org.administrator.actor.orgId).execute();
const moveClock = (byMs: number) => test.clock.jumpTo(new Date(test.clock.now().getTime() + byMs));

function thumbprint({ certificate }: PairedTerminal): string {
  const [leaf = ''] = certificate.split('-----END CERTIFICATE-----');
  return thumbprintOf(Buffer.from(leaf.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64'));
}
async function ticketOf(terminal: PairedTerminal): Promise<string> {
  const desired = await getDesired(test.fleet.db, terminalId.parse(terminal.id));
  return desired?.meetings.find((known) => known.meetingId === meeting.id)?.ticket ?? 'none';
}

describe('admission', () => {
  it('gives a guest a seat that the console shows', async () => {
    const result = await admit(await guestTicket());
    expect(result).toMatchObject({
      decision: 'admit',
      participant: { name: 'Ola', kind: 'guest' },
      meeting: { capacity: 3 },
    });
    const shown = await test.expectOk(org.administrator, 'GET', `/meetings/${meeting.id}`);
    expect(shown).toMatchObject({ participants: [{ name: 'Ola', kind: 'guest' }] });
  });

  it('gives the same ticket the same seat', async () => {
    const ticket = await guestTicket();
    const [first, second] = [await admit(ticket), await admit(ticket)];
    expect(second).toEqual(first);
    expect(await seats()).toHaveLength(1);
  });

  it('admits a terminal with the ticket of its desired document', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'One', roomId });
    const result = await admit(await ticketOf(terminal), thumbprint(terminal));
    expect(result).toMatchObject({ decision: 'admit', participant: { name: 'One', kind: 'terminal', role: 'host' } });
  });

  it('lets a terminal that the cloud room is assigned to hold its meetings, and no other terminal', async () => {
    roomId = await test.createRoom(org.administrator, 'Birch', 3);
    const own = await test.pairTerminal(org.administrator, { name: 'Own', roomId });
    const invited = await test.pairTerminal(org.administrator, { name: 'Invited' });
    meeting = await test.createMeeting(org.administrator, roomId, {
      options: { canJoinBeforeHost: false },
      attendees: [{ kind: 'terminal', terminalId: invited.id }],
    });
    const guest = await guestTicket();
    const waits = { decision: 'hold', reason: 'host_not_here' };
    expect(await admit(guest)).toMatchObject(waits);
    expect(await admit(await ticketOf(invited), thumbprint(invited))).toMatchObject(waits);
    expect(await admit(await ticketOf(own), thumbprint(own))).toMatchObject({ decision: 'admit' });
    expect(await admit(guest)).toMatchObject({ decision: 'admit' });
  });

  it('refuses a terminal’s ticket in other hands', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'One', roomId });
    const thief = await test.pairTerminal(org.administrator, { name: 'Two', roomId });
    const ticket = await ticketOf(terminal);
    expect(await admit(ticket, thumbprint(thief))).toEqual({ decision: 'refuse', reason: 'ticket_invalid' });
    expect(await admit(ticket)).toEqual({ decision: 'refuse', reason: 'ticket_invalid' });
  });

  it('refuses a revoked terminal', async () => {
    const terminal = await test.pairTerminal(org.administrator, { name: 'One', roomId });
    const ticket = await ticketOf(terminal);
    await test.expectOk(org.administrator, 'POST', `/terminals/${terminal.id}/revoke`);
    expect(await admit(ticket, thumbprint(terminal))).toEqual({ decision: 'refuse', reason: 'certificate_revoked' });
  });

  it.each([
    ['nothing', () => ''],
    ['a changed claim', (ticket: string) => ticket.replace(/\.(.)/, (_dot, c: string) => `.${c === 'e' ? 'f' : 'e'}`)],
    ['no signature', (ticket: string) => ticket.replace(/\.[^.]+$/, '.')],
    [
      'the algorithm "none"',
      (ticket: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${ticket.split('.')[1]}.`,
    ],
  ])('refuses a ticket with %s', async (_what, spoil) => {
    expect(await admit(spoil(await guestTicket()))).toEqual({ decision: 'refuse', reason: 'ticket_invalid' });
  });

  it('refuses a ticket of another fleet', async () => {
    const ticket = await guestTicket();
    await using elsewhere = await startTestFleet();
    expect(await elsewhere.fleet.services.admission.admit({ ticket, certificateThumbprint: null })).toEqual({
      decision: 'refuse',
      reason: 'ticket_invalid',
    });
  });

  it('gives a seat each to people and terminals that are in, and none to whoever is in the waiting room', async () => {
    const kari = await test.createPerson(org.id, { name: 'Kari', kind: 'standard', role: 'member' });
    const terminal = await test.pairTerminal(org.administrator, { name: 'One', roomId });
    meeting = await test.createMeeting(org.administrator, roomId, {
      ...{ startAt: new Date(test.clock.now().getTime() + 3 * 3_600_000).toISOString(), waitingRoom: 'outsiders' },
    });
    test.clock.jumpTo(new Date(meeting.startAt));
    const { ticket } = (await test.expectOk(kari, 'POST', `/join/${meeting.number}`, { name: 'Kari' })) as {
      ticket: string; // the contract's answer
    };
    expect(await admit(await guestTicket())).toMatchObject({ decision: 'hold', reason: 'waiting_room' });
    expect(await seats()).toEqual([]);
    await admit(ticket);
    await admit(await ticketOf(terminal), thumbprint(terminal));
    expect((await seats()).map(({ kind }) => kind).sort()).toEqual(['person', 'terminal']);
  });

  it('never gives more seats than the room has, however many come at once', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, (_, i) => guestTicket(`Guest ${i}`)));
    const results = await Promise.all(tickets.map((ticket) => admit(ticket)));
    expect(results.filter(({ decision }) => decision === 'admit')).toHaveLength(3);
    expect(results.filter((result) => result.decision === 'hold' && result.reason === 'room_full')).toHaveLength(9);
    expect(await seats()).toHaveLength(3);
  });
});

describe('a seat', () => {
  async function sit(name: string) {
    const result = await admit(await guestTicket(name));
    if (result.decision !== 'admit') throw new Error(result.reason);
    return participantId.parse(result.participant.participantId);
  }

  it('comes back when it is released, and attendance keeps from when to when', async () => {
    const id = await sit('Ola');
    moveClock(60_000);
    await test.fleet.services.admission.release(id);
    await test.fleet.services.admission.release(id);
    expect(await seats()).toEqual([]);
    const attendance = await test.fleet.services.seats.listAttendance(
      org.administrator.actor,
      meetingId.parse(meeting.id),
    );
    expect(attendance).toHaveLength(1);
    expect(Date.parse(attendance[0]?.leftAt ?? '') - Date.parse(attendance[0]?.joinedAt ?? '')).toBe(60_000);
  });

  it('comes back within 45 s when nobody renews it', async () => {
    for (const name of ['A', 'B', 'C']) await sit(name);
    moveClock(45_000);
    expect(await admit(await guestTicket('D'))).toMatchObject({ decision: 'admit' });
    expect((await seats()).map(({ name }) => name)).toEqual(['D']);
  });

  it('is kept as long as it is renewed', async () => {
    const kept = await sit('Kept');
    await sit('Lost');
    for (let i = 0; i < 6; i++) {
      moveClock(10_000);
      await test.fleet.services.admission.renew([kept, `prt_${'0'.repeat(32)}`]);
    }
    await test.fleet.services.seats.releaseExpired();
    expect((await seats()).map(({ name }) => name)).toEqual(['Kept']);
  });

  it('is taken away when the meeting ends', async () => {
    await sit('Ola');
    await test.expectOk(org.administrator, 'POST', `/meetings/${meeting.id}/end`);
    expect(await seats()).toEqual([]);
    expect(await admit(await ticketBefore())).toEqual({ decision: 'refuse', reason: 'meeting_ended' });
  });

  it('is taken away when the meeting is over by itself', async () => {
    const id = await sit('Ola');
    for (let i = 0; i < 45 * 6; i++) {
      moveClock(10_000);
      await test.fleet.services.admission.renew([id]);
    }
    expect(await test.fleet.services.meetings.closeOver()).toContain(meeting.id);
    expect(await seats()).toEqual([]);
  });

  /** A ticket that was given before the end. */
  async function ticketBefore(): Promise<string> {
    return await test.fleet.services.tickets.sign({
      sub: `prt_${'1'.repeat(32)}`,
      org: org.administrator.actor.orgId,
      mtg: meetingId.parse(meeting.id),
      role: 'guest',
      kind: 'guest',
      name: 'Late',
      nbf: 0,
      exp: 4_000_000_000,
    });
  }
});
