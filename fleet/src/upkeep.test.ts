import { connect } from 'node:tls';
import { type AccountId, type MeetingId, newId } from '@anteroom/shared/ids.ts';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { serverCertificateDays } from './enrolment/x509.ts';
import { type Organization, type Person, startTestFleet, type TestFleet } from './testing/test-fleet.ts';
import { keepSeats } from './upkeep.ts';

let test: TestFleet;
beforeAll(async () => {
  test = await startTestFleet({ args: ['--roles', 'api,link'] });
});
afterAll(() => test[Symbol.asyncDispose]());

/** Serial number of the certificate that the server behind `url` presents to a new connection. */
function presentedBy(url: string | undefined): Promise<string> {
  const { hostname, port } = new URL(url ?? '');
  return new Promise((resolve, reject) => {
    // The fleet's clock is far ahead of the machine's, by which TLS would judge the certificate.
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
  });
}

describe('people of an organization', () => {
  let org: Organization;
  let person: Person;
  let meetingId: MeetingId;
  /** What the signalling role was told to take out. */
  const takenOut: string[] = [];
  const stop = new AbortController();

  beforeAll(async () => {
    org = await test.createOrganization('Own');
    person = await test.createPerson(org.id, { name: 'Leaving', role: 'member', kind: 'standard' });
    const roomId = await test.createRoom(org.administrator, 'Atlas', 5);
    meetingId = (await test.createMeeting(org.administrator, roomId)).id;
    keepSeats({
      services: test.fleet.services,
      signalling: () => ({
        liveMeetings: () => [{ meetingId, roster: [] }],
        endMeeting() {},
        changeMeeting() {},
        removeParticipant: (_meetingId, participantId, reason) => void takenOut.push(`${participantId} ${reason}`),
      }),
      ...{ clock: test.clock, log: pino({ level: 'silent' }), signal: stop.signal },
    }).catch(() => {}); // Ends with the test.
  });
  afterAll(() => stop.abort());
  beforeEach(() => takenOut.splice(0));

  /** They come in with a ticket of their account, or of none. */
  async function enter(accountId?: AccountId) {
    const { tickets, admission } = test.fleet.services;
    const id = newId('participant');
    const ticket = await tickets.sign({
      ...{ sub: id, org: org.id, mtg: meetingId, role: 'guest', name: 'Somebody', nbf: 0, exp: 4_000_000_000 },
      ...(accountId ? { kind: 'person', acc: accountId } : { kind: 'guest' }),
    });
    const answer = () => admission.admit({ ticket, certificateThumbprint: null });
    expect(await answer()).toMatchObject({ decision: 'admit' });
    return { id, answer };
  }
  const nextRound = () => test.clock.advance(2_000);

  it('are taken out of a running meeting when they are removed, and may come as outsiders', async () => {
    const { id, answer } = await enter(person.actor.accountId);
    const staying = await test.createPerson(org.id, { name: 'Staying', role: 'member', kind: 'standard' });
    await enter(staying.actor.accountId);
    await enter();
    await nextRound();
    expect(takenOut).toEqual([]);
    await test.expectOk(org.administrator, 'DELETE', `/people/${person.actor.accountId}`);
    await vi.waitFor(async () => {
      await nextRound();
      expect(takenOut).toContain(`${id} revoked`);
    });
    expect(new Set(takenOut)).toEqual(new Set([`${id} revoked`]));
    await test.fleet.services.seats.release(id);
    expect(await answer()).toMatchObject({ decision: 'admit', participant: { role: 'guest' } });
    takenOut.splice(0);
    await nextRound();
    expect(takenOut).toEqual([]);
  });

  it('are taken out when they delete their account, and do not come back with their ticket', async () => {
    const { id, answer } = await enter(person.actor.accountId);
    await test.fleet.services.accounts.erase(test.fleet.db, person.actor.accountId);
    await vi.waitFor(async () => {
      await nextRound();
      expect(takenOut).toContain(`${id} revoked`);
    });
    await test.fleet.services.seats.release(id);
    expect(await answer()).toEqual({ decision: 'refuse', reason: 'ticket_invalid' });
  });
});

it('gives a server certificate that nears its end anew, at every door of the terminals', async () => {
  const { terminalUrl, mqttUrl } = test.fleet.ready;
  const first = await presentedBy(terminalUrl);
  expect(await presentedBy(mqttUrl)).toBe(first);
  test.clock.jumpTo(new Date(test.clock.now().getTime() + (serverCertificateDays - 20) * 86_400_000));
  await test.clock.advance(60_000);
  await vi.waitFor(async () => expect(await presentedBy(terminalUrl)).not.toBe(first));
  expect(await presentedBy(mqttUrl)).toBe(await presentedBy(terminalUrl));
});
