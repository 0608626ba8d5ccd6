import type { CommandId, TerminalId } from '@anteroom/shared/ids.ts';
import type { Payload } from '@anteroom/shared/protocol/channels.ts';
import type { CommandRequest } from '@anteroom/shared/protocol/commands.ts';
import type { DesiredDocument, ReportedDocument } from '@anteroom/shared/protocol/desired.ts';
import type { StoreError } from '../ports/store.ts';

/** With what the terminal proves itself, and whom it trusts: nothing but the pinned CA. */
export type LinkIdentity = {
  terminalId: TerminalId;
  /** `mqtts://host:port` */
  url: string;
  keyPem: string;
  /** Leaf first. */
  certificatePem: string;
  caPem: string;
};

/** What this box is, as `hello` says it. */
export type LinkHardware = { software: string; profile: string; serial: string };

export type CommandResult = {
  result: 'done' | 'failed' | 'refused';
  /** One sentence for an administrator; empty when `done` says it all. */
  detail: string;
  /** Called once the outcome is on disk: a restart may only begin then. */
  afterRecorded?: () => void;
};

export type LinkHandlers = {
  /** A newer document, already on disk. */
  desired(document: DesiredDocument): void;
  /**
   * Acts on a command, at most once ever: `started` is on disk before this is called. Commands come in the order of
   * their arrival and do not wait for each other. A rejection becomes `failed`; when `signal` aborts the agent is going
   * down, and the command becomes `interrupted` at its next start.
   */
  execute(request: CommandRequest, options: { commandId: CommandId; signal: AbortSignal }): Promise<CommandResult>;
  statusChanged(status: LinkStatus): void;
};

export type LinkStatus =
  | { state: 'stopped' }
  | { state: 'connecting'; attempt: number }
  /** The broker took the connection; the fleet has not answered `hello` yet. */
  | { state: 'connected' }
  | { state: 'online' }
  /** `isRefused`: the broker answered and does not want this certificate. */
  | { state: 'offline'; reason: string; isRefused: boolean; retryInMs: number };

export type ReportedContent = Omit<ReportedDocument, 'n'>;
export type EventKind = Payload<'event'>['kind'];
export type EventDetail = Payload<'event'>['detail'];
export type Telemetry = Omit<Payload<'telemetry'>, 'v' | 'id' | 'at' | 'droppedMessages'>;

export interface Link extends AsyncDisposable {
  /** Begins to connect, and to connect again whenever the connection ends. */
  start(): void;
  status(): LinkStatus;
  /** The newest desired document on disk; null before the first. */
  desired(): DesiredDocument | null;
  /** Damaged files that were found when the link was opened, and kept aside. */
  damage(): readonly StoreError[];
  /** Replaces what this terminal reports; sent now or as soon as there is a connection. Equal contents change nothing. */
  report(content: ReportedContent): Promise<void>;
  /** Resolves when the event is on disk; it is sent until the fleet has stored it. */
  publishEvent(kind: EventKind, detail: EventDetail): Promise<void>;
  /** Sent when online, else forgotten. */
  sendTelemetry(telemetry: Telemetry): void;
  /** Server time by the last `welcome`, the terminal's own time before the first. */
  serverNow(): Date;
  /** Reads the identity again and connects anew: after a renewal, or when the address changed. */
  reconnect(): void;
}

export type LinkTiming = {
  /** First wait before connecting again; doubles with jitter up to `reconnectAtMostMs`. */
  reconnectFirstMs: number;
  reconnectAtMostMs: number;
  /** Wait after the broker refused the certificate. */
  refusedRetryMs: number;
  /** Without `welcome` for so long, `hello` is said again. */
  welcomeWithinMs: number;
  /** First wait before an unacknowledged message is sent again; doubles up to `resendAtMostMs`. */
  resendFirstMs: number;
  resendAtMostMs: number;
};

export const defaultLinkTiming: LinkTiming = {
  reconnectFirstMs: 200,
  reconnectAtMostMs: 2_500,
  refusedRetryMs: 30_000,
  welcomeWithinMs: 2_000,
  resendFirstMs: 1_000,
  resendAtMostMs: 15_000,
};
