import { expect, it } from 'vitest';
import { findPath, type MediaPath } from './path.ts';

const connected = (change: Partial<Extract<MediaPath, { kind: 'connected' }>>): MediaPath => ({
  ...{ kind: 'connected', transport: 'udp', roundTripMs: 20, lostPercent: 0 },
  ...change,
});

it.each([
  [connected({}), 'media.good'],
  [connected({ roundTripMs: null }), 'media.good'],
  [connected({ lostPercent: 2 }), 'media.good'],
  [connected({ lostPercent: 8 }), 'media.lossy'],
  [connected({ roundTripMs: 700 }), 'media.lossy'],
  [connected({ transport: 'relay' }), 'media.detour'],
  [connected({ transport: 'tcp' }), 'media.detour'],
  [{ kind: 'blocked' }, 'media.bad'],
  [{ kind: 'away' }, 'media.away'],
  [{ kind: 'noSignalling' }, 'media.untested'],
] as const)('%j is %s', (path, code) => {
  expect(findPath(path).code).toBe(code);
});
