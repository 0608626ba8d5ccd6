import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { isAdministrator } from '@anteroom/shared/identity/roles.ts';
import { type InvitationId, newId } from '@anteroom/shared/ids.ts';
import type { OrganizationSettings } from '@anteroom/shared/organization/settings.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Page } from '../../db/paging.ts';
import type { InvitationRow } from '../../db/tables/people.ts';
import { readPhone } from '../../phones.ts';
import { hashToken, newToken } from '../../secret.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { LinksService } from '../links/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { OrganizationsService } from '../organizations/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import { createInvitationRepository, type InvitationDetail, type InvitationsRequest } from './repository.ts';
import { channelTo, stateOf } from './rules.ts';

export type InvitationFields = Pick<
  InvitationRow,
  'name' | 'recipient' | 'departmentId' | 'position' | 'sortNumber' | 'remark'
> & { language: Language };
export type InvitationNow = InvitationDetail & { state: ReturnType<typeof stateOf> };

/**
 * Letters by SMS or e-mail that let their reader into the organization. The link alone is not enough: the account that
 * joins has the phone number or the e-mail address that it was sent to.
 */
export interface InvitationsService {
  /** Those into the departments that the actor manages. */
  list(actor: Actor, request: Omit<InvitationsRequest, 'departmentIds'>): Promise<Page<InvitationNow>>;
  create(actor: Actor, fields: InvitationFields): Promise<InvitationNow>;
  /** With a new link, good for as long as a new invitation. */
  send(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  withdraw(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  approve(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  decline(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  look(token: string): Promise<InvitationNow>;
  accept(actor: Actor, token: string): Promise<InvitationNow>;
  /** By whoever holds the link, signed in or not. */
  refuse(actor: Actor | null, token: string): Promise<InvitationNow>;
}

export function createInvitationsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  links: LinksService;
  notices: NoticesService;
  organizations: OrganizationsService;
  people: PeopleService;
  sessions: SessionsService;
  publicUrl: () => string;
}): InvitationsService {
  const { db, clock, accounts, audit, changes, departments, links, notices, organizations, people, sessions } = deps;
  const now = () => clock.now().toISOString();
  const toNow = (row: InvitationDetail): InvitationNow => ({ ...row, state: stateOf(row, clock.now()) });

  async function get(tx: FleetDatabase, actor: Actor, id: InvitationId): Promise<InvitationNow> {
    const row = await createInvitationRepository(tx).find(actor, id);
    if (!row) throw new ProblemError('not_found');
    return toNow(row);
  }

  async function findByToken(tx: FleetDatabase, token: string): Promise<InvitationNow> {
    const row = await createInvitationRepository(tx).findByToken(hashToken(token));
    if (!row) throw new ProblemError('invitation_unknown');
    return toNow(row);
  }

  async function record(tx: FleetDatabase, by: Actor | null, action: AuditAction, { id, orgId, name }: InvitationRow) {
    await audit.append(tx, { orgId }, { actor: by?.accountId ?? null, action, subjectId: id, detail: { name } });
    await changes.mark(tx, { orgId }, 'people');
  }

  /** A link that nobody has yet, and from when until when it is good. */
  function newLink({ invitationDays }: OrganizationSettings) {
    const token = newToken();
    const at = clock.now();
    const expiresAt = new Date(at.getTime() + invitationDays * 86_400_000).toISOString();
    return { token, link: { tokenHash: hashToken(token), sentAt: at.toISOString(), expiresAt } };
  }

  async function post(
    tx: FleetDatabase,
    actor: Actor,
    { recipient }: Pick<InvitationRow, 'recipient'>,
    { token, language }: { token: string; language: Language },
  ): Promise<void> {
    await links.count(tx, actor, recipient);
    const { accountName: inviter, orgName: organization } = actor;
    await notices.enqueue(tx, {
      ...{ scope: actor, channel: channelTo(recipient), recipient, language, template: 'invitation' },
      values: { inviter, organization, url: `${deps.publicUrl()}/invitation/${token}` },
    });
  }

  async function letIn(tx: FleetDatabase, invitation: InvitationNow, accountId: Actor['accountId']): Promise<void> {
    const { id, orgId, departmentId, position, sortNumber, remark } = invitation;
    await people.join(tx, accountId, orgId, { departmentId, position, sortNumber, remark });
    await createInvitationRepository(tx).update(id, { joinedAt: now() });
  }

  async function tell(
    tx: FleetDatabase,
    { orgId, recipient, organizationName: organization, acceptedBy }: InvitationNow,
    template: 'invitation.approved' | 'invitation.declined',
  ): Promise<void> {
    const account = acceptedBy === null ? undefined : await accounts.find(acceptedBy, tx);
    const language = account?.language ?? 'zh-CN';
    await notices.enqueue(tx, {
      scope: { orgId },
      channel: channelTo(recipient),
      recipient,
      language,
      template,
      values: { organization },
    });
  }

  /** An administrator's answer to somebody who accepted. */
  async function answer(actor: Actor, id: InvitationId, isWelcome: boolean): Promise<InvitationNow> {
    return await db.transaction().execute(async (tx) => {
      await lockOrganization(tx, actor);
      const invitation = await get(tx, actor, id);
      await departments.checkManaged(tx, actor, invitation.departmentId);
      const { state, acceptedBy } = invitation;
      if (state !== 'accepted' || acceptedBy === null) throw new ProblemError('invitation_answered');
      // Somebody who joined another organization meanwhile stays there.
      if (isWelcome && (await sessions.actorOf(acceptedBy, tx)).role !== 'personal')
        throw new ProblemError('invitation_answered');
      if (isWelcome) await letIn(tx, invitation, acceptedBy);
      else await createInvitationRepository(tx).update(id, { declinedAt: now() });
      await tell(tx, invitation, isWelcome ? 'invitation.approved' : 'invitation.declined');
      await record(tx, actor, isWelcome ? 'invitation.approved' : 'invitation.declined', invitation);
      return await get(tx, actor, id);
    });
  }

  return {
    async list(actor, request) {
      const managed = await departments.managedBy(actor);
      const departmentIds = managed && [...managed];
      const page = await createInvitationRepository(db).list(actor, { ...request, departmentIds }, clock.now());
      return { ...page, items: page.items.map(toNow) };
    },
    async create(actor, { language, ...fields }) {
      const recipient = fields.recipient.includes('@') ? fields.recipient.toLowerCase() : readPhone(fields.recipient);
      const id = newId('invitation', clock.now());
      // Whoever invites names a department of their own organization.
      if (fields.departmentId !== null) await departments.listBelow(actor, fields.departmentId);
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { settings, name: organization } = await organizations.get(actor, tx);
        if (isAdministrator(actor)) await departments.checkManaged(tx, actor, fields.departmentId);
        else if (!settings.membersMayInvite) throw new ProblemError('invitations_closed');
        if (await createInvitationRepository(tx).hasMember(actor, recipient))
          throw new ProblemError('member_already', { recipient, organization });
        const { link, token } = newLink(settings);
        const unanswered = { acceptedBy: null, acceptedAt: null, joinedAt: null, withdrawnAt: null, declinedAt: null };
        const row = {
          ...{ ...fields, id, recipient, orgId: actor.orgId, inviterId: actor.accountId, createdAt: now(), ...link },
          ...{ ...unanswered, refusedAt: null },
        };
        await createInvitationRepository(tx).insert(row);
        await post(tx, actor, row, { token, language });
        await record(tx, actor, 'invitation.created', row);
        return await get(tx, actor, id);
      });
    },
    async send(actor, id) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const invitation = await get(tx, actor, id);
        await departments.checkManaged(tx, actor, invitation.departmentId);
        if (invitation.state !== 'waiting' && invitation.state !== 'expired')
          throw new ProblemError('invitation_answered');
        const { settings } = await organizations.get(actor, tx);
        const { link, token } = newLink(settings);
        await createInvitationRepository(tx).update(id, link);
        await post(tx, actor, invitation, { token, language: actor.language });
        await record(tx, actor, 'invitation.sentAgain', invitation);
        return await get(tx, actor, id);
      });
    },
    async withdraw(actor, id) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const invitation = await get(tx, actor, id);
        await departments.checkManaged(tx, actor, invitation.departmentId);
        if (invitation.state !== 'waiting' && invitation.state !== 'accepted')
          throw new ProblemError('invitation_answered');
        await createInvitationRepository(tx).update(id, { withdrawnAt: now() });
        await record(tx, actor, 'invitation.withdrawn', invitation);
        return await get(tx, actor, id);
      });
    },
    approve: (actor, id) => answer(actor, id, true),
    decline: (actor, id) => answer(actor, id, false),
    look: (token) => findByToken(db, token),
    async accept(actor, token) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, await findByToken(tx, token));
        const invitation = await findByToken(tx, token);
        if (invitation.state !== 'waiting') throw new ProblemError('invitation_answered');
        const account = await accounts.find(actor.accountId, tx);
        if (account?.phone !== invitation.recipient && account?.email !== invitation.recipient)
          throw new ProblemError('invitation_for_other');
        await createInvitationRepository(tx).update(invitation.id, { acceptedBy: actor.accountId, acceptedAt: now() });
        await record(tx, actor, 'invitation.accepted', invitation);
        const { settings } = await organizations.get(invitation, tx);
        if (!settings.invitationNeedsApproval) await letIn(tx, invitation, actor.accountId);
        return await findByToken(tx, token);
      });
    },
    async refuse(actor, token) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, await findByToken(tx, token));
        const invitation = await findByToken(tx, token);
        if (invitation.state !== 'waiting') throw new ProblemError('invitation_answered');
        await createInvitationRepository(tx).update(invitation.id, { refusedAt: now() });
        await record(tx, actor, 'invitation.refused', invitation);
        return await findByToken(tx, token);
      });
    },
  };
}
