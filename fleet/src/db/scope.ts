import type { Role } from '@anteroom/shared/identity/roles.ts';
import type { OrganizationId } from '@anteroom/shared/ids.ts';

/** The organization within which a repository may look and write. */
export type OrgScope = { readonly orgId: OrganizationId };

/** The same for somebody: a field engineer sees the own sites only. Without a role it is the fleet itself that looks. */
export type SiteScope = OrgScope & { readonly role?: Role; readonly sites?: readonly string[] };

/** The sites that the scope is limited to; null for all of them. */
export function sitesOf({ role, sites = [] }: SiteScope): readonly string[] | null {
  return role === 'fieldEngineer' ? sites : null;
}
