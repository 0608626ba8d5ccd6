import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { probeForMs, probesPerAddress } from './limits.ts';
import { faultOfProbe } from './media-probe.ts';
import type { SignallingPeer } from './ports.ts';
import { startOwnJanus } from './testing/janus.ts';
import { type ServiceRig, startServiceRig } from './testing/service-rig.ts';

const sound = [
  ...['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sendonly', 'a=rtcp-mux', 'a=setup:actpass'],
  ...['a=rtpmap:111 opus/48000/2', 'a=ice-ufrag:abcd', 'a=ice-pwd:abcdefghijklmnopqrstuvwx'],
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
];
const picture = sound.map((line) => line.replace('m=audio', 'm=video').replace('opus/48000/2', 'VP8/90000'));
const offerOf = (...lines: string[]) => ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...lines, ''].join('\r\n');
const probe = { type: 'probe', offer: offerOf(...sound) };
const elsewhere: SignallingPeer = { kind: 'browser', address: '192.0.2.78' };

it.each([
  ['one sound', sound, true],
  ['a picture', picture, false],
  ['sound and picture', [...sound, ...picture], false],
  ['two sounds', [...sound, ...sound], false],
] as const)('an offer of %s', (_title, lines, isFit) => {
  expect(faultOfProbe(offerOf(...lines)) === null).toBe(isFit);
});

describe('a test of the way to the media server', () => {
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

  it('is answered by the media server with its candidates, without a ticket and without a meeting', async () => {
    const guest = await rig.connect();
    guest.send(probe);
    expect((await guest.next('probed')).answer).toMatch(/^m=audio [1-9]/m);
    expect(await guest.next('candidate')).toMatchObject({ connection: 'publish' });
    expect(rig.service.liveMeetings()).toEqual([]);
  });

  it('carries no picture', async () => {
    const guest = await rig.connect();
    guest.send({ type: 'probe', offer: offerOf(...picture) });
    expect(await guest.next('error')).toMatchObject({ code: 'media_offer_invalid' });
  });

  it('is for browsers outside of meetings, once for each connection', async () => {
    const terminal = await rig.connect({
      ...{ kind: 'terminal', terminalId: 'term_00000000000000000000000000000001', certificateThumbprint: 'thumb-1' },
    });
    terminal.send(probe);
    expect(await terminal.next('error')).toMatchObject({ code: 'message_out_of_place' });
    const inMeeting = await rig.connect();
    await inMeeting.join(rig.admission.issueTicket('Ada'));
    inMeeting.send(probe);
    expect(await inMeeting.next('error')).toMatchObject({ code: 'message_out_of_place' });
    const guest = await rig.connect();
    guest.send(probe);
    await guest.next('probed');
    guest.send(probe);
    expect(await guest.next('error')).toMatchObject({ code: 'message_out_of_place' });
  });

  it('finds few places for one address, which are free again only when the time is over', async () => {
    for (let count = 0; count < probesPerAddress; count++) {
      const guest = await rig.connect();
      guest.send(probe);
      expect((await guest.next('probed')).answer).not.toBeNull();
      guest.terminate();
    }
    const late = await rig.connect();
    late.send(probe);
    expect((await late.next('probed')).answer).toBeNull();
    const other = await rig.connect(elsewhere);
    other.send(probe);
    expect((await other.next('probed')).answer).not.toBeNull();
    await rig.clock.advance(probeForMs);
    late.send(probe);
    expect((await late.next('probed')).answer).not.toBeNull();
  });
});
