import type { Organization } from '@anteroom/shared/api/organizations.ts';
import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { SavedForm } from '../../components/saved-form.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { useSaveOrganization, type Version } from './use-save.ts';

/** Whether orders need a billing identity (云账号): a question only where somebody can have one. */
export function OrdersSection({
  organization: { settings },
  version,
}: {
  organization: Organization;
  version: Version;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const providers = useQuery(queries.identityProviders()).data?.items ?? [];
  const form = useFields({ ordersNeedBillingIdentity: settings.ordersNeedBillingIdentity });
  const save = useSaveOrganization(version);
  if (!settings.ordersNeedBillingIdentity && !providers.some(({ uses }) => uses.includes('billing'))) return null;
  return (
    <SavedForm
      id="orders"
      title={text('organization.ordersTitle')}
      save={save}
      onStartAgain={version.startAgain}
      onSubmit={() => save.mutate({ settings: form.values })}
    >
      <Checkbox
        label={text('organization.ordersNeedBillingIdentity')}
        description={text('organization.ordersNeedBillingIdentityHint')}
        checked={form.values.ordersNeedBillingIdentity}
        onChange={(event) => form.set('ordersNeedBillingIdentity', event.target.checked)}
      />
    </SavedForm>
  );
}
