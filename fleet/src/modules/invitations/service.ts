import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { isAdministrator } from '@anteroom/shared/identity/roles.ts';
import { type InvitationId, newId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { InvitationRow } from '../../db/tables/people.ts';
import { readPhone } from '../../phones.ts';
import { hashToken, newToken } from '../../secret.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { OrganizationsService } from '../organizations/service.ts';
import type { PeopleService } from '../people/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import { createInvitationRepository, type InvitationDetail } from './repository.ts';
import { stateOf } from './rules.ts';

export type InvitationFields = Pick<
  InvitationRow,
  'name' | 'phone' | 'departmentId' | 'position' | 'sortNumber' | 'remark'
> & { language: Language };
export type InvitationNow = InvitationDetail & { state: ReturnType<typeof stateOf> };

/** Letters by SMS that let their reader into the organization. The link alone is not enough: the phone has to be theirs. */
export interface InvitationsService {
  /** Those into the departments that the actor manages. */
  list(actor: Actor, request: PageRequest): Promise<Page<InvitationNow>>;
  create(actor: Actor, fields: InvitationFields): Promise<InvitationNow>;
  withdraw(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  approve(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  decline(actor: Actor, id: InvitationId): Promise<InvitationNow>;
  look(token: string): Promise<InvitationNow>;
  accept(actor: Actor, token: string): Promise<InvitationNow>;
}

export function createInvitationsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  notices: NoticesService;
  organizations: OrganizationsService;
  people: PeopleService;
  sessions: SessionsService;
  publicUrl: () => string;
}): InvitationsService {
  const { db, clock, accounts, audit, changes, departments, notices, organizations, people, sessions } = deps;
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

  async function record(tx: FleetDatabase, by: Actor, action: AuditAction, { id, orgId, name }: InvitationRow) {
    await audit.append(tx, { orgId }, { actor: by.accountId, action, subjectId: id, detail: { name } });
    await changes.mark(tx, { orgId }, 'people');
  }

  async function letIn(tx: FleetDatabase, invitation: InvitationNow, accountId: Actor['accountId']): Promise<void> {
    const { id, orgId, departmentId, position, sortNumber, remark } = invitation;
    await people.join(tx, accountId, orgId, { departmentId, position, sortNumber, remark });
    await createInvitationRepository(tx).update(id, { joinedAt: now() });
  }

  async function tell(
    tx: FleetDatabase,
    { orgId, phone: recipient, organizationName: organization, acceptedBy }: InvitationNow,
    template: 'invitation.approved' | 'invitation.declined',
  ): Promise<void> {
    const account = acceptedBy === null ? undefined : await accounts.find(acceptedBy, tx);
    const language = account?.language ?? 'zh-CN';
    await notices.enqueue(tx, {
      scope: { orgId },
      channel: 'sms',
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
      const page = await createInvitationRepository(db).list(actor, { ...request, departmentIds });
      return { ...page, items: page.items.map(toNow) };
    },
    async create(actor, { language, ...fields }) {
      const phone = readPhone(fields.phone);
      const at = clock.now();
      const id = newId('invitation', at);
      const token = newToken();
      // Whoever invites names a department of their own organization.
      if (fields.departmentId !== null) await departments.listBelow(actor, fields.departmentId);
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { settings, name: organization } = await organizations.get(actor, tx);
        if (isAdministrator(actor)) await departments.checkManaged(tx, actor, fields.departmentId);
        else if (!settings.membersMayInvite) throw new ProblemError('invitations_closed');
        const expiresAt = new Date(at.getTime() + settings.invitationDays * 86_400_000).toISOString();
        const unanswered = { acceptedBy: null, acceptedAt: null, joinedAt: null, withdrawnAt: null, declinedAt: null };
        const row = {
          ...{ ...fields, id, phone, orgId: actor.orgId, tokenHash: hashToken(token), inviterId: actor.accountId },
          ...{ createdAt: at.toISOString(), expiresAt, ...unanswered },
        };
        await createInvitationRepository(tx).insert(row);
        await notices.enqueue(tx, {
          ...{ scope: actor, channel: 'sms', recipient: phone, language, template: 'invitation' },
          values: { inviter: actor.accountName, organization, url: `${deps.publicUrl()}/invitation/${token}` },
        });
        await record(tx, actor, 'invitation.created', row);
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
        if (account?.phone !== invitation.phone) throw new ProblemError('invitation_for_other');
        await createInvitationRepository(tx).update(invitation.id, { acceptedBy: actor.accountId, acceptedAt: now() });
        await record(tx, actor, 'invitation.accepted', invitation);
        const { settings } = await organizations.get(invitation, tx);
        if (!settings.invitationNeedsApproval) await letIn(tx, invitation, actor.accountId);
        return await findByToken(tx, token);
      });
    },
  };
}
