import { newId } from '@anteroom/shared/ids.ts';
import { nobodyChosen } from '@anteroom/shared/meeting/calling.ts';
import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from './ports.ts';
import { startOwnJanus } from './testing/janus.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';
import type { TestClient } from './testing/test-client.ts';

let janus: Awaited<ReturnType<typeof startOwnJanus>>;
let rig: ServiceRig;
let lastId = 0;

beforeAll(async () => {
  janus = await startOwnJanus();
});
afterAll(() => janus[Symbol.asyncDispose]());
beforeEach(async () => {
  rig = await startServiceRig({ mediaNode: janus.mediaNode, capacity: 9 });
});
afterEach(() => rig[Symbol.asyncDispose]());

const ola = newId('account');
const admin = { name: 'Ada', accountId: newId('account') };
const callOla: ControlAction = { kind: 'call', callees: { ...nobodyChosen, accounts: [ola] } };
const ringing: Call = {
  ...{ calleeId: ola, kind: 'person', name: 'Ola', state: 'ringing', settledAt: null },
  ...{ calledAt: '2026-01-05T09:00:00.000Z', ringUntil: '2026-01-05T09:00:45.000Z' },
};

async function enter(role: 'host' | 'member' | 'guest', name: string) {
  const { ticket, participantId } = rig.admission.issueTicketAs(role, name);
  return await come(ticket, participantId);
}
async function come<Id>(ticket: string, participantId: Id) {
  const client = await rig.connect();
  await client.join(ticket);
  return { ...client, ticket, participantId };
}
async function does(party: TestClient, action: ControlAction) {
  lastId += 1;
  party.send({ type: 'control', id: lastId, action });
  return (await party.next('controlled')).refusal;
}
async function finds(party: TestClient, text: string) {
  lastId += 1;
  party.send({ type: 'find', id: lastId, text });
  const answer = await party.next('found');
  expect(answer.id).toBe(lastId);
  return answer;
}
async function calledOf(party: TestClient): Promise<string[]> {
  return (await party.next('called')).called.map(({ name, state }) => `${name} ${state}`);
}

describe('calling others in', () => {
  it('is for hosts and co-hosts alone: a member is refused, whatever they send', async () => {
    const [host, member] = [await enter('host', 'Hana'), await enter('member', 'Mei')];
    const again: ControlAction = { kind: 'callAgain', calleeId: '+4722123456' };
    const hangUp: ControlAction = { kind: 'hangUp', whom: host.participantId };
    for (const action of [callOla, again, hangUp]) expect(await does(member, action)).toBe('not_allowed');
    expect(await finds(member, 'ola')).toMatchObject({ found: null, refusal: 'not_allowed' });
    expect(rig.calling.asked()).toEqual([]);
    expect(rig.calling.searches()).toEqual([]);
    await does(host, { kind: 'setCohost', participantId: member.participantId, isCohost: true });
    expect(await does(member, callOla)).toBeNull();
    expect(rig.calling.asked()).toEqual([{ by: member.participantId, choice: { ...nobodyChosen, accounts: [ola] } }]);
  });

  it('again is a call of one, and what is refused is said', async () => {
    const host = await enter('host', 'Hana');
    expect(await does(host, { kind: 'callAgain', calleeId: '+4722123456' })).toBeNull();
    expect(rig.calling.asked()[0]?.choice).toEqual({ ...nobodyChosen, numbers: ['+4722123456'] });
    rig.calling.answerCalls({ ok: false, refusal: 'nobody_to_call' });
    expect(await does(host, callOla)).toBe('nobody_to_call');
  });

  it('lets whoever was removed a moment ago in again', async () => {
    const host = await enter('host', 'Hana');
    const { ticket, participantId } = rig.admission.issueTicketOf(ola, 'Ola');
    await come(ticket, participantId);
    await does(host, { kind: 'remove', participantId });
    const again = await rig.connect();
    again.send({ type: 'join', v: 1, ticket, media: { isMicrophoneOn: false, isCameraOn: false } });
    expect(await again.next('refused')).toMatchObject({ reason: 'removed' });
    rig.calling.answerCalls({ ok: true, called: [ola] });
    await does(host, callOla);
    await again.join(ticket);
  });

  it('is there for somebody outside, with their account', async () => {
    await enter('host', 'Hana');
    const { meetingId } = rig.admission.meeting;
    expect(await rig.service.control(meetingId, admin, callOla)).toBeNull();
    expect(rig.calling.asked()).toMatchObject([{ by: admin.accountId }]);
  });
});

describe('hanging up', () => {
  it('ends a ring, or a stay: who was in may come back with the same ticket', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    expect(await does(host, { kind: 'hangUp', whom: ola })).toBeNull();
    expect(await does(host, { kind: 'hangUp', whom: guest.participantId })).toBeNull();
    expect(await guest.next('bye')).toEqual({ type: 'bye', reason: 'removed', isHungUp: true });
    expect(rig.calling.hungUp()).toEqual([`ring ${ola}`, `stay ${guest.participantId}`]);
    expect(rig.hosting.removals()).toEqual([]);
    await (await rig.connect()).join(guest.ticket);
  });

  it('spares the host and oneself, and says when somebody has gone', async () => {
    const [host, cohost] = [await enter('host', 'Hana'), await enter('member', 'Mei')];
    await does(host, { kind: 'setCohost', participantId: cohost.participantId, isCohost: true });
    expect(await does(cohost, { kind: 'hangUp', whom: host.participantId })).toBe('host_protected');
    expect(await does(cohost, { kind: 'hangUp', whom: cohost.participantId })).toBe('yourself');
    expect(await does(cohost, { kind: 'hangUp', whom: newId('participant') })).toBe('not_here');
  });
});

describe('who was called', () => {
  it('is told to hosts alone, until they are in', async () => {
    const [host, member] = [await enter('host', 'Hana'), await enter('member', 'Mei')];
    expect(await calledOf(host)).toEqual([]);
    rig.calling.tell([ringing]);
    expect(await calledOf(host)).toEqual(['Ola ringing']);
    const { meetingId } = rig.admission.meeting;
    expect(rig.service.view(meetingId)?.called).toMatchObject([{ name: 'Ola', state: 'ringing' }]);
    rig.calling.tell([{ ...ringing, state: 'declined', settledAt: '2026-01-05T09:00:10.000Z' }]);
    expect(await calledOf(host)).toEqual(['Ola declined']);
    await does(host, { kind: 'setCohost', participantId: member.participantId, isCohost: true });
    expect(await calledOf(member)).toEqual(['Ola declined']);
    const { ticket, participantId } = rig.admission.issueTicketOf(ola, 'Ola');
    await come(ticket, participantId);
    expect(await calledOf(host)).toEqual([]);
  });

  it('is told anew to a host who comes back, and followed until the meeting is empty', async () => {
    const host = await enter('host', 'Hana');
    rig.calling.tell([ringing]);
    const back = await come(host.ticket, host.participantId);
    expect(await calledOf(back)).toEqual(['Ola ringing']);
    expect(rig.calling.isFollowed()).toBe(true);
    back.send({ type: 'leave' });
    await back.next('bye');
    await expect.poll(() => rig.calling.isFollowed()).toBe(false);
  });
});

describe('the directory', () => {
  it('says who of those found is in the meeting', async () => {
    const host = await enter('host', 'Hana');
    const { ticket, participantId } = rig.admission.issueTicketOf(ola, 'Ola');
    await come(ticket, participantId);
    const person = (accountId: typeof ola, name: string) => ({ accountId, name, department: null });
    rig.calling.holds({ people: { items: [person(ola, 'Ola'), person(newId('account'), 'Liv')], hasMore: true } });
    const { found } = await finds(host, ' o ');
    expect(found?.people).toMatchObject({
      items: [
        { name: 'Ola', isHere: true },
        { name: 'Liv', isHere: false },
      ],
    });
    expect(rig.calling.searches()).toEqual(['o']);
  });

  it('is searched only so often, and answers within a bounded time', async () => {
    const host = await enter('host', 'Hana');
    for (let search = 0; search < 8; search++) expect((await finds(host, 'o')).refusal).toBeNull();
    expect((await finds(host, 'o')).refusal).toBe('too_often');
    await rig.clock.advance(1_000);
    rig.calling.stall();
    const answer = finds(host, 'o');
    await expect.poll(() => rig.calling.searches()).toHaveLength(9);
    await rig.clock.advance(3_000);
    expect((await answer).refusal).toBe('too_slow');
  });
});
