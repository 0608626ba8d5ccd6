import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maxFrameBytes, pingEveryMs, type RosterEntry, resumeWithinMs } from '@anteroom/shared/signalling/messages.ts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { frameRate, joinWithinMs, maxDroppedFrames, mediaWaitMs, renewSeatsEveryMs } from './limits.ts';
import type { SignallingPeer } from './ports.ts';
import { startJanus, startOwnJanus } from './testing/janus.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';
import type { TestClient } from './testing/test-client.ts';

const terminal: SignallingPeer = {
  kind: 'terminal',
  terminalId: 'term_00000000000000000000000000000001',
  certificateThumbprint: 'thumb-1',
};
const offerOf = (...lines: string[]) => ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...lines, ''].join('\r\n');
/** Well-formed, and of no use to a media server. */
const someOffer = offerOf('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=sendonly');
const off = { isMicrophoneOn: false, isCameraOn: false };

/** The next roster that satisfies `accept`. */
async function rosterWhere(
  client: TestClient,
  accept: (shown: { roster: RosterEntry[] }) => boolean,
): Promise<{ roster: RosterEntry[] }> {
  for (;;) {
    await client.next('roster');
    const shown = { roster: client.roster() };
    if (accept(shown)) return shown;
  }
}

describe('the signalling service', () => {
  let janus: Awaited<ReturnType<typeof startOwnJanus>>;
  let rig: ServiceRig;

  beforeAll(async () => {
    janus = await startOwnJanus();
  });

  afterAll(() => janus[Symbol.asyncDispose]());

  beforeEach(async () => {
    rig = await startServiceRig({ mediaNode: janus.mediaNode, capacity: 3 });
  });

  afterEach(() => rig[Symbol.asyncDispose]());

  describe('joining', () => {
    test('tells who is there, and tells those who are there', async () => {
      const [ada, ben] = [await rig.connect(), await rig.connect()];
      expect((await ada.join(rig.admission.issueTicket('Ada'))).roster.map((entry) => entry.name)).toEqual(['Ada']);
      const joined = await ben.join(rig.admission.issueTicket('Ben'));
      expect(joined.roster.map((entry) => entry.name)).toEqual(['Ada', 'Ben']);
      expect(joined.meeting.number).toBe(rig.admission.meeting.number);
      await rosterWhere(ada, ({ roster }) => roster.length === 2);
      expect(rig.service.liveMeetings()).toMatchObject([{ meetingId: rig.admission.meeting.meetingId }]);
    });

    test('a refusal says why, and another try on the same socket is welcome', async () => {
      const ada = await rig.connect();
      ada.send({ type: 'join', v: 1, ticket: 'forged', media: off });
      expect(await ada.next('refused')).toMatchObject({ reason: 'ticket_invalid' });
      await ada.join(rig.admission.issueTicket('Ada'));
    });

    test('what somebody says of their network is told, until they are gone', async () => {
      const [ada, ben] = [await rig.connect(), await rig.connect()];
      await ada.join(rig.admission.issueTicket('Ada'));
      await ben.join(rig.admission.issueTicket('Ben'));
      const troubleOfBen = ({ roster }: { roster: RosterEntry[] }) =>
        roster.find(({ name }) => name === 'Ben')?.networkTrouble;
      ben.send({ type: 'network', trouble: 'bad' });
      await rosterWhere(ada, (shown) => troubleOfBen(shown) === 'bad');
      ben.terminate();
      const { roster } = await rosterWhere(ada, (shown) => troubleOfBen(shown) === null);
      expect(roster).toMatchObject([{ name: 'Ada' }, { name: 'Ben', isConnected: false }]);
    });

    test('a ticket of a terminal is worth nothing without its certificate', async () => {
      const ticket = rig.admission.issueTicket(
        'Room 1',
        terminal.kind === 'terminal' ? terminal.certificateThumbprint : '',
      );
      const thief = await rig.connect();
      thief.send({ type: 'join', v: 1, ticket, media: off });
      expect(await thief.next('refused')).toMatchObject({ reason: 'ticket_invalid' });
      await (await rig.connect(terminal)).join(ticket);
    });

    test('the one too many is refused, and nobody else notices', async () => {
      const clients = [await rig.connect(), await rig.connect(), await rig.connect()];
      for (const client of clients) await client.join(rig.admission.issueTicket('guest'));
      const late = await rig.connect();
      late.send({ type: 'join', v: 1, ticket: rig.admission.issueTicket('late'), media: off });
      expect(await late.next('refused')).toMatchObject({ reason: 'room_full' });
      expect(rig.service.liveMeetings()[0]?.roster).toHaveLength(3);
    });

    test('an admission that fails, or an offer that is none, refuses and keeps no seat', async () => {
      const ada = await rig.connect();
      const ticket = rig.admission.issueTicket('Ada');
      rig.admission.failNext();
      ada.send({ type: 'join', v: 1, ticket, media: off });
      expect(await ada.next('refused')).toMatchObject({ reason: 'media_unavailable' });
      for (const offer of ['nonsense', someOffer]) {
        ada.send({ type: 'join', v: 1, ticket, media: off, offer });
        expect(await ada.next('refused')).toMatchObject({ reason: 'media_failed' });
      }
      expect(rig.admission.seated()).toEqual([]);
      expect(rig.service.liveMeetings()).toEqual([]);
      await ada.join(ticket);
    });

    test('browsers that never join are disconnected, terminals may wait', async () => {
      const [idle, room, guest] = [await rig.connect(), await rig.connect(terminal), await rig.connect()];
      await guest.join(rig.admission.issueTicket('guest'));
      // Step by step, so that pings are answered.
      for (let passedMs = 0; passedMs < joinWithinMs; passedMs += pingEveryMs) {
        await rig.clock.advance(pingEveryMs);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await idle.closed;
      await room.join(rig.admission.issueTicket('Room 1', 'thumb-1'));
      expect(rig.service.liveMeetings()[0]?.roster).toHaveLength(2);
    });
  });

  describe('bad input', () => {
    test('is answered with an error each, counted, and the connection goes on', async () => {
      const ada = await rig.connect();
      const frames: [string | Uint8Array, string][] = [
        ['{', 'body_malformed'],
        ['[]', 'request_invalid'],
        ['{"type":"join","v":"1"}', 'request_invalid'],
        [new Uint8Array([1, 2, 3]), 'request_invalid'],
        [JSON.stringify({ type: 'publish', offer: 'x'.repeat(maxFrameBytes) }), 'body_too_large'],
        ['{"type":"leave"}', 'message_out_of_place'],
        ['{"type":"resubscribe"}', 'message_out_of_place'],
        ['{"type":"publish","offer":"nonsense"}', 'media_offer_invalid'],
        [JSON.stringify({ type: 'publish', offer: someOffer }), 'message_out_of_place'],
      ];
      for (const [frame, code] of frames) {
        ada.sendRaw(frame);
        expect(await ada.next('error')).toMatchObject({ code });
      }
      const ticket = rig.admission.issueTicket('Ada');
      await ada.join(ticket);
      ada.send({ type: 'join', v: 1, ticket, media: off });
      expect(await ada.next('error')).toMatchObject({ code: 'message_out_of_place' });
      ada.send({ type: 'answer', revision: 7, answer: someOffer });
      expect(await ada.next('error')).toMatchObject({ code: 'message_out_of_place' });
      ada.send({ type: 'publish', offer: someOffer });
      expect(await ada.next('error')).toMatchObject({ code: 'media_offer_invalid' });
      const candidate = { candidate: 'candidate:garbage', sdpMid: '0', sdpMLineIndex: 0 };
      ada.send({ type: 'candidate', connection: 'publish', candidate });
      expect(await ada.next('error')).toMatchObject({ code: 'request_invalid' });
      ada.send({ type: 'media', media: { isMicrophoneOn: true, isCameraOn: false } });
      const { roster } = await rosterWhere(ada, (message) => message.roster[0]?.media.isMicrophoneOn === true);
      expect(roster).toHaveLength(1);
      expect(rig.service.counters().faultyFrames).toMatchObject({ body_malformed: 1, message_out_of_place: 5 });
    });

    test('descriptions of every kind leave the media server alive', async () => {
      const pid = janus.mediaNode.pid();
      const [ada, ben] = [await rig.connect(terminal), await rig.connect()];
      await ada.join(rig.admission.issueTicket('Room 1', 'thumb-1'));
      await ben.join(rig.admission.issueTicket('Ben'));
      const attribute = fc.constantFrom(
        ...[
          'a=mid:0',
          'a=mid:',
          'a=sendonly',
          'a=recvonly',
          'a=rtpmap:111 opus/48000/2',
          'a=rtpmap:',
          'a=ssrc:1 cname:x',
        ],
        ...[
          'a=ice-ufrag:abcd',
          'a=ice-pwd:abcdefghijklmnopqrstuv',
          'a=setup:actpass',
          'a=setup:',
          'a=rtcp-mux',
          'a=fmtp:96',
        ],
        ...[
          'a=fingerprint:sha-256 AA:BB',
          'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
          'a=rid:h send',
          'a=simulcast:send h',
        ],
        ...[
          'a=candidate:1 1 udp 1 192.0.2.9 9 typ host',
          'a=group:BUNDLE 0 1 2',
          'c=IN IP4 0.0.0.0',
          'a=ssrc-group:FID 1',
        ],
      );
      const line = fc.oneof(
        fc.constantFrom('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'm=video 9 UDP/TLS/RTP/SAVPF 96 97'),
        attribute,
        attribute,
        attribute,
      );
      const offers = fc.sample(fc.array(line, { minLength: 1, maxLength: 25 }), 60);
      for (const lines of offers) {
        ada.send({ type: 'publish', offer: offerOf(...lines) });
        await ada.next('error', 'published');
        await rig.clock.advance(100);
      }
      expect(janus.mediaNode.pid()).toBe(pid);
    });

    test('a flood is answered once and then cut, while others go on', async () => {
      const [flooder, ada] = [await rig.connect(), await rig.connect()];
      await ada.join(rig.admission.issueTicket('Ada'));
      for (let frame = 0; frame < frameRate.burst + maxDroppedFrames + 10; frame++) flooder.send({ type: 'nonsense' });
      await flooder.closed;
      expect(rig.service.counters().faultyFrames).toMatchObject({ rate_limited: maxDroppedFrames + 1 });
      ada.send({ type: 'media', media: { isMicrophoneOn: true, isCameraOn: false } });
      await rosterWhere(ada, ({ roster }) => roster[0]?.media.isMicrophoneOn === true);
    });
  });

  describe('a lost connection', () => {
    test('keeps its place, which the same ticket takes again', async () => {
      const [ada, ben] = [await rig.connect(), await rig.connect()];
      const ticket = rig.admission.issueTicket('Ada');
      const { participantId } = await ada.join(ticket);
      await ben.join(rig.admission.issueTicket('Ben'));
      ada.terminate();
      await rosterWhere(ben, ({ roster }) => roster[0]?.isConnected === false);
      await rig.clock.advance(resumeWithinMs - pingEveryMs);
      const back = await (await rig.connect()).join(ticket);
      expect(back.participantId).toBe(participantId);
      const { roster } = await rosterWhere(ben, (message) => message.roster[0]?.isConnected === true);
      expect(roster.map((entry) => entry.name)).toEqual(['Ada', 'Ben']);
      await rig.clock.advance(resumeWithinMs);
      expect(rig.admission.released()).toEqual([]);
    });

    test('ends after its time, with its seat', async () => {
      const ada = await rig.connect();
      const { participantId } = await ada.join(rig.admission.issueTicket('Ada'));
      ada.terminate();
      await expect.poll(() => rig.service.liveMeetings()[0]?.roster[0]?.isConnected).toBe(false);
      await rig.clock.advance(resumeWithinMs - 1);
      expect(rig.admission.seated()).toEqual([participantId]);
      await rig.clock.advance(1);
      expect(rig.admission.seated()).toEqual([]);
      expect(rig.service.liveMeetings()).toEqual([]);
    });

    test('is noticed when the client is silent for three pings', async () => {
      const mute = await rig.connect(terminal, { answersPings: false });
      await mute.join(rig.admission.issueTicket('Room 1', 'thumb-1'));
      await rig.clock.advance(3 * pingEveryMs);
      expect(rig.service.liveMeetings()[0]?.roster[0]?.isConnected).toBe(true);
      await rig.clock.advance(pingEveryMs);
      await mute.closed;
      expect(rig.service.liveMeetings()[0]?.roster[0]?.isConnected).toBe(false);
    });

    test('the same ticket from elsewhere takes the place over at once', async () => {
      const [first, second] = [await rig.connect(), await rig.connect()];
      const ticket = rig.admission.issueTicket('Ada');
      await first.join(ticket);
      const { roster } = await second.join(ticket);
      expect(await first.next('bye')).toEqual({ type: 'bye', reason: 'joined_elsewhere' });
      await first.closed;
      expect(roster).toHaveLength(1);
      expect(rig.service.liveMeetings()[0]?.roster).toMatchObject([{ isConnected: true }]);
      expect(rig.admission.released()).toEqual([]);
    });
  });

  describe('the end', () => {
    test('of one who leaves: goodbye, and the seat is free', async () => {
      const [ada, ben] = [await rig.connect(), await rig.connect()];
      const { participantId } = await ada.join(rig.admission.issueTicket('Ada'));
      await ben.join(rig.admission.issueTicket('Ben'));
      ada.send({ type: 'leave' });
      expect(await ada.next('bye')).toMatchObject({ reason: 'left' });
      await rosterWhere(ben, ({ roster }) => roster.length === 1);
      expect(rig.admission.released()).toEqual([participantId]);
    });

    test('of a revoked terminal: at once, connected or not, joined or not', async () => {
      const [room, spare] = [await rig.connect(terminal), await rig.connect(terminal)];
      const ben = await rig.connect();
      await room.join(rig.admission.issueTicket('Room 1', 'thumb-1'));
      const lost = await rig.connect(terminal);
      await lost.join(rig.admission.issueTicket('Room 1, second screen', 'thumb-1'));
      lost.terminate();
      await ben.join(rig.admission.issueTicket('Ben'));
      await rosterWhere(ben, ({ roster }) => roster[1]?.isConnected === false);
      rig.service.disconnectTerminal('thumb-1');
      expect(await room.next('bye')).toMatchObject({ reason: 'revoked' });
      expect(await spare.next('bye')).toMatchObject({ reason: 'revoked' });
      await Promise.all([room.closed, spare.closed]);
      const { roster } = await rosterWhere(ben, (message) => message.roster.length === 1);
      expect(roster[0]?.name).toBe('Ben');
      expect(rig.admission.seated()).toHaveLength(1);
    });

    test('of a terminal by its id, and nothing more is heard of it', async () => {
      const room = await rig.connect(terminal);
      await room.join(rig.admission.issueTicket('Room 1', 'thumb-1'));
      rig.service.disconnectTerminal('term_00000000000000000000000000000001');
      room.send({ type: 'media', media: { isMicrophoneOn: true, isCameraOn: true } });
      await room.closed;
      expect(rig.service.liveMeetings()).toEqual([]);
    });

    test('of a meeting: goodbye to everybody, and every seat is free', async () => {
      const [ada, ben] = [await rig.connect(), await rig.connect()];
      await ada.join(rig.admission.issueTicket('Ada'));
      await ben.join(rig.admission.issueTicket('Ben'));
      rig.service.endMeeting(rig.admission.meeting.meetingId, 'meeting_ended');
      expect(await ada.next('bye')).toMatchObject({ reason: 'meeting_ended' });
      expect(await ben.next('bye')).toMatchObject({ reason: 'meeting_ended' });
      expect(rig.admission.seated()).toEqual([]);
    });

    test('of the service: goodbye, and seats are kept for the next process', async () => {
      const ada = await rig.connect();
      await ada.join(rig.admission.issueTicket('Ada'));
      await rig.service.close();
      expect(await ada.next('bye')).toMatchObject({ reason: 'server_stopping' });
      expect(rig.admission.seated()).toHaveLength(1);
    });
  });

  test('seats are renewed every ten seconds, also of those who are being waited for', async () => {
    const [ada, ben] = [await rig.connect(), await rig.connect()];
    await ada.join(rig.admission.issueTicket('Ada'));
    await ben.join(rig.admission.issueTicket('Ben'));
    ben.terminate();
    await rosterWhere(ada, ({ roster }) => roster[1]?.isConnected === false);
    await rig.clock.advance(renewSeatsEveryMs);
    expect(rig.admission.renewals()).toBe(2);
    await rig.clock.advance(renewSeatsEveryMs);
    expect(rig.admission.renewals()).toBe(4);
  });
});

describe('without a media server', () => {
  test('a join waits a moment and is refused in a way that clients try again', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'anteroom-service-'));
    const janus = await startJanus(dataDir, '/bin/false');
    const rig = await startServiceRig({ mediaNode: janus, capacity: 3 });
    try {
      const ada = await rig.connect();
      ada.send({ type: 'join', v: 1, ticket: rig.admission.issueTicket('Ada'), media: off });
      await expect.poll(() => rig.admission.seated().length).toBe(1);
      await rig.clock.advance(mediaWaitMs);
      expect(await ada.next('refused')).toMatchObject({ reason: 'media_unavailable' });
      expect(rig.admission.seated()).toEqual([]);
    } finally {
      await rig[Symbol.asyncDispose]();
      await janus[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
