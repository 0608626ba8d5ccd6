import type { CallState } from '@anteroom/shared/panel/state.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';

/** A call in the meeting: what meeting control is about. */
export type InMeeting = Extract<CallState, { state: 'in' }>;

/** This room as the meeting has it; undefined for the moment before the roster names it. */
export function ownEntry({ roster, ownParticipantId }: InMeeting): RosterEntry | undefined {
  return roster.find(({ participantId }) => participantId === ownParticipantId);
}

export function isHosting(call: InMeeting): boolean {
  const role = ownEntry(call)?.role;
  return role === 'host' || role === 'cohost';
}

export function nameOf({ roster }: InMeeting, id: string): string {
  return roster.find(({ participantId }) => participantId === id)?.name ?? '';
}
