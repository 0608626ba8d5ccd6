import { z } from 'zod';

const settings = {
  /** How long an invitation can be accepted, days. */
  invitationDays: z.int().min(1).max(90),
  membersMayInvite: z.boolean(),
  /** Whether somebody who accepted waits for an administrator. */
  invitationNeedsApproval: z.boolean(),
  /** Whether a new member finds a one-minute trial meeting. */
  hasTrialMeeting: z.boolean(),
  /** Whether only somebody with a linked billing identity (云账号) orders. */
  ordersNeedBillingIdentity: z.boolean(),
};

/** What an organization decides for itself. A setting is one field, with its default. */
export const organizationSettings = z.object({
  invitationDays: settings.invitationDays.default(7),
  membersMayInvite: settings.membersMayInvite.default(false),
  invitationNeedsApproval: settings.invitationNeedsApproval.default(false),
  hasTrialMeeting: settings.hasTrialMeeting.default(true),
  ordersNeedBillingIdentity: settings.ordersNeedBillingIdentity.default(false),
});
export type OrganizationSettings = z.infer<typeof organizationSettings>;

/** Some of them anew. Without defaults: what is not named stays as it is. */
export const organizationSettingsChange = z.strictObject(settings).partial();
