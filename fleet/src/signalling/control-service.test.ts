import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry, ServerMessage } from '@anteroom/shared/signalling/messages.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startOwnJanus } from './testing/janus.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';
import type { TestClient } from './testing/test-client.ts';

type Joined = Extract<ServerMessage, { type: 'joined' }>;
type Party = TestClient & { ticket: string; participantId: Joined['participantId'] };

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

async function enter(role: 'host' | 'member' | 'guest', name: string): Promise<Party> {
  const client = await rig.connect();
  const { ticket, participantId } = rig.admission.issueTicketAs(role, name);
  await client.join(ticket);
  return { ...client, ticket, participantId };
}

async function rosterWhere(party: TestClient, accept: (roster: RosterEntry[]) => boolean): Promise<void> {
  while (!accept(party.roster())) await party.next('roster');
}

async function does(party: TestClient, action: ControlAction) {
  lastId += 1;
  party.send({ type: 'control', id: lastId, action });
  const answer = await party.next('controlled');
  expect(answer.id).toBe(lastId);
  return answer.refusal;
}

describe('meeting control', () => {
  it('answers each action, and tells everybody what it changed', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    expect(await does(guest, { kind: 'mute', participantId: host.participantId })).toBe('not_allowed');
    expect(await does(host, { kind: 'mute', participantId: guest.participantId })).toBeNull();
    await rosterWhere(guest, (roster) => roster[1]?.isMutedByHost === true);
    expect(await does(host, { kind: 'lock', isLocked: true })).toBeNull();
    expect(await guest.next('meeting')).toMatchObject({ controls: { isLocked: true } });
    expect(rig.hosting.saves().at(-1)).toMatchObject({ isLocked: true });
  });

  it('says so when a lock could not be written down, and writes it with the next change', async () => {
    const host = await enter('host', 'Hana');
    rig.hosting.failNext();
    expect(await does(host, { kind: 'lock', isLocked: true })).toBe('failed');
    expect(await does(host, { kind: 'lock', isLocked: true })).toBeNull();
    expect(rig.hosting.saves().at(-1)).toMatchObject({ isLocked: true });
  });

  it('removes for good: the same ticket is refused, also before it is written down', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    const again = await rig.connect();
    expect(await does(host, { kind: 'remove', participantId: guest.participantId })).toBeNull();
    expect(await guest.next('bye')).toMatchObject({ reason: 'removed' });
    expect(rig.hosting.removals()).toEqual([guest.participantId]);
    again.send({ type: 'join', v: 1, ticket: guest.ticket, media: { isMicrophoneOn: true, isCameraOn: true } });
    expect(await again.next('refused')).toMatchObject({ reason: 'removed' });
    expect(rig.admission.seated()).toEqual([host.participantId]);
    // From here on it is admission that refuses, until they are called again.
    await rig.clock.advance(10_000);
    await again.join(guest.ticket);
  });

  it('asks the person, when a host wants to hear them', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    await does(host, { kind: 'mute', participantId: guest.participantId });
    await does(host, { kind: 'unmute', participantId: guest.participantId });
    expect(await guest.next('ask')).toEqual({ type: 'ask', what: 'microphone', by: 'Hana' });
  });

  it('carries chat to everybody, and what was said to whoever comes later', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    expect(await does(guest, { kind: 'chat', text: 'The hinge is 12 mm' })).toBeNull();
    expect((await host.next('chat')).chat).toMatchObject({ name: 'Gil', text: 'The hinge is 12 mm' });
    await does(host, { kind: 'react', reaction: 'applause' });
    expect(await guest.next('reaction')).toMatchObject({ participantId: host.participantId, reaction: 'applause' });
    const late = await (await rig.connect()).join(rig.admission.issueTicketAs('member', 'Mei').ticket);
    expect(late.chat.map(({ text }) => text)).toEqual(['The hinge is 12 mm']);
  });

  it('extends the meeting for everybody, or says why not', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    expect(await does(host, { kind: 'extend', minutes: 30 })).toBeNull();
    expect((await guest.next('meeting')).meeting.endAt).toBe('2026-01-05T10:30:00.000Z');
    rig.hosting.refuseExtension();
    expect(await does(host, { kind: 'extend', minutes: 30 })).toBe('cannot_extend');
  });

  it('is there for somebody outside, with the host’s rights', async () => {
    const [, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    const { meetingId } = rig.admission.meeting;
    const admin = { name: 'Ada', accountId: 'acc_00000000000000000000000000000001' } as const;
    let changes = 0;
    const stop = rig.service.watch(meetingId, () => {
      changes += 1;
    });
    const mute = { kind: 'mute', participantId: guest.participantId } as const;
    expect(await rig.service.control(meetingId, admin, mute)).toBeNull();
    await guest.next('roster');
    expect(rig.service.view(meetingId)?.roster.map((entry) => entry.isMutedByHost)).toEqual([false, true]);
    expect(changes).toBeGreaterThan(0);
    stop();
    expect(await rig.service.control(meetingId, admin, { kind: 'chat', text: 'hello' })).toBe('not_here');
    expect(await rig.service.control('mtg_unknown', admin, mute)).toBe('not_here');
    expect(rig.service.view('mtg_unknown')).toBeNull();
  });
});

describe('content', () => {
  const offer = [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=mid:0',
    'a=sendonly',
    '',
  ];

  it('is told to everybody, and to whoever comes later', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    const open = { kind: 'openWhiteboard', takesOver: false } as const;
    expect(await does(guest, open)).toBeNull();
    const content = { kind: 'whiteboard', participantId: guest.participantId };
    expect((await host.next('meeting')).content).toMatchObject(content);
    const late = await (await rig.connect()).join(rig.admission.issueTicketAs('member', 'Mei').ticket);
    expect(late.content).toMatchObject(content);
    expect(await does(host, open)).toBe('somebody_shares');
    expect(await does(host, { kind: 'stopShare', participantId: guest.participantId })).toBeNull();
    expect((await host.next('meeting')).content).toBeNull();
  });

  it('is refused in words of its own, and keeps no place for what the media server does not take', async () => {
    const [host, guest] = [await enter('host', 'Hana'), await enter('guest', 'Gil')];
    await does(host, { kind: 'allowSharing', isAllowed: false });
    const share = { type: 'share', offer: offer.join('\r\n'), takesOver: false };
    guest.send(share);
    expect(await guest.next('shareRefused')).toMatchObject({ reason: 'sharing_not_allowed' });
    host.send(share);
    expect(await host.next('shareRefused')).toMatchObject({ reason: 'media_unavailable' });
    host.send({ ...share, offer: 'nonsense' });
    expect(await host.next('error')).toMatchObject({ code: 'media_offer_invalid' });
    expect(await does(host, { kind: 'openWhiteboard', takesOver: false })).toBeNull();
  });
});

describe('the host role', () => {
  it('waits 60 s for a host whose connection dropped, then passes to whoever has been there longest', async () => {
    const [host, member] = [await enter('host', 'Hana'), await enter('member', 'Mei')];
    host.terminate();
    await rosterWhere(member, ([lost]) => lost?.isConnected === false);
    const pass = async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 5) {
        await rig.clock.advance(5_000);
        // A round trip, in which pings are answered.
        await does(member, { kind: 'react', reaction: 'heart' });
      }
    };
    const { meetingId } = rig.admission.meeting;
    const roleOfMei = () => rig.service.view(meetingId)?.roster.find(({ name }) => name === 'Mei')?.role;
    await pass(55);
    expect(roleOfMei()).toBe('member');
    await pass(5);
    expect(roleOfMei()).toBe('host');
  });
});

describe('the waiting room', () => {
  async function wait(name: string) {
    const client = await rig.connect();
    const { ticket, participantId } = rig.admission.issueTicketAs('guest', name);
    const media = { isMicrophoneOn: false, isCameraOn: false };
    client.send({ type: 'join', v: 1, ticket, media, canWait: true });
    expect(await client.next('held')).toMatchObject({ reason: 'waiting_room' });
    return { ...client, participantId };
  }

  it('is seen by hosts alone, who let one in or everybody, at once', async () => {
    const [host, member] = [await enter('host', 'Hana'), await enter('member', 'Mei')];
    expect((await host.next('waiting')).waiting).toEqual([]);
    rig.admission.holdAll('waiting_room');
    const [gil, ben] = [await wait('Gil'), await wait('Ben')];
    await host.next('waiting');
    expect((await host.next('waiting')).waiting.map(({ name }) => name)).toEqual(['Gil', 'Ben']);
    expect(await does(host, { kind: 'tellWaiting', text: 'Two minutes' })).toBeNull();
    expect(await ben.next('notice')).toMatchObject({ text: 'Two minutes' });
    expect(await does(host, { kind: 'admit', participantId: gil.participantId })).toBeNull();
    await gil.next('joined');
    expect(await does(host, { kind: 'admit', participantId: gil.participantId })).toBe('not_waiting');
    expect(await does(host, { kind: 'admit', participantId: null })).toBeNull();
    await ben.next('joined');
    expect(await does(member, { kind: 'admit', participantId: null })).toBe('not_allowed');
    expect(member.pending('waiting')).toBe(0);
  });

  it('forgets whoever goes away', async () => {
    const host = await enter('host', 'Hana');
    await host.next('waiting');
    rig.admission.holdAll('waiting_room');
    const gil = await wait('Gil');
    expect((await host.next('waiting')).waiting).toHaveLength(1);
    gil.terminate();
    expect((await host.next('waiting')).waiting).toEqual([]);
  });
});
