import type { OrganizationId } from '@anteroom/shared/ids.ts';

/** The organization within which a repository may look and write. */
export type OrgScope = { readonly orgId: OrganizationId };
