import { type Finding, found } from './findings.ts';

/** What a connection to the media server came to. */
export type MediaPath =
  | { kind: 'connected'; transport: 'udp' | 'tcp' | 'relay'; roundTripMs: number | null; lostPercent: number }
  /** No way was found in the time. */
  | { kind: 'blocked' }
  /** The server has no media server at the moment, or tests too much already. */
  | { kind: 'away' }
  | { kind: 'noSignalling' };

/** Above this, words are missing. */
const lossyPercent = 3;
const slowMs = 300;

export function findPath(path: MediaPath): Finding {
  switch (path.kind) {
    case 'blocked':
      return found('media.bad');
    case 'away':
      return found('media.away');
    case 'noSignalling':
      return found('media.untested');
    case 'connected': {
      const roundTripMs = Math.round(path.roundTripMs ?? 0);
      const lostPercent = Math.round(path.lostPercent);
      if (lostPercent > lossyPercent || roundTripMs > slowMs) return found('media.lossy', { roundTripMs, lostPercent });
      return found(path.transport === 'udp' ? 'media.good' : 'media.detour', { roundTripMs });
    }
  }
}
