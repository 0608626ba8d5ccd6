import type { ConnectionId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Version } from '@anteroom/shared/protocol/envelope.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { Logger } from 'pino';
import { afterGone, afterSign, afterSilence, type Presence } from './presence.ts';
import type { LinkRepository } from './repository.ts';

export type PresenceTracker = ReturnType<typeof createPresenceTracker>;

/** Keeps presence in memory, writes its changes at once and mere signs of life on `flush`. */
export function createPresenceTracker(deps: {
  repository: LinkRepository;
  clock: Clock;
  log: Logger;
  heartbeatEveryMs: number;
  onChange: (terminalId: TerminalId, isOnline: boolean) => void;
}) {
  const { repository, clock, log, heartbeatEveryMs, onChange } = deps;
  const presences = new Map<TerminalId, Presence>();
  const unwritten = new Map<TerminalId, Version | null>();

  async function goOffline(terminalId: TerminalId, presence: Presence, reason: string): Promise<void> {
    presences.set(terminalId, { ...presence, isOnline: false });
    unwritten.delete(terminalId);
    await repository.saveOffline(terminalId, presence.connectionId);
    log.info({ terminalId, reason }, 'terminal offline');
    onChange(terminalId, false);
  }

  async function write(terminalId: TerminalId, held: Version | null, isNewConnection: boolean): Promise<void> {
    const presence = presences.get(terminalId);
    if (!presence?.isOnline) return;
    const { connectionId } = presence;
    await repository.savePresence({ terminalId, connectionId, isNewConnection, held, now: clock.now() });
  }

  return {
    /** Takes over what the link process before this one knew; its terminals have three heartbeats to show themselves. */
    async load(): Promise<void> {
      presences.clear();
      unwritten.clear();
      for (const { terminalId, connectionId } of await repository.onlinePresence())
        presences.set(terminalId, { connectionId, isOnline: true, seenMs: clock.monotonicMs(), superseded: [] });
    },

    /** A hello or heartbeat; false when it belongs to a connection that a newer one replaced. */
    async sign(terminalId: TerminalId, connectionId: ConnectionId, held: Version | null): Promise<boolean> {
      const before = presences.get(terminalId);
      const after = afterSign(before, connectionId, clock.monotonicMs());
      if (after === before) return false;
      presences.set(terminalId, after);
      const isNewConnection = before?.connectionId !== connectionId;
      if (before?.isOnline && !isNewConnection) {
        unwritten.set(terminalId, held);
        return true;
      }
      await write(terminalId, held, isNewConnection);
      log.info({ terminalId }, 'terminal online');
      onChange(terminalId, true);
      return true;
    },

    async gone(terminalId: TerminalId, connectionId: ConnectionId): Promise<void> {
      const presence = presences.get(terminalId);
      if (presence && afterGone(presence, connectionId) !== presence) await goOffline(terminalId, presence, 'gone');
    },

    async disconnected(terminalId: TerminalId): Promise<void> {
      const presence = presences.get(terminalId);
      if (presence?.isOnline) await goOffline(terminalId, presence, 'disconnected');
    },

    isOnline: (terminalId: TerminalId): boolean => presences.get(terminalId)?.isOnline ?? false,

    async sweep(): Promise<void> {
      const nowMs = clock.monotonicMs();
      for (const [terminalId, presence] of presences)
        if (afterSilence(presence, nowMs, heartbeatEveryMs) !== presence)
          await goOffline(terminalId, presence, 'silent');
    },

    async flush(): Promise<void> {
      for (const [terminalId, held] of [...unwritten]) {
        unwritten.delete(terminalId);
        await write(terminalId, held, false);
      }
    },
  };
}
