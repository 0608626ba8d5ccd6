import type { ConnectionId } from '@anteroom/shared/ids.ts';

/**
 * Whether a terminal is online, decided by what it says on which connection and by the fleet's own clock. Messages of an
 * earlier connection may arrive late, twice, or after those of a newer one; they never bring it back.
 */
export type Presence = {
  connectionId: ConnectionId;
  isOnline: boolean;
  /** Monotonic milliseconds of the last sign of life. */
  seenMs: number;
  /** Connections that a newer one replaced, newest first. */
  superseded: readonly ConnectionId[];
};

const mostSuperseded = 16;
const mostMissedHeartbeats = 3;

export function offlineAfterMs(heartbeatEveryMs: number): number {
  return mostMissedHeartbeats * heartbeatEveryMs;
}

/** A hello or heartbeat. The same object comes back when it belongs to a superseded connection. */
export function afterSign(presence: Presence | undefined, connectionId: ConnectionId, nowMs: number): Presence {
  if (!presence) return { connectionId, isOnline: true, seenMs: nowMs, superseded: [] };
  if (presence.connectionId === connectionId) return { ...presence, isOnline: true, seenMs: nowMs };
  if (presence.superseded.includes(connectionId)) return presence;
  const superseded = [presence.connectionId, ...presence.superseded].slice(0, mostSuperseded);
  return { connectionId, isOnline: true, seenMs: nowMs, superseded };
}

/** The will of a connection: a hint that counts only for the present one. */
export function afterGone(presence: Presence, connectionId: ConnectionId): Presence {
  return presence.connectionId === connectionId && presence.isOnline ? { ...presence, isOnline: false } : presence;
}

export function afterSilence(presence: Presence, nowMs: number, heartbeatEveryMs: number): Presence {
  const isSilent = nowMs - presence.seenMs > offlineAfterMs(heartbeatEveryMs);
  return presence.isOnline && isSilent ? { ...presence, isOnline: false } : presence;
}
