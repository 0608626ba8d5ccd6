import type { PublishedStream } from '../media-nodes/videoroom.ts';

/** The tracks that a media server agreed to receive, read from its answer (RFC 8866, RFC 8829 5.3.1): one per m-line. */
export function receivedStreams(answer: string): PublishedStream[] {
  const sections = answer.split(/^m=/m).slice(1);
  return sections.flatMap((section): PublishedStream[] => {
    const [kind, port] = section.split(' ', 2);
    const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
    const isReceiving = port !== '0' && /^a=(recvonly|sendrecv)\s*$/m.test(section);
    if ((kind !== 'audio' && kind !== 'video') || mid === undefined || !isReceiving) return [];
    // RFC 8853: the layers that it takes.
    return [{ mid, kind, hasLayers: /^a=simulcast:recv /m.test(section) }];
  });
}
