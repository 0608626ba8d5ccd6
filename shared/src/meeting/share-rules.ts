import type { ParticipantId } from '../ids.ts';
import { hostsMeeting, type MeetingControls, type ParticipantRole } from './control.ts';
import type { SharedContent, ShareRuleRefusal } from './sharing.ts';

/** Whoever wants to share, and what they find. */
export type ShareOutlook = {
  own: { participantId: ParticipantId; role: ParticipantRole };
  controls: Pick<MeetingControls, 'canShare'>;
  content: Pick<SharedContent, 'participantId'> | null;
  /** Of whoever shares; null when they are not here any more. */
  sharerRole: ParticipantRole | null;
};

/**
 * Why somebody may not begin to share, or null: one at a time, hosts before others. The client and the panel ask before
 * they offer it, the signalling role decides by it.
 */
export function refusalToShare(
  { own, controls, content, sharerRole }: ShareOutlook,
  { takesOver }: { takesOver: boolean },
): ShareRuleRefusal | null {
  if (!controls.canShare && !hostsMeeting(own.role)) return 'sharing_not_allowed';
  if (content === null || content.participantId === own.participantId) return null;
  if (sharerRole !== null && hostsMeeting(sharerRole) && !hostsMeeting(own.role)) return 'host_shares';
  return takesOver ? null : 'somebody_shares';
}
