import { z } from 'zod';

/** What an organization decides for itself. A setting is one field, with its default. */
export const organizationSettings = z.object({
  /** How long an invitation can be accepted, days. */
  invitationDays: z.int().min(1).max(90).default(7),
  membersMayInvite: z.boolean().default(false),
  /** Whether somebody who accepted waits for an administrator. */
  invitationNeedsApproval: z.boolean().default(false),
  /** Whether a new member finds a one-minute trial meeting. */
  hasTrialMeeting: z.boolean().default(true),
});
export type OrganizationSettings = z.infer<typeof organizationSettings>;
