import { type OperatorOrder, operatorRoutes } from '@anteroom/shared/api/orders.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { EntryHead, SignInFrame } from '../sign-in/sign-in-page.tsx';
import { PendingOrders } from './pending-orders.tsx';
import './operator.css';

/** What was answered last, and when. */
export type Seen = { orders: readonly OperatorOrder[]; at: string };

/**
 * For whoever runs the installation, and proves it by the key in its data folder: no account gives this, because no
 * organization owns it. The key stays in this page's memory and goes with it.
 */
export function OperatorPage() {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const [seen, setSeen] = useState<Seen | null>(null);
  const form = useFields({ operatorKey: '' });
  const look = useMutation({
    mutationFn: (body: { operatorKey: string }) => api.operator.listPending({ body }),
    onSuccess: ({ items }) => setSeen({ orders: items, at: clock.now().toISOString() }),
  });
  const show = () => {
    const body = form.read(operatorRoutes.listPending.body, form.values);
    if (body) look.mutate(body);
  };
  const forget = () => {
    form.set('operatorKey', '');
    look.reset();
    setSeen(null);
  };
  if (seen)
    return (
      <>
        <EntryHead />
        <main className="page operator">
          <PendingOrders
            seen={seen}
            operatorKey={form.values.operatorKey}
            error={look.error}
            isBusy={look.isPending}
            onAgain={show}
            onForget={forget}
          />
        </main>
      </>
    );
  return (
    <SignInFrame>
      <h1>{text('operator.title')}</h1>
      <p className="lead">{text('operator.lead')}</p>
      <form
        className="stack sign-in-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          show();
        }}
      >
        <PasswordInput
          label={text('operator.key')}
          description={text('operator.keyHint')}
          autoComplete="off"
          size="md"
          value={form.values.operatorKey}
          onChange={(event) => form.set('operatorKey', event.target.value)}
          error={form.isRefused('operatorKey') ? text('operator.keyWrong') : undefined}
          visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
        />
        <FaultNote error={look.error} />
        <Button type="submit" size="md" loading={look.isPending}>
          {text('operator.show')}
        </Button>
      </form>
    </SignInFrame>
  );
}
