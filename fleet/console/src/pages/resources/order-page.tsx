import { type NewOrderLine, orderRoutes } from '@anteroom/shared/api/orders.ts';
import { errorCatalogue } from '@anteroom/shared/errors/catalogue.ts';
import { type OrderedKind, orderedKinds, planName } from '@anteroom/shared/resources/plan.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button, NumberInput, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FormPage } from '../../components/form-page.tsx';
import { texts } from '../../locales/texts.ts';
import { useBillingIdentity } from './use-billing-identity.ts';

const numberOf = (value: string | number) => (typeof value === 'number' ? value : Number.NaN);

function toLine(kind: OrderedKind, quantity: number, capacity: number): NewOrderLine {
  return kind === 'room' ? { kind, quantity, capacity } : { kind, quantity };
}

/** Orders one resource for some months; the operator then marks the order paid. */
export function OrderPage() {
  const text = texts.useText();
  const { language } = useLanguage();
  const clock = useClock();
  const { api, queries } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const billing = useBillingIdentity();
  const plans = (useQuery(queries.plans()).data?.items ?? []).filter(({ orders }) => orders.length > 0);
  const [plan, setPlan] = useState('flagship');
  const [kind, setKind] = useState<OrderedKind>('concurrency');
  const [quantity, setQuantity] = useState(50);
  const [capacity, setCapacity] = useState(20);
  const [months, setMonths] = useState(12);
  const place = useMutation({
    mutationFn: () => {
      const end = clock.now();
      end.setMonth(end.getMonth() + months);
      const body = orderRoutes.create.body.parse({
        plan: planName.parse(plan),
        lines: [toLine(kind, quantity, capacity)],
        endAt: end.toISOString(),
      });
      return api.orders.create({ body, key: keyOf(body) });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['resources'] });
      await navigate({ to: '/resources' });
    },
  });
  const crumb = (
    <Link to="/resources" className="link">
      {text('resources.title')}
    </Link>
  );
  if (billing.need.state === 'missing') return <BillingIdentityMissing crumb={crumb} />;
  return (
    <FormPage
      crumb={crumb}
      title={text('orders.new')}
      error={place.error ?? billing.error}
      submit={text('orders.place')}
      isPending={place.isPending}
      cancel={(props) => <Link to="/resources" {...props} />}
      onSubmit={() => place.mutate()}
    >
      {billing.need.state === 'linked' ? (
        <p className="t2">{text('orders.billedTo', { label: billing.need.identity.label })}</p>
      ) : null}
      <Select
        label={text('orders.plan')}
        data={plans.map((each) => ({
          value: each.plan,
          label: text('orders.plan.limit', { name: each.title[language], limit: each.maxParticipants }),
        }))}
        value={plan}
        allowDeselect={false}
        onChange={(value) => setPlan(value ?? plan)}
      />
      <Select
        label={text('orders.kind')}
        data={orderedKinds.map((each) => ({ value: each, label: text(`orders.kind.${each}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(orderedKinds.find((each) => each === value) ?? kind)}
      />
      <div className="form-pair">
        <NumberInput
          label={text('orders.quantity')}
          value={quantity}
          min={1}
          onChange={(v) => setQuantity(numberOf(v))}
        />
        {kind === 'room' ? (
          <NumberInput
            label={text('orders.capacity')}
            value={capacity}
            min={2}
            onChange={(v) => setCapacity(numberOf(v))}
          />
        ) : null}
        <NumberInput
          label={text('orders.months')}
          value={months}
          min={1}
          max={60}
          onChange={(v) => setMonths(numberOf(v))}
        />
      </div>
    </FormPage>
  );
}

/** Nothing can be ordered yet: what to do first. */
function BillingIdentityMissing({ crumb }: { crumb: ReactNode }) {
  const text = texts.useText();
  const { language } = useLanguage();
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        {crumb}
      </nav>
      <header className="page-head">
        <h1>{text('orders.new')}</h1>
      </header>
      <div className="form">
        <p className="note" data-kind="lamp">
          {errorCatalogue.billing_identity_required.text[language]}
        </p>
        <div>
          <Button renderRoot={(props) => <Link to="/account" hash="identities" {...props} />}>
            {text('orders.linkFirst')}
          </Button>
        </div>
      </div>
    </>
  );
}
