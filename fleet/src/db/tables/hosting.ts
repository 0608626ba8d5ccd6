import type { AccountId, MeetingId, OrganizationId, ParticipantId, TerminalId } from '@anteroom/shared/ids.ts';

/** What the hosts of a meeting decided, beyond the time that anybody is in it. */
export interface HostingTables {
  meetingControls: MeetingControlsRow;
  removals: RemovalRow;
}

export interface MeetingControlsRow {
  meetingId: MeetingId;
  orgId: OrganizationId;
  /** 1 while nobody else may come in. */
  isLocked: number;
  /** JSON, as the signalling role wrote it; nobody else reads it. */
  state: string;
  savedAt: string;
}

/** Somebody who may not come back until they are called again. */
export interface RemovalRow {
  meetingId: MeetingId;
  /** Account, terminal, or the participant of a guest's ticket. */
  holder: AccountId | TerminalId | ParticipantId;
  orgId: OrganizationId;
  removedAt: string;
}
