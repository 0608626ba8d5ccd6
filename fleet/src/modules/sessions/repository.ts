import { type Permission, permissionList, type Role } from '@anteroom/shared/identity/roles.ts';
import type { SessionEnd } from '@anteroom/shared/identity/session-end.ts';
import { type AccountId, type DepartmentId, departmentId, type OrganizationId } from '@anteroom/shared/ids.ts';
import type { Language } from '@anteroom/shared/text.ts';
import { z } from 'zod';
import type { FleetDatabase } from '../../db/database.ts';
import type { FleetTables, MembershipRow, OrganizationRow, SessionRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';

export type SessionOwner = {
  accountId: AccountId;
  accountName: string;
  language: Language;
  orgId: OrganizationId;
  orgName: string;
  orgTimeZone: string;
  orgKind: OrganizationRow['kind'];
  role: Role;
  permissions: readonly Permission[];
  /** Departments that an administrator manages; null for the whole organization. */
  managedDepartments: readonly DepartmentId[] | null;
  /** Sites whose terminals a field engineer may work on. */
  sites: readonly string[];
};

/** An end that its program is to be told; the row stays until it would have expired. */
type Ended = { endedAt: string; endReason: SessionEnd };
type OwnerRow = Omit<SessionOwner, 'permissions' | 'managedDepartments' | 'sites'> &
  Pick<MembershipRow, 'permissions' | 'managedDepartments' | 'sites'>;

const nameList = z.array(z.string());
const departmentList = z.array(departmentId);

function toOwner(row: OwnerRow | undefined): SessionOwner | undefined {
  if (!row) return undefined;
  return {
    ...row,
    permissions: permissionList.parse(JSON.parse(row.permissions)),
    managedDepartments:
      row.managedDepartments === null ? null : departmentList.parse(JSON.parse(row.managedDepartments)),
    sites: nameList.parse(JSON.parse(row.sites)),
  };
}

type LinkPurpose = FleetTables['oneTimeLinks']['purpose'];

/** Sessions are found by what their holder has, before any organization is known: these calls have no scope. */
export function createSessionRepository(db: FleetDatabase) {
  const owners = db
    .selectFrom('accounts')
    .innerJoin('memberships', 'memberships.accountId', 'accounts.id')
    .innerJoin('organizations', 'organizations.id', 'memberships.orgId')
    .select([
      'accounts.id as accountId',
      'accounts.name as accountName',
      'accounts.language',
      'organizations.id as orgId',
      'organizations.name as orgName',
      'organizations.timeZone as orgTimeZone',
      'organizations.kind as orgKind',
      'memberships.role',
      'memberships.permissions',
      'memberships.managedDepartments',
      'memberships.sites',
    ]);

  return {
    async findOwner(accountId: AccountId): Promise<SessionOwner | undefined> {
      return toOwner(await owners.where('accounts.id', '=', accountId).executeTakeFirst());
    },
    /** Role and organization are those of now, not those of the sign-in. */
    async findByToken(tokenHash: string, now: string): Promise<(SessionOwner & { seenAt: string }) | undefined> {
      const row = await owners
        .innerJoin('sessions', (join) =>
          join.onRef('sessions.accountId', '=', 'accounts.id').onRef('sessions.orgId', '=', 'organizations.id'),
        )
        .where('sessions.tokenHash', '=', tokenHash)
        .where('sessions.expiresAt', '>', now)
        .where('sessions.endedAt', 'is', null)
        .select('sessions.seenAt')
        .executeTakeFirst();
      const owner = toOwner(row);
      return owner && row && { ...owner, seenAt: row.seenAt };
    },
    async insert(session: FleetTables['sessions']): Promise<void> {
      await db.insertInto('sessions').values(session).execute();
    },
    async remove(tokenHash: string): Promise<void> {
      await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
    },
    async removeExpired(now: string): Promise<void> {
      await db.deleteFrom('sessions').where('expiresAt', '<=', now).execute();
      await db.deleteFrom('oneTimeLinks').where('expiresAt', '<=', now).execute();
    },
    async setSeen(tokenHash: string, seenAt: string): Promise<void> {
      await db.updateTable('sessions').set({ seenAt }).where('tokenHash', '=', tokenHash).execute();
    },
    async findEnd(tokenHash: string): Promise<SessionEnd | undefined> {
      const row = await db
        .selectFrom('sessions')
        .select('endReason')
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst();
      return row?.endReason ?? undefined;
    },
    async listOpen(accountId: AccountId, now: string): Promise<SessionRow[]> {
      return await db
        .selectFrom('sessions')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('expiresAt', '>', now)
        .where('endedAt', 'is', null)
        .orderBy('seenAt', 'desc')
        .orderBy('id', 'desc')
        .execute();
    },
    /** False when the account has no such open session. */
    async end({ accountId, id }: Pick<SessionRow, 'accountId' | 'id'>, ended: Ended): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set(ended)
        .where('accountId', '=', accountId)
        .where('id', '=', id)
        .where('endedAt', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async endAll(accountId: AccountId, ended: Ended, exceptHash: string | undefined): Promise<void> {
      const open = db
        .updateTable('sessions')
        .set(ended)
        .where('accountId', '=', accountId)
        .where('endedAt', 'is', null);
      await (exceptHash === undefined ? open : open.where('tokenHash', '!=', exceptHash)).execute();
    },
    async endOrganization({ orgId }: OrgScope, ended: Ended): Promise<void> {
      await db.updateTable('sessions').set(ended).where('orgId', '=', orgId).where('endedAt', 'is', null).execute();
    },
    /** Whether its people are on their way out of the organization. */
    async isDissolved({ orgId }: OrgScope): Promise<boolean> {
      const row = await db
        .selectFrom('closings')
        .select('orgId')
        .where('orgId', '=', orgId)
        .where('dissolvedAt', 'is not', null)
        .executeTakeFirst();
      return row !== undefined;
    },
    async insertLink(link: FleetTables['oneTimeLinks']): Promise<void> {
      await db.insertInto('oneTimeLinks').values(link).execute();
    },
    async insertLinks(links: readonly FleetTables['oneTimeLinks'][]): Promise<void> {
      await db.insertInto('oneTimeLinks').values(links).execute();
    },
    /** Makes every link of this purpose worthless that was not used. */
    async retireLinks(accountId: AccountId, purpose: LinkPurpose, usedAt: string): Promise<void> {
      const open = db.updateTable('oneTimeLinks').where('accountId', '=', accountId).where('purpose', '=', purpose);
      await open.set({ usedAt }).where('usedAt', 'is', null).execute();
    },
    /** Until when the last link is good that was not used; null when there is none. */
    async findLinkEnd(accountId: AccountId, purpose: LinkPurpose, now: string): Promise<string | null> {
      const row = await db
        .selectFrom('oneTimeLinks')
        .select((eb) => eb.fn.max('expiresAt').as('expiresAt'))
        .where('accountId', '=', accountId)
        .where('purpose', '=', purpose)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .executeTakeFirst();
      return row?.expiresAt ?? null;
    },
    /** Uses the link up and says whose it is; undefined when it is unknown, used or expired. */
    async useLink(tokenHash: string, purpose: LinkPurpose, now: string): Promise<AccountId | undefined> {
      const used = await db
        .updateTable('oneTimeLinks')
        .set({ usedAt: now })
        .where('tokenHash', '=', tokenHash)
        .where('purpose', '=', purpose)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', now)
        .returning('accountId')
        .executeTakeFirst();
      return used?.accountId;
    },
  };
}
