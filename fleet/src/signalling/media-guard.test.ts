import { expect, test } from 'vitest';
import { faultOfDescription, isCandidate } from './media-guard.ts';

const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111 63';
const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96 97';
const sdp = (...lines: string[]) => ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...lines, ''].join('\r\n');

test('descriptions of audio and video pass', () => {
  expect(faultOfDescription(sdp(audio, 'a=mid:0', video, 'a=mid:1'), 'publish')).toBeNull();
  expect(faultOfDescription(sdp(...Array<string>(20).fill(video)), 'subscribe')).toBeNull();
});

test.each([
  ['nothing', ''],
  ['something else', '<html>'],
  ['no media', sdp()],
  ['a data channel', sdp('m=application 9 UDP/DTLS/SCTP webrtc-datachannel')],
  ['media without encryption', sdp('m=audio 9 RTP/AVP 0')],
  ['too many m-lines', sdp(...Array<string>(5).fill(video))],
  ['an endless line', sdp(audio, `a=${'x'.repeat(5_000)}`)],
  ['a stray line', sdp(audio, 'hello')],
  ['control characters', sdp(audio, 'a=mid:\u0000')],
  ['endless payload types', sdp(`${audio} ${'96 '.repeat(200)}`)],
])('%s is refused with a reason', (_what, text) => {
  expect(faultOfDescription(text, 'publish')).toMatch(/^it /);
});

const candidate = (line: string, sdpMid: string | null = '0') => ({ candidate: line, sdpMid, sdpMLineIndex: 0 });

test.each([
  'candidate:1 1 udp 2130706431 192.0.2.9 50000 typ host',
  'candidate:842163049 1 udp 1677729535 203.0.113.4 46154 typ srflx raddr 10.0.0.1 rport 46154 generation 0 ufrag q/H+ network-cost 999',
  'candidate:3 1 UDP 100 4f6b5e1c-1c1d-4c0b-8d0e-000000000000.local 50000 typ host',
  'candidate:4 1 tcp 1518280447 2001:db8::9 9 typ host tcptype active',
])('candidate %s passes', (line) => {
  expect(isCandidate(candidate(line))).toBe(true);
});

test('the end of candidates passes, and nothing that only looks like one', () => {
  expect(isCandidate(null)).toBe(true);
  expect(isCandidate(candidate(''))).toBe(false);
  expect(isCandidate(candidate('candidate:garbage'))).toBe(false);
  expect(isCandidate(candidate('candidate:1 1 udp 1 %n%n%n%n 50000 typ host'))).toBe(false);
  expect(isCandidate(candidate('candidate:1 1 udp 1 192.0.2.9 50000 typ host\r\na=evil'))).toBe(false);
  expect(isCandidate(candidate('candidate:1 1 udp 1 192.0.2.9 50000 typ host', '../../mid'))).toBe(false);
});
