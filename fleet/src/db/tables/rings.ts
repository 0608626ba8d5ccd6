import type { AccountId, ContactId, MeetingId, OrganizationId, TerminalId } from '@anteroom/shared/ids.ts';
import type { CalledNumber, CalleeId } from '@anteroom/shared/meeting/calling.ts';

/** Who is rung for which meeting, and who is not to be disturbed. */
export interface RingTables {
  rings: RingRow;
  quietTimes: QuietTimeRow;
}

/** The last ring of a person or a terminal for a meeting, or the last call for a contact or a number, which do not ring. */
export interface RingRow {
  orgId: OrganizationId;
  meetingId: MeetingId;
  /** Whichever of the four is called. */
  calleeId: CalleeId;
  accountId: AccountId | null;
  terminalId: TerminalId | null;
  contactId: ContactId | null;
  phone: CalledNumber | null;
  /** What a contact was called when it was; null for everybody who has a name of their own, and for a number. */
  calleeName: string | null;
  /** Who called; for a terminal, whose meeting it is. */
  callerId: AccountId;
  callerTerminalId: TerminalId | null;
  state: 'ringing' | 'answered' | 'declined' | 'missed' | 'withdrawn' | 'invited' | 'unreachable';
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
