import { newId, type ParticipantId } from '@anteroom/shared/ids.ts';
import { type MeetingControls, openControls } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import type { CloudEvent, Meeting } from '../types.ts';

/** The fleet lets this room in, for tests. */
export function letIn(
  { meetingId, number, subject, startAt, endAt }: Meeting,
  {
    participantId = newId('participant'),
    roster = [],
    controls = openControls,
  }: { participantId?: ParticipantId; roster?: readonly RosterEntry[]; controls?: MeetingControls } = {},
): Extract<CloudEvent, { type: 'joined' }> {
  const summary = { meetingId, number, subject, startAt, endAt };
  return { from: 'cloud', type: 'joined', participantId, roster, summary, controls, content: null };
}
