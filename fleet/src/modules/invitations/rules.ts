import type { Invitation } from '@anteroom/shared/api/invitations.ts';
import type { InvitationRow } from '../../db/tables/people.ts';

export type InvitationTimes = Pick<
  InvitationRow,
  'expiresAt' | 'acceptedAt' | 'joinedAt' | 'withdrawnAt' | 'declinedAt' | 'refusedAt'
>;

/** How far an invitation has come. What somebody accepted in time does not expire while it waits for an administrator. */
export function stateOf(times: InvitationTimes, now: Date): Invitation['state'] {
  if (times.joinedAt !== null) return 'joined';
  if (times.declinedAt !== null) return 'declined';
  if (times.refusedAt !== null) return 'refused';
  if (times.withdrawnAt !== null) return 'withdrawn';
  if (times.acceptedAt !== null) return 'accepted';
  return times.expiresAt <= now.toISOString() ? 'expired' : 'waiting';
}

/** How a link gets to a phone number or an e-mail address. */
export function channelTo(recipient: string): 'sms' | 'email' {
  return recipient.includes('@') ? 'email' : 'sms';
}
