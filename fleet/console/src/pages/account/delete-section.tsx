import { type Account, accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';

/** As wide as a phone: there a default administrator is sent to a computer. */
const phoneWidthPx = 600;

/** Deletion (注销账号): a code is sent, and the code and the account's name confirm it. */
export function DeleteSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [sentAtMs, setSentAtMs] = useState<number | null>(null);
  const form = useFields({ code: '' });
  const clientSize = () => (window.innerWidth < phoneWidthPx ? ('phone' as const) : ('computer' as const));
  const send = useMutation({
    mutationFn: () => api.account.sendDeletionCode({ body: { client: clientSize() } }),
    onSuccess: () => setSentAtMs(clock.monotonicMs()),
  });
  const remove = useMutation({
    mutationFn: (body: { code: string; client: 'phone' | 'computer' }) => api.account.remove({ body }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in', search: { why: 'account_deleted' } });
      queryClient.clear();
    },
  });
  return (
    <section aria-labelledby="delete">
      <div className="section-head">
        <h2 id="delete">{text('account.delete')}</h2>
      </div>
      <p className="account-lead">{text('account.deleteLead')}</p>
      {sentAtMs === null ? <FaultNote error={send.error} /> : null}
      <div className="account-form">
        <Button className="danger-outline" variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          {text('account.deleteCode')}
        </Button>
      </div>
      {sentAtMs === null ? null : (
        <Confirm
          title={text('account.delete')}
          act={text('account.delete')}
          typed={account.name}
          isBusy={remove.isPending}
          error={remove.error ?? send.error}
          onAct={() => {
            const body = form.read(accountRoutes.remove.body, { code: form.values.code, client: clientSize() });
            if (body) remove.mutate(body);
          }}
          onClose={() => setSentAtMs(null)}
        >
          <p className="t2">
            {text('account.codeSent', { recipient: account.phone ?? account.email ?? text('account.none') })}
          </p>
          <CodeField
            value={form.values.code}
            sentAtMs={sentAtMs}
            isRefused={form.isRefused('code')}
            isBusy={send.isPending}
            onChange={(code) => form.set('code', code)}
            onAgain={() => send.mutate()}
          />
        </Confirm>
      )}
    </section>
  );
}
