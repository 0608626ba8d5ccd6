import type { Account } from '@anteroom/shared/api/accounts.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { CodeConfirm } from '../../components/code-confirm.tsx';
import { texts } from '../../locales/texts.ts';

/** As wide as a phone: there a default administrator is sent to a computer. */
const phoneWidthPx = 600;
const clientSize = () => (window.innerWidth < phoneWidthPx ? ('phone' as const) : ('computer' as const));

/** Deletion (注销账号): a code is sent, and the code and the account's name confirm it. */
export function DeleteSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (code: string) => api.account.remove({ body: { code, client: clientSize() } }),
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
      <div className="account-form">
        <CodeConfirm
          ask={text('account.deleteCode')}
          sendCode={() => api.account.sendDeletionCode({ body: { client: clientSize() } })}
          title={text('account.delete')}
          act={text('account.delete')}
          typed={account.name}
          isBusy={remove.isPending}
          error={remove.error}
          onAct={remove.mutate}
          onClose={remove.reset}
        />
      </div>
    </section>
  );
}
