import type { Invitation, InvitationLetter, invitationRoutes, letterRoutes } from '@anteroom/shared/api/invitations.ts';
import type { Handlers } from '../../plugins/contract-routes.ts';
import { channelTo } from './rules.ts';
import type { InvitationNow, InvitationsService } from './service.ts';

export function createInvitationHandlers(deps: { invitations: InvitationsService }): Handlers<typeof invitationRoutes> {
  const { invitations } = deps;
  return {
    async list({ actor, query }) {
      const page = await invitations.list(actor, query);
      return { ...page, items: page.items.map(toInvitation) };
    },
    create: async ({ actor, body }) => toInvitation(await invitations.create(actor, body)),
    withdraw: async ({ actor, params }) => toInvitation(await invitations.withdraw(actor, params.invitationId)),
    send: async ({ actor, params }) => toInvitation(await invitations.send(actor, params.invitationId)),
    approve: async ({ actor, params }) => toInvitation(await invitations.approve(actor, params.invitationId)),
    decline: async ({ actor, params }) => toInvitation(await invitations.decline(actor, params.invitationId)),
  };
}

export function createLetterHandlers(deps: { invitations: InvitationsService }): Handlers<typeof letterRoutes> {
  const { invitations } = deps;
  return {
    look: async ({ params }) => toLetter(await invitations.look(params.token)),
    accept: async ({ actor, params }) => toLetter(await invitations.accept(actor, params.token)),
    refuse: async ({ actor, params }) => toLetter(await invitations.refuse(actor, params.token)),
  };
}

function toInvitation(row: InvitationNow): Invitation {
  const { id, name, recipient, position, remark, departmentId, departmentName, createdAt, sentAt, expiresAt, state } =
    row;
  const department = departmentId === null ? null : { id: departmentId, name: departmentName ?? '' };
  const invitedBy = row.inviterName;
  return { id, name, recipient, department, position, remark, invitedBy, createdAt, sentAt, expiresAt, state };
}

function toLetter(row: InvitationNow): InvitationLetter {
  const { organizationName, inviterName: invitedBy, name, recipient, expiresAt, state } = row;
  return { organizationName, invitedBy, name, sentBy: channelTo(recipient), expiresAt, state };
}
