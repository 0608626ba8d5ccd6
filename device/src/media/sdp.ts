/**
 * SDP as the far end understands it. webrtcbin writes lines that share the first line's transport with port 0 and
 * `a=bundle-only` (RFC 8843, 6); Janus reads port 0 as "refused", as RFC 3264 does. Port 9 means the same to both.
 */
export function withBundledPorts(sdp: string): string {
  const [head = '', ...lines] = sdp.split(/^(?=m=)/m);
  return [head, ...lines.map((line) => (/^a=bundle-only\r?$/m.test(line) ? openPort(line) : line))].join('');
}

function openPort(line: string): string {
  return line.replace(/^(m=\w+) 0 /, '$1 9 ').replace(/^a=bundle-only\r?\n/m, '');
}
