import { type Account, accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { useSentCode } from '../../components/use-sent-code.ts';
import { texts } from '../../locales/texts.ts';

/** The e-mail address: a code proves that it is the person's own. */
export function EmailSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const form = useFields({ email: account.email ?? '', code: '' });
  const { sentAtMs, send, forget } = useSentCode((body: { email: string }) => api.account.sendEmailCode({ body }));
  const set = useMutation({
    mutationFn: (body: { email: string; code: string }) => api.account.setEmail({ body }),
    onSuccess: async () => {
      forget();
      form.set('code', '');
      await queryClient.invalidateQueries({ queryKey: ['account'] });
    },
  });
  const askForCode = () => {
    const body = form.read(accountRoutes.sendEmailCode.body, { email: form.values.email.trim() });
    if (body) send.mutate(body);
  };
  return (
    <section aria-labelledby="email">
      <div className="section-head">
        <h2 id="email">{text('account.email')}</h2>
      </div>
      <form
        className="form account-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (sentAtMs === null) return askForCode();
          const given = { email: form.values.email.trim(), code: form.values.code };
          const body = form.read(accountRoutes.setEmail.body, given);
          if (body) set.mutate(body);
        }}
      >
        <TextInput
          type="email"
          label={text('account.email')}
          description={account.email === null ? text('account.emailNone') : undefined}
          autoComplete="email"
          readOnly={sentAtMs !== null}
          value={form.values.email}
          onChange={(event) => form.set('email', event.target.value)}
          error={form.isRefused('email') ? text('account.emailWrong') : undefined}
        />
        {sentAtMs === null ? null : (
          <CodeField
            value={form.values.code}
            sentAtMs={sentAtMs}
            isRefused={form.isRefused('code')}
            isBusy={send.isPending}
            onChange={(code) => form.set('code', code)}
            onAgain={askForCode}
          />
        )}
        <FaultNote error={set.error ?? send.error} />
        <div className="row">
          <Button type="submit" variant="default" loading={send.isPending || set.isPending}>
            {sentAtMs === null ? text('account.sendCode') : text('account.emailSet')}
          </Button>
          <span role="status" className="t2">
            {set.isSuccess && sentAtMs === null ? text('account.saved') : ''}
          </span>
        </div>
      </form>
    </section>
  );
}
