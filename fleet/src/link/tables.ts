import type { CommandId, ConnectionId, MessageId, OrganizationId, TerminalId } from '@anteroom/shared/ids.ts';
import type { OutcomeResult } from '@anteroom/shared/protocol/commands.ts';

/** Rows of what fleet and terminals say to each other. Instants are ISO 8601 text, JSON is text, truth is 0 or 1. */
export interface LinkTables {
  desiredDocuments: DesiredRow;
  reportedDocuments: ReportedRow;
  presence: PresenceRow;
  telemetry: TelemetryRow;
  commands: CommandRow;
  commandOutcomes: OutcomeRow;
  terminalEvents: EventRow;
  deliveryMarkers: MarkerRow;
  linkLease: { id: 1; holder: string; beat: number };
}

/** What the fleet wants of a terminal. `document` is the wire's `desiredDocument` without its version. */
export interface DesiredRow {
  terminalId: TerminalId;
  epoch: number;
  n: number;
  document: string;
  updatedAt: string;
}

export interface ReportedRow {
  terminalId: TerminalId;
  n: number;
  document: string;
  receivedAt: string;
}

export interface PresenceRow {
  terminalId: TerminalId;
  connectionId: ConnectionId;
  isOnline: 0 | 1;
  connectedAt: string;
  lastSeenAt: string;
  /** Desired version that the terminal holds; both null before its first. */
  heldEpoch: number | null;
  heldN: number | null;
}

/** The newest of each terminal only. */
export interface TelemetryRow {
  terminalId: TerminalId;
  residentBytes: number;
  uptimeS: number;
  loadAverage: number;
  droppedMessages: number;
  receivedAt: string;
}

export interface CommandRow {
  id: CommandId;
  orgId: OrganizationId;
  terminalId: TerminalId;
  /** JSON of `commandRequest`. */
  request: string;
  createdAt: string;
  deadlineAt: string;
  sentAt: string | null;
  sentCount: number;
  /** 1 while there is no row in `commandOutcomes`. */
  isOpen: 0 | 1;
}

/** The primary key is what makes an outcome the only one. */
export interface OutcomeRow {
  commandId: CommandId;
  result: OutcomeResult;
  detail: string;
  finishedAt: string;
  receivedAt: string;
}

export interface EventRow {
  terminalId: TerminalId;
  id: MessageId;
  kind: string;
  /** JSON object */
  detail: string;
  at: string;
  receivedAt: string;
}

/** What one process asks the leading link process to do at once; deleted when done. */
export interface MarkerRow {
  id: string;
  action: 'wake' | 'disconnect';
  terminalId: TerminalId;
  /** Of the certificate to disconnect; null disconnects the terminal whatever its certificate, or wakes it. */
  thumbprint: string | null;
}
