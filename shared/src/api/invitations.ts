import { z } from 'zod';
import { departmentId, invitationId } from '../ids.ts';
import { instant } from '../protocol/envelope.ts';
import { language } from '../text.ts';
import { emailAddress, givenName, page, pageQuery, phoneNumber } from './page.ts';
import { route } from './route.ts';

/**
 * `waiting`: sent, and not answered; `accepted`: its person waits for an administrator; `declined`: an administrator sent
 * that person away; `refused`: its person does not want to join.
 */
export const invitationState = z.enum(['waiting', 'accepted', 'joined', 'withdrawn', 'declined', 'refused', 'expired']);
export type InvitationState = z.infer<typeof invitationState>;

export const invitation = z.object({
  id: invitationId,
  name: z.string(),
  /** Phone number or e-mail address that the link was sent to. */
  recipient: z.string(),
  department: z.object({ id: departmentId, name: z.string() }).nullable(),
  position: z.string(),
  remark: z.string(),
  invitedBy: z.string(),
  createdAt: instant,
  /** Last; an invitation can be sent again. */
  sentAt: instant,
  expiresAt: instant,
  state: invitationState,
});
export type Invitation = z.infer<typeof invitation>;

/** What whoever holds the link may know before signing in. */
export const invitationLetter = z.object({
  organizationName: z.string(),
  invitedBy: z.string(),
  name: z.string(),
  /** How it was sent: the account that joins has this phone number or e-mail address. */
  sentBy: z.enum(['sms', 'email']),
  expiresAt: instant,
  state: invitationState,
});
export type InvitationLetter = z.infer<typeof invitationLetter>;

const byId = z.strictObject({ invitationId });
const byToken = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/, 'expected the end of an invitation link') });

const answered = { status: 200, body: invitation } as const;

export const invitationRoutes = {
  list: route({
    method: 'GET',
    path: '/invitations',
    access: 'users',
    summary: 'Invitations, newest first',
    query: pageQuery.extend({ state: invitationState.optional() }),
    success: { status: 200, body: page(invitation) },
  }),
  create: route({
    method: 'POST',
    path: '/invitations',
    access: 'member',
    summary: 'Invite somebody by SMS or e-mail; members may when the organization lets them',
    body: z.strictObject({
      name: givenName,
      recipient: z.union([phoneNumber, emailAddress]),
      departmentId: departmentId.nullable(),
      position: z.string().trim().max(60),
      sortNumber: z.int().min(0).max(999_999),
      remark: z.string().trim().max(200),
      language,
    }),
    success: { status: 201, body: invitation },
  }),
  withdraw: route({
    method: 'POST',
    path: '/invitations/:invitationId/withdraw',
    access: 'users',
    summary: 'Withdraw an invitation that was not answered',
    params: byId,
    success: answered,
  }),
  send: route({
    method: 'POST',
    path: '/invitations/:invitationId/send',
    access: 'users',
    summary: 'Send an invitation again that is unanswered or has expired; the link before leads nowhere any more',
    params: byId,
    success: answered,
  }),
  approve: route({
    method: 'POST',
    path: '/invitations/:invitationId/approve',
    access: 'users',
    summary: 'Let somebody in who accepted',
    params: byId,
    success: answered,
  }),
  decline: route({
    method: 'POST',
    path: '/invitations/:invitationId/decline',
    access: 'users',
    summary: 'Send somebody away who accepted',
    params: byId,
    success: answered,
  }),
};

/** For the person who was invited. */
export const letterRoutes = {
  look: route({
    method: 'GET',
    path: '/letters/:token',
    access: 'public',
    summary: 'What an invitation link leads to',
    params: byToken,
    success: { status: 200, body: invitationLetter },
  }),
  accept: route({
    method: 'POST',
    path: '/letters/:token/accept',
    access: 'personal',
    summary: 'Join the organization that sent the invitation',
    params: byToken,
    success: { status: 200, body: invitationLetter },
  }),
  refuse: route({
    method: 'POST',
    path: '/letters/:token/refuse',
    access: 'public',
    summary: 'Say no to an invitation; whoever does not want to join needs no account for it',
    params: byToken,
    success: { status: 200, body: invitationLetter },
  }),
};
