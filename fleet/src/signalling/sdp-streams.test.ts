import { expect, test } from 'vitest';
import { receivedStreams } from './sdp-streams.ts';

const answer = (...sections: string[][]) => ['v=0', 's=-', ...sections.flat(), ''].join('\r\n');

test('one stream for each m-line that is received', () => {
  const sdp = answer(
    ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=recvonly'],
    ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:cam', 'a=recvonly'],
  );
  expect(receivedStreams(sdp)).toEqual([
    { mid: '0', kind: 'audio', hasLayers: false },
    { mid: 'cam', kind: 'video', hasLayers: false },
  ]);
});

test('a video of which several sizes are taken has layers', () => {
  const sdp = answer([
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'a=mid:1',
    'a=recvonly',
    'a=rid:h recv',
    'a=rid:m recv',
    'a=rid:l recv',
    'a=simulcast:recv h;m;l',
  ]);
  expect(receivedStreams(sdp)).toEqual([{ mid: '1', kind: 'video', hasLayers: true }]);
});

test('rejected, inactive and data m-lines are none', () => {
  const sdp = answer(
    ['m=audio 0 UDP/TLS/RTP/SAVPF 0', 'a=mid:0', 'a=recvonly'],
    ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=mid:1', 'a=inactive'],
    ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:2'],
  );
  expect(receivedStreams(sdp)).toEqual([]);
});
