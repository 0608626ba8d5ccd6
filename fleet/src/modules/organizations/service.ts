import { ProblemError } from '@anteroom/shared/errors/problem.ts';
import { newId, type OrganizationId } from '@anteroom/shared/ids.ts';
import { type OrganizationSettings, organizationSettings } from '@anteroom/shared/organization/settings.ts';
import type { Clock } from '@anteroom/shared/time/clock.ts';
import type { FleetDatabase } from '../../db/database.ts';
import { lockOrganization } from '../../db/locks.ts';
import type { OrganizationRow } from '../../db/schema.ts';
import type { OrgScope } from '../../db/scope.ts';
import type { AuditService } from '../audit/service.ts';
import type { ChangesService } from '../changes/service.ts';
import { createOrganizationRepository } from './repository.ts';

export type OrganizationFields = Pick<OrganizationRow, 'name' | 'timeZone'> &
  Partial<Pick<OrganizationRow, 'industry' | 'size' | 'country'>>;
export type OrganizationDetail = Omit<OrganizationRow, 'settings'> & { settings: OrganizationSettings };
export type OrganizationChange = Partial<OrganizationFields> & {
  settings?: Partial<OrganizationSettings>;
};

/** What an organization is and decides for itself; who belongs to it is the matter of `people`. */
export interface OrganizationsService {
  create(tx: FleetDatabase, organization: OrganizationFields & Pick<OrganizationRow, 'kind'>): Promise<OrganizationId>;
  get(scope: OrgScope, from?: FleetDatabase): Promise<OrganizationDetail>;
  update(actor: OrgScope & { accountId: AuditActor }, change: OrganizationChange): Promise<OrganizationDetail>;
}

type AuditActor = Parameters<AuditService['append']>[2]['actor'];

export function createOrganizationsService(deps: {
  db: FleetDatabase;
  clock: Clock;
  audit: AuditService;
  changes: ChangesService;
  /** Whether anybody can have a billing identity in this installation. */
  hasBillingProvider: boolean;
}): OrganizationsService {
  const { db, clock, audit, changes, hasBillingProvider } = deps;

  async function get({ orgId }: OrgScope, from: FleetDatabase = db): Promise<OrganizationDetail> {
    const row = await createOrganizationRepository(from).find(orgId);
    // The scope is that of a session, whose organization is there.
    if (!row) throw new Error(`organization ${orgId} is gone`);
    return { ...row, settings: organizationSettings.parse(JSON.parse(row.settings)) };
  }

  return {
    get,
    async create(tx, { industry = '', size = '', country = '', ...organization }) {
      const now = clock.now();
      const id = newId('organization', now);
      const createdAt = now.toISOString();
      const row = { ...organization, id, industry, size, country, settings: '{}', createdAt };
      await createOrganizationRepository(tx).insert(row);
      return id;
    },
    async update(actor, { settings: changed, ...fields }) {
      return await db.transaction().execute(async (tx) => {
        await lockOrganization(tx, actor);
        const { settings } = await get(actor, tx);
        const demandsAnew = changed?.ordersNeedBillingIdentity && !settings.ordersNeedBillingIdentity;
        if (demandsAnew && !hasBillingProvider) throw new ProblemError('billing_provider_missing');
        const next = JSON.stringify({ ...settings, ...changed });
        await createOrganizationRepository(tx).update(actor.orgId, { ...fields, settings: next });
        await audit.append(tx, actor, {
          actor: actor.accountId,
          action: 'organization.updated',
          subjectId: actor.orgId,
          detail: { ...fields, ...changed },
        });
        await changes.mark(tx, actor, 'people');
        return await get(actor, tx);
      });
    },
  };
}
