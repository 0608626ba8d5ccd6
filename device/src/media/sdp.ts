/**
 * SDP as the far end understands it. webrtcbin writes lines that share the first line's transport with port 0 and
 * `a=bundle-only` (RFC 8843, 6); Janus reads port 0 as "refused", as RFC 3264 does. Port 9 means the same to both.
 */
export function withBundledPorts(sdp: string): string {
  return mapLines(sdp, (line) => (/^a=bundle-only\r?$/m.test(line) ? openPort(line) : line));
}

function openPort(line: string): string {
  return line.replace(/^(m=\w+) 0 /, '$1 9 ').replace(/^a=bundle-only\r?\n/m, '');
}

/**
 * webrtcbin 1.22 cannot change the direction of a line that is in use ("transceiver direction changes are not
 * implemented"), and a line without a publisher is offered as inactive. It is shown to webrtcbin as still sending, and
 * the answer says inactive again: see `withQuietLines`. Returns the lines' mids beside the text.
 */
export function withoutQuietLines(offer: string): { offer: string; quietMids: readonly string[] } {
  const quietMids: string[] = [];
  const text = mapLines(offer, (line) => {
    const mid = /^a=mid:(\S+)/m.exec(line)?.[1];
    if (mid === undefined || !/^a=inactive\r?$/m.test(line)) return line;
    quietMids.push(mid);
    return line.replace(/^a=inactive/m, 'a=sendonly');
  });
  return { offer: text, quietMids };
}

/** An answer in which the lines named by `mids` are inactive. */
export function withQuietLines(answer: string, mids: readonly string[]): string {
  return mapLines(answer, (line) => {
    const mid = /^a=mid:(\S+)/m.exec(line)?.[1] ?? '';
    return mids.includes(mid) ? line.replace(/^a=recvonly/m, 'a=inactive') : line;
  });
}

/** An answer whose side waits for the other's DTLS handshake instead of beginning it (RFC 8842). */
export function asPassive(answer: string): string {
  return answer.replace(/^a=setup:active/gm, 'a=setup:passive');
}

/** An offer that takes no full intra requests: a pending FIR takes the place of a PLI, and Janus passes on PLIs only. */
export function withoutFullIntraRequests(offer: string): string {
  return offer.replace(/^a=rtcp-fb:\S+ ccm fir\r?\n/gm, '');
}

function mapLines(sdp: string, change: (line: string) => string): string {
  const [head = '', ...lines] = sdp.split(/^(?=m=)/m);
  return [head, ...lines.map(change)].join('');
}
