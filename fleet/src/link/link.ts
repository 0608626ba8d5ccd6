import type { CommandId, TerminalId } from '@anteroom/shared/ids.ts';
import type { UpChannel } from '@anteroom/shared/protocol/channels.ts';
import type { EventMessage } from '@anteroom/shared/protocol/messages.ts';

/** Something that a terminal's page in the console shows has changed in the database. */
export type LinkChange =
  | { kind: 'presence'; terminalId: TerminalId; isOnline: boolean }
  | { kind: 'reported'; terminalId: TerminalId }
  | { kind: 'command'; terminalId: TerminalId; commandId: CommandId }
  | { kind: 'event'; terminalId: TerminalId; event: Pick<EventMessage, 'kind' | 'detail'> };

/** Counted since the process started. */
export type LinkCounters = {
  received: Record<UpChannel, number>;
  /** Messages that were not read, by why. */
  dropped: { malformed: number; revoked: number; overflow: number };
  /** Outcomes of commands that had one already, or that nobody knows. */
  surplusOutcomes: number;
  commandsSent: number;
  commandsSentAgain: number;
  /** Messages that could not be stored; the terminal sends them again. */
  storeFailures: number;
};

export type LinkTiming = {
  /** Terminals send a heartbeat this often, and are offline after three missed ones. */
  heartbeatEveryMs: number;
  /** How soon the process sees what nobody poked it for: what another process put into the database. */
  pollEveryMs: number;
  /** First wait before an unanswered message is sent again; doubles up to `resendAtMostMs`. */
  resendFirstMs: number;
  resendAtMostMs: number;
  /** Without a beat of its leader for so long, the lease is free. */
  leaseMs: number;
};

export const defaultLinkTiming: LinkTiming = {
  heartbeatEveryMs: 10_000,
  pollEveryMs: 200,
  resendFirstMs: 1_000,
  resendAtMostMs: 15_000,
  leaseMs: 3_000,
};

/** A command without an outcome is called expired only so long past its deadline. */
export const expiryGraceMs = 60_000;

export interface Link extends AsyncDisposable {
  /** Begins to compete for the lease; whoever holds it opens the engine and serves. */
  start(): void;
  /** Resolves when this process leads and its engine takes connections; rejects when the engine cannot open. */
  untilLeading(options: { signal: AbortSignal }): Promise<{ port: number }>;
  isLeading(): boolean;
  /** Looks at once for what this process marked for delivery; to be called after the commit. */
  poke(): void;
  /** Ends the live sessions at once. Another process uses `markDisconnect` instead. */
  disconnectCertificate(thumbprint: string): void;
  counters(): LinkCounters;
}
