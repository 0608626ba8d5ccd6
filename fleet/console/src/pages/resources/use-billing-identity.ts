import type { LinkedIdentity } from '@anteroom/shared/api/identities.ts';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';

/** What an order is placed with: nothing, where the organization demands nothing; `missing` while none is linked. */
export type BillingNeed = { state: 'none' } | { state: 'missing' } | { state: 'linked'; identity: LinkedIdentity };

export function useBillingIdentity(): { need: BillingNeed; error: unknown } {
  const { queries } = useApp();
  const organization = useQuery(queries.organization());
  const providers = useQuery(queries.identityProviders());
  const identities = useQuery(queries.identities());
  const error = organization.error ?? providers.error ?? identities.error;
  if (!organization.data?.settings.ordersNeedBillingIdentity) return { need: { state: 'none' }, error };
  if (!providers.data || !identities.data) return { need: { state: 'none' }, error };
  const linked = identities.data.items;
  // The first provider of the installation that is for billing, as the fleet takes it.
  const identity = providers.data.items
    .filter(({ uses }) => uses.includes('billing'))
    .map(({ id }) => linked.find(({ provider }) => provider?.id === id))
    .find((each) => each !== undefined);
  return { need: identity ? { state: 'linked', identity } : { state: 'missing' }, error };
}
