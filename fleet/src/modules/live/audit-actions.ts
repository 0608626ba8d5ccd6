import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import type { ControlAuditAction } from '../audit/service.ts';

/**
 * What the trail keeps of an action from outside: what lasts, or what somebody may ask about later. Ends and extensions
 * are kept where they are done; microphones, cameras and hands come and go.
 */
export function auditActionOf(action: ControlAction): ControlAuditAction | null {
  switch (action.kind) {
    case 'lock':
      return action.isLocked ? 'meeting.locked' : 'meeting.unlocked';
    case 'remove':
      return 'meeting.participantRemoved';
    case 'rename':
      return 'meeting.participantRenamed';
    case 'admit':
      return 'meeting.participantsAdmitted';
    case 'muteAll':
      return 'meeting.everybodyMuted';
    case 'unmuteAll':
      return 'meeting.everybodyUnmuted';
    case 'allowSharing':
      return action.isAllowed ? 'meeting.sharingAllowed' : 'meeting.sharingForbidden';
    case 'handOver':
      return 'meeting.hostSet';
    case 'setCohost':
      return 'meeting.cohostsSet';
    default:
      return null;
  }
}
