import type { MeetingId, OrganizationId } from '@anteroom/shared/ids.ts';

export interface WhiteboardTables {
  whiteboards: WhiteboardRow;
}

/** The whiteboard of a meeting, while it is held and afterwards. */
export interface WhiteboardRow {
  meetingId: MeetingId;
  orgId: OrganizationId;
  /** The Yjs document, as one update in base64. */
  state: string;
  /** How many elements are on it. */
  elements: number;
  savedAt: string;
}
