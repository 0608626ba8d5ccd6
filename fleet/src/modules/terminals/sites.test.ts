import { newId, type TerminalId } from '@anteroom/shared/ids.ts';
import type { ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, type Organization, type Person, startTestFleet, type TestFleet } from '../../testing/test-fleet.ts';

let test: TestFleet;
let own: Organization;

beforeEach(async () => {
  test = await startTestFleet();
  own = await test.createOrganization('Own');
});
afterEach(() => test[Symbol.asyncDispose]());

const engineerOf = (sites: string[]) => test.createPerson(own.id, { name: 'Engineer', role: 'fieldEngineer', sites });

/** What the link stores of a terminal that is heard and says that it is in a meeting. */
async function reportIn(terminalId: TerminalId, meetingId: NonNullable<ReportedDocument['meeting']>['meetingId']) {
  const { db } = test.fleet;
  const at = test.clock.now().toISOString();
  const document: ReportedDocument = {
    ...{ n: 1, converged: null, spaceId: null, roomId: null, settings: null, peripherals: [], shortfalls: [] },
    ...{ software: '0.1.0', profile: 'simulated', serial: 'SN-1', meeting: { meetingId, state: 'in', since: at } },
  };
  await db
    .insertInto('reportedDocuments')
    .values({ terminalId, n: 1, document: JSON.stringify(document), receivedAt: at })
    .execute();
  await db
    .insertInto('presence')
    .values({
      terminalId,
      connectionId: newId('connection'),
      isOnline: 1,
      connectedAt: at,
      lastSeenAt: at,
      heldEpoch: null,
      heldN: null,
    })
    .execute();
}

it.each([
  [['Harbour House'], 1],
  [['Mill Street'], 0],
  [[], 0],
])('a field engineer of %j sees %i of the terminals, spaces and cloud rooms of Harbour House', async (sites, seen) => {
  const spaceId = await test.createSpace(own.administrator, 'Boardroom');
  const roomId = await test.createRoom(own.administrator, 'Atlas');
  const { id } = await test.pairTerminal(own.administrator, { name: 'One', spaceId, roomId });
  const engineer = await engineerOf(sites);
  expect(await test.expectOk(engineer, 'GET', '/terminals')).toMatchObject({ total: seen });
  expect(await test.expectOk(engineer, 'GET', '/spaces')).toMatchObject({ total: seen });
  expect(await test.expectOk(engineer, 'GET', '/rooms')).toMatchObject({ total: seen });
  expect(await test.expectOk(engineer, 'GET', '/overview')).toMatchObject({ terminals: { total: seen } });
  for (const path of [`/terminals/${id}`, `/rooms/${roomId}`]) {
    const answer = await test.call(engineer, 'GET', path);
    expect(seen === 1 ? answer.status : codeOf(answer)).toBe(seen === 1 ? 200 : 'not_found');
  }
});

describe('a field engineer', () => {
  let engineer: Person;
  let spaceId: string;
  let roomId: string;
  beforeEach(async () => {
    spaceId = await test.createSpace(own.administrator, 'Boardroom');
    roomId = await test.createRoom(own.administrator, 'Atlas');
    engineer = await engineerOf(['Harbour House']);
  });

  async function createElsewhere(): Promise<string> {
    const fields = { name: 'Workshop', site: 'Mill Street', floor: '', capacity: 4, timeZone: 'Europe/Oslo' };
    // A space of the contract.
    return ((await test.expectOk(own.administrator, 'POST', '/spaces', fields)) as { id: string }).id;
  }

  async function claim(binding: { spaceId: string | null; roomId: string | null }) {
    const { code } = await test.startPairing();
    return await test.call(engineer, 'POST', '/terminals', { body: { code, name: 'New', ...binding } });
  }

  it('enrols a terminal in a space of the own sites, and nowhere else', async () => {
    expect(codeOf(await claim({ spaceId: null, roomId: null }))).toBe('outside_sites');
    expect(codeOf(await claim({ spaceId: await createElsewhere(), roomId: null }))).toBe('not_found');
    expect(await test.expectOk(own.administrator, 'GET', '/terminals')).toMatchObject({ total: 0 });
    expect((await claim({ spaceId, roomId: null })).status).toBe(201);
  });

  it('binds a terminal to no cloud room that is not of the own sites', async () => {
    expect(codeOf(await claim({ spaceId, roomId }))).toBe('not_found');
    const beside = await test.createSpace(own.administrator, 'Beside');
    await test.pairTerminal(own.administrator, { name: 'Theirs', spaceId: beside, roomId });
    expect((await claim({ spaceId, roomId })).status).toBe(201);
  });

  it('does not take a terminal out of the own sites', async () => {
    const { id } = await test.pairTerminal(own.administrator, { name: 'One', spaceId, roomId });
    const change = async (to: string | null) =>
      codeOf(await test.call(engineer, 'PATCH', `/terminals/${id}`, { body: { spaceId: to } }));
    expect([await change(null), await change(await createElsewhere())]).toEqual(['outside_sites', 'not_found']);
    const renamed = await test.call(engineer, 'PATCH', `/terminals/${id}`, { body: { name: 'First' } });
    expect(renamed.status).toBe(200);
  });

  it('sees of a cloud room only the terminals of the own sites, and nobody to whom it is assigned', async () => {
    const here = await test.pairTerminal(own.administrator, { name: 'Here', spaceId, roomId });
    const elsewhere = await createElsewhere();
    await test.pairTerminal(own.administrator, { name: 'There', spaceId: elsewhere, roomId });
    const holder = await test.createPerson(own.id, { name: 'Holder', role: 'member', kind: 'standard' });
    const body = { accountId: holder.actor.accountId };
    await test.expectOk(own.administrator, 'POST', `/rooms/${roomId}/assign`, body);
    const seen = { terminalIds: [here.id], assignee: null };
    expect(await test.expectOk(engineer, 'GET', `/rooms/${roomId}`)).toMatchObject(seen);
    expect(await test.expectOk(engineer, 'GET', '/rooms')).toMatchObject({ items: [seen], total: 1 });
    // Whoever administers all of it sees both, and who holds it.
    const room = await test.expectOk(own.administrator, 'GET', `/rooms/${roomId}`);
    expect(room).toMatchObject({ terminalIds: [expect.anything(), expect.anything()], assignee: { name: 'Holder' } });
  });

  it.each(['join', 'leave', 'mute', 'stopCamera'])('sends no %s: that acts on a meeting', async (kind) => {
    const { id } = await test.pairTerminal(own.administrator, { name: 'One', spaceId, roomId });
    const { id: meetingId } = await test.createMeeting(own.administrator, roomId, { subject: 'Review' });
    const send = (person: Person, request: object) =>
      test.call(person, 'POST', `/terminals/${id}/commands`, { body: { request } });
    const request = kind === 'join' ? { kind, meetingId } : { kind };
    expect(codeOf(await send(engineer, request))).toBe('forbidden');
    expect((await send(own.administrator, request)).status).toBe(202);
    expect((await send(engineer, { kind: 'identify', seconds: 5 })).status).toBe(202);
  });

  it('learns of no meeting, neither how many there are nor which one a terminal is in', async () => {
    const { id } = await test.pairTerminal(own.administrator, { name: 'One', spaceId, roomId });
    const live = await test.createMeeting(own.administrator, roomId, { subject: 'Secret merger' });
    await reportIn(id as TerminalId, live.id);
    expect(await test.expectOk(engineer, 'GET', '/overview')).toMatchObject({
      terminals: { inMeeting: 1 },
      meetings: null,
    });
    const subjectFor = async (person: Person) => {
      // A terminal of the contract.
      const terminal = (await test.expectOk(person, 'GET', `/terminals/${id}`)) as { meeting: { subject: unknown } };
      return terminal.meeting.subject;
    };
    expect(await subjectFor(engineer)).toBeNull();
    expect(await subjectFor(own.administrator)).toBe('Secret merger');
  });
});
