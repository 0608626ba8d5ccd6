import type { AccountId, MeetingId, OrganizationId, TerminalId } from '@anteroom/shared/ids.ts';

/** Who is rung for which meeting, and who is not to be disturbed. */
export interface RingTables {
  rings: RingRow;
  quietTimes: QuietTimeRow;
}

/** The last ring of a person or a terminal for a meeting. */
export interface RingRow {
  orgId: OrganizationId;
  meetingId: MeetingId;
  /** The account or the terminal, whichever is rung. */
  calleeId: AccountId | TerminalId;
  accountId: AccountId | null;
  terminalId: TerminalId | null;
  callerId: AccountId;
  state: 'ringing' | 'answered' | 'declined' | 'missed' | 'withdrawn';
  calledAt: string;
  ringUntil: string;
  /** When it stopped ringing; null while it rings. */
  settledAt: string | null;
  /** When the person put a missed call away, or came into its meeting. */
  dismissedAt: string | null;
}

/** A person who is not to be disturbed. */
export interface QuietTimeRow {
  accountId: AccountId;
  /** Null until they switch it off. */
  until: string | null;
}
