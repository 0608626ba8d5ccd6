import type { IceCandidate } from '@anteroom/shared/signalling/messages.ts';

/**
 * What a client may hand to the media server. Janus is written in C and parses these texts itself, so anything that is
 * not plainly a description or a candidate stops here.
 */
const maxPublishedLines = 4;
const maxSubscribedLines = 64;
const maxLineLength = 4096;

/** Why this text is no session description for us (RFC 8866), or null when it may pass. */
export function faultOfDescription(sdp: string, kind: 'publish' | 'subscribe'): string | null {
  if (!/^v=0\r?\n/.test(sdp)) return 'it does not begin with v=0';
  if (!/^[\x20-\x7e\r\n\t]*$/.test(sdp)) return 'it has characters outside of ASCII';
  const lines = sdp.split(/\r?\n/);
  if (lines.some((line) => line.length > maxLineLength))
    return `it has a line of more than ${maxLineLength} characters`;
  if (lines.some((line) => line !== '' && !/^[a-z]=/.test(line))) return 'it has a line that is not of the form x=…';
  const mediaLines = lines.filter((line) => line.startsWith('m='));
  const limit = kind === 'publish' ? maxPublishedLines : maxSubscribedLines;
  if (mediaLines.length === 0) return 'it has no m-line';
  if (mediaLines.length > limit) return `it has more than ${limit} m-lines`;
  if (mediaLines.some((line) => !/^m=(audio|video) \d{1,5} UDP\/TLS\/RTP\/SAVPF( \d{1,3}){1,64}$/.test(line))) {
    return 'it has an m-line that is neither audio nor video over DTLS';
  }
  return null;
}

// RFC 8839 5.1, and 5.4 for what follows the type.
const candidateLine =
  /^candidate:[\w+/]{1,32} [12] (udp|tcp) \d{1,10} [\w.:-]{1,253} \d{1,5} typ (host|srflx|prflx|relay)( [\x21-\x7e]+)*$/i;

export function isCandidate(candidate: IceCandidate | null): boolean {
  if (candidate === null) return true;
  return candidateLine.test(candidate.candidate) && /^[\w-]{0,32}$/.test(candidate.sdpMid ?? '');
}
