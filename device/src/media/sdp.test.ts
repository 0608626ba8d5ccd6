import { describe, expect, test } from 'vitest';
import { asPassive, withBundledPorts, withoutFullIntraRequests, withoutQuietLines, withQuietLines } from './sdp.ts';

const head = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n';
const video = (direction: string) =>
  `m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=${direction}\r\na=setup:active\r\n`;
const audio = (direction: string) =>
  `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=${direction}\r\na=setup:active\r\n`;

describe('SDP for both ends', () => {
  test('a bundled line with port 0 gets a port that does not mean refusal', () => {
    const offer = `${head}${video('sendrecv')}m=audio 0 UDP/TLS/RTP/SAVPF 111\r\na=bundle-only\r\na=mid:1\r\n`;
    expect(withBundledPorts(offer)).toBe(`${head}${video('sendrecv')}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\n`);
  });

  test('a line that was refused stays refused', () => {
    const answer = `${head}${video('recvonly')}m=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=inactive\r\na=mid:1\r\n`;
    expect(withBundledPorts(answer)).toBe(answer);
  });

  test('a quiet line looks alive to webrtcbin and is answered as quiet', () => {
    const { offer, quietMids } = withoutQuietLines(`${head}${video('inactive')}${audio('sendonly')}`);
    expect(offer).toBe(`${head}${video('sendonly')}${audio('sendonly')}`);
    expect(quietMids).toEqual(['0']);
    expect(withQuietLines(`${head}${video('recvonly')}${audio('recvonly')}`, quietMids)).toBe(
      `${head}${video('inactive')}${audio('recvonly')}`,
    );
  });

  test('an offer without quiet lines stays as it is', () => {
    const offer = `${head}${video('sendonly')}${audio('sendonly')}`;
    expect(withoutQuietLines(offer)).toEqual({ offer, quietMids: [] });
  });

  test('full intra requests are not offered, the other feedback is', () => {
    const offer = `${head}${video('sendonly')}a=rtcp-fb:96 ccm fir\r\na=rtcp-fb:96 nack pli\r\n`;
    expect(withoutFullIntraRequests(offer)).toBe(`${head}${video('sendonly')}a=rtcp-fb:96 nack pli\r\n`);
  });

  test('a passive answer waits for the handshake on every line', () => {
    expect(asPassive(`${head}${video('recvonly')}${audio('recvonly')}`)).not.toContain('setup:active');
  });
});
