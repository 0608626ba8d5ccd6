import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { type Permission, permissions } from '@anteroom/shared/identity/roles.ts';
import type { AccountId, DepartmentId, OrganizationId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { isUniqueViolation } from '../../db/faults.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { Page, PageRequest } from '../../db/paging.ts';
import type { MembershipRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import { readPhone } from '../../phones.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { AuditAct, AuditAction, AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import type { DepartmentsService } from '../departments/service.ts';
import type { LinksService } from '../links/service.ts';
import type { ComingMeeting, ComingMeetings } from '../meetings/service.ts';
import type { NoticesService } from '../notices/service.ts';
import type { OrganizationFields, OrganizationsService } from '../organizations/service.ts';
import type { Actor, SessionsService } from '../sessions/service.ts';
import { createEstates, type RemovalChoice } from './removal.ts';
import { createPeopleRepository, type MemberRow } from './repository.ts';
import { mayManage } from './rights.ts';

export type Place = Pick<MembershipRow, 'departmentId' | 'position' | 'sortNumber' | 'remark'>;
export type Member = MemberRow & { mayManage: boolean };
/** `signIn`: what whoever manages the person may know of it. */
export type MemberDetail = Member & { signIn: { hasPassword: boolean; linkExpiresAt: string | null } | null };
export type NewPerson = Place & {
  kind: 'standard' | 'console';
  name: string;
  phone: string | null;
  email: string | null;
  language: Language;
};
export type RoleGrant =
  | { role: 'member' }
  | { role: 'administrator'; permissions: readonly Permission[]; managedDepartments: readonly DepartmentId[] | null }
  | { role: 'fieldEngineer'; sites: readonly string[] };

/** Who belongs to an organization, where they stand in it, and what they may do. */
export interface PeopleService {
  list(actor: Actor, request: PageRequest & { departmentId?: DepartmentId | undefined }): Promise<Page<Member>>;
  get(actor: Actor, id: AccountId, from?: FleetDatabase): Promise<MemberDetail>;
  /** Creates an account; its person gets a link to set a password. */
  add(actor: Actor, person: NewPerson): Promise<MemberDetail>;
  /** Sends the link again; the one before leads nowhere any more. */
  sendLink(actor: Actor, id: AccountId): Promise<MemberDetail>;
  update(actor: Actor, id: AccountId, place: Partial<Place>): Promise<MemberDetail>;
  setRole(actor: Actor, id: AccountId, grant: RoleGrant): Promise<MemberDetail>;
  /** Back to a personal place; every session ends and says why. A console account has none, and is deleted. */
  remove(actor: Actor, id: AccountId, choice: RemovalChoice): Promise<void>;
  /** What the person organizes that has not begun, by start, at most 200. */
  listComing(actor: Actor, id: AccountId): Promise<ComingMeeting[]>;
  /**
   * Lets some people of an organization that ended go, and says how many: each goes on as a personal user. An account
   * for the console only, or one whose person never set a password, was the organization's and is deleted.
   */
  releaseSome(tx: FleetDatabase, scope: OrgScope): Promise<number>;
  /** A personal user makes an organization and becomes its default administrator; their free meetings are cancelled. */
  found(actor: Actor, organization: OrganizationFields): Promise<OrganizationId>;
  /** Confirmed by whoever calls it: `handovers`. */
  handOver(actor: Actor, to: AccountId): Promise<void>;
  /** Lets a personal user into an organization; their free meetings are cancelled. */
  join(tx: FleetDatabase, id: AccountId, orgId: OrganizationId, place: Place): Promise<void>;
  findDefaultAdministrator(scope: OrgScope): Promise<{ id: AccountId; name: string } | undefined>;
}

const nowhere: Place = { departmentId: null, position: '', sortNumber: 0, remark: '' };
/** A transaction of this many people holds others up for less than they notice. */
const releasedAtOnce = 100;
const noPowers = { permissions: '[]', managedDepartments: null, sites: '[]' };

export function createPeopleService(deps: {
  db: FleetDatabase;
  clock: Clock;
  accounts: AccountsService;
  audit: AuditService;
  changes: ChangesService;
  departments: DepartmentsService;
  links: LinksService;
  notices: NoticesService;
  organizations: OrganizationsService;
  sessions: SessionsService;
  publicUrl: () => string;
  coming: ComingMeetings;
  /** Names of the cloud rooms that a person is the administrator of. */
  roomsHeldBy: (tx: FleetDatabase, scope: OrgScope, id: AccountId) => Promise<string[]>;
}): PeopleService {
  const { db, clock, accounts, audit, changes, coming, departments, links, notices, organizations, sessions } = deps;
  const { publicUrl } = deps;
  const estates = createEstates(deps);

  async function signInOf(id: AccountId, from: FleetDatabase) {
    const account = await accounts.find(id, from);
    const hasPassword = account !== undefined && account.passwordHash !== null;
    return { hasPassword, linkExpiresAt: hasPassword ? null : await sessions.passwordLinkUntil(id, from) };
  }

  async function get(actor: Actor, id: AccountId, from: FleetDatabase = db): Promise<MemberDetail> {
    const row = await createPeopleRepository(from).find(actor, id);
    if (!row) throw new ProblemError('not_found');
    const isManaged = mayManage(actor, await departments.managedBy(actor, from), row);
    return { ...row, mayManage: isManaged, signIn: isManaged ? await signInOf(id, from) : null };
  }

  async function getManaged(tx: FleetDatabase, actor: Actor, id: AccountId): Promise<MemberDetail> {
    const member = await get(actor, id, tx);
    if (member.role === 'defaultAdministrator') throw new ProblemError('role_stays');
    if (!member.mayManage) throw new ProblemError('outside_scope');
    return member;
  }

  async function record(
    tx: FleetDatabase,
    scope: OrgScope,
    actor: AccountId,
    action: AuditAction,
    subjectId: string,
    detail: AuditAct['detail'] = {},
  ): Promise<void> {
    await audit.append(tx, scope, { actor, action, subjectId, detail });
    await changes.mark(tx, scope, 'people');
  }

  async function move(
    tx: FleetDatabase,
    id: AccountId,
    orgId: OrganizationId,
    membership: Pick<MembershipRow, 'role'> & Place,
  ): Promise<void> {
    const createdAt = clock.now().toISOString();
    await createPeopleRepository(tx).move(id, orgId, { ...noPowers, ...membership, createdAt });
  }

  /**
   * One account, one organization: of two ways in at the same moment, one is too late. What was planned under the free
   * plan is cancelled, because an organization has no free meetings; a live one runs to its end.
   */
  async function leavePersonal(tx: FleetDatabase, actor: Actor) {
    const { accountId } = actor;
    await lockOrganization(tx, actor);
    const { role } = await sessions.actorOf(accountId, tx);
    if (role !== 'personal') throw new ProblemError('organization_joined');
    await coming.decide(tx, actor, { organizerAccountId: accountId }, { kind: 'cancel' });
  }

  async function moveToPersonal(tx: FleetDatabase, scope: OrgScope, { id, name }: { id: AccountId; name: string }) {
    const { timeZone } = await organizations.get(scope, tx);
    const orgId = await organizations.create(tx, { name, kind: 'personal', timeZone });
    await move(tx, id, orgId, { role: 'personal', ...nowhere });
  }

  async function sendPasswordLink(
    tx: FleetDatabase,
    actor: Actor,
    id: AccountId,
    person: Pick<NewPerson, 'phone' | 'email' | 'language'>,
  ): Promise<void> {
    const recipient = person.phone ?? person.email;
    if (recipient === null) throw new ProblemError('recipient_missing');
    await links.count(tx, actor, recipient);
    const token = await sessions.createPasswordLink(tx, id);
    await notices.enqueue(tx, {
      scope: actor,
      channel: person.phone === null ? 'email' : 'sms',
      recipient,
      language: person.language,
      template: 'account.added',
      values: { organization: actor.orgName, url: `${publicUrl()}/set-password/${token}` },
    });
  }

  return {
    get,
    async list(actor, { departmentId, ...request }) {
      const departmentIds = departmentId === undefined ? undefined : await departments.listBelow(actor, departmentId);
      const page = await createPeopleRepository(db).list(actor, { ...request, departmentIds });
      const managed = await departments.managedBy(actor);
      return { ...page, items: page.items.map((row) => ({ ...row, mayManage: mayManage(actor, managed, row) })) };
    },
    async add(actor, person) {
      const { kind, name, language, departmentId, position, sortNumber, remark } = person;
      const phone = person.phone === null ? null : readPhone(person.phone);
      const email = person.email?.toLowerCase() ?? null;
      return await db
        .transaction()
        .execute(async (tx) => {
          await lockOrganization(tx, actor);
          await departments.checkManaged(tx, actor, departmentId);
          const id = await accounts.insert(tx, actor, {
            ...{ kind, name, phone, email, language, role: 'member', passwordHash: null, termsAcceptedAt: null },
            place: { departmentId, position, sortNumber, remark },
          });
          await sendPasswordLink(tx, actor, id, { ...person, phone, email });
          await record(tx, actor, actor.accountId, 'person.added', id, { name });
          return await get(actor, id, tx);
        })
        .catch((error: unknown) => {
          const taken = (['phone', 'email'] as const).find((field) => isUniqueViolation(error, `accounts.${field}`));
          if (taken === undefined) throw error;
          accounts.countTold(actor);
          throw new ProblemError(`${taken}_taken`, {}, { cause: error });
        });
    },
    async sendLink(actor, id) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { name, signIn, ...person } = await getManaged(tx, actor, id);
        if (signIn?.hasPassword) throw new ProblemError('password_is_set', { name });
        await sendPasswordLink(tx, actor, id, person);
        await record(tx, actor, actor.accountId, 'person.linkSent', id, { name });
        return await get(actor, id, tx);
      });
    },
    async update(actor, id, place) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const before = await getManaged(tx, actor, id);
        if (Object.keys(place).length === 0) return before;
        if (place.departmentId !== undefined) await departments.checkManaged(tx, actor, place.departmentId);
        await createPeopleRepository(tx).update(actor, id, place);
        await record(tx, actor, actor.accountId, 'person.updated', id, { name: before.name });
        return await get(actor, id, tx);
      });
    },
    async setRole(actor, id, grant) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const before = await getManaged(tx, actor, id);
        if (grant.role === 'administrator')
          for (const departmentId of grant.managedDepartments ?? [])
            await departments.checkManaged(tx, actor, departmentId);
        await createPeopleRepository(tx).update(actor, id, { ...noPowers, ...toPowers(grant) });
        const { name } = before;
        await record(tx, actor, actor.accountId, 'person.roleSet', id, { name, role: grant.role });
        return await get(actor, id, tx);
      });
    },
    async listComing(actor, id) {
      const { mayManage } = await get(actor, id);
      if (!mayManage) throw new ProblemError('outside_scope');
      return await estates.listComing(db, actor, id);
    },
    async remove(actor, id, choice) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const person = await getManaged(tx, actor, id);
        await estates.settle(tx, actor, person, choice);
        const { name, kind } = person;
        await sessions.endAll(tx, { orgId: actor.orgId, accountId: id }, 'removed_from_organization');
        if (kind === 'console') await accounts.erase(tx, id);
        else await moveToPersonal(tx, actor, { id, name });
        await record(tx, actor, actor.accountId, 'person.removed', id, { name });
      });
    },
    async releaseSome(tx, scope) {
      const members = await createPeopleRepository(tx).listSome(scope, releasedAtOnce);
      for (const { accountId: id, kind, name, passwordHash } of members) {
        if (kind === 'console' || passwordHash === null) await accounts.erase(tx, id);
        else await moveToPersonal(tx, scope, { id, name });
      }
      return members.length;
    },
    async found(actor, organization) {
      const { accountId } = actor;
      return await db.transaction().execute(async (tx) => {
        await leavePersonal(tx, actor);
        const orgId = await organizations.create(tx, { ...organization, kind: 'company' });
        await move(tx, accountId, orgId, { role: 'defaultAdministrator', ...nowhere });
        await record(tx, { orgId }, accountId, 'organization.created', orgId, { name: organization.name });
        return orgId;
      });
    },
    async handOver(actor, to) {
      await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { name } = await getManaged(tx, actor, to);
        const repository = createPeopleRepository(tx);
        // First down, then up: an organization never has two.
        const everything = { role: 'administrator' as const, permissions: JSON.stringify(permissions) };
        await repository.update(actor, actor.accountId, everything);
        await repository.update(actor, to, { ...noPowers, role: 'defaultAdministrator' });
        await record(tx, actor, actor.accountId, 'organization.handedOver', to, { name });
      });
    },
    async join(tx, id, orgId, place) {
      await leavePersonal(tx, await sessions.actorOf(id, tx));
      await move(tx, id, orgId, { role: 'member', ...place });
      await record(tx, { orgId }, id, 'person.joined', id);
    },
    findDefaultAdministrator: (scope) => createPeopleRepository(db).findDefaultAdministrator(scope),
  };
}

function toPowers(grant: RoleGrant): Partial<MembershipRow> {
  switch (grant.role) {
    case 'member':
      return { role: 'member' };
    case 'administrator': {
      const managed = grant.managedDepartments;
      return {
        role: 'administrator',
        permissions: JSON.stringify(grant.permissions),
        managedDepartments: managed && JSON.stringify(managed),
      };
    }
    case 'fieldEngineer':
      return { role: 'fieldEngineer', sites: JSON.stringify(grant.sites) };
  }
}
