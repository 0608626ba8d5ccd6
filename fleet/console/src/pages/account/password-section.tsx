import { type Account, accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { NewPasswordFields } from '../../components/new-password-fields.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';

const empty = { current: '', password: '', again: '' };

/** A new password in place of the present one; other sessions are signed out. */
export function PasswordSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const form = useFields(empty);
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => api.account.changePassword({ body }),
    onSuccess: async () => {
      for (const name of ['current', 'password', 'again'] as const) form.set(name, '');
      await queryClient.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const submit = () => {
    const { current, password, again } = form.values;
    // The contract calls it `next`; the form marks the field that the person sees.
    const isGood = accountRoutes.changePassword.body.shape.next.safeParse(password).success;
    const refused = [...(isGood ? [] : ['password' as const]), ...(again === password ? [] : ['again' as const])];
    const body = form.read(accountRoutes.changePassword.body, { current, next: password }, refused);
    if (body) change.mutate(body);
  };
  return (
    <section aria-labelledby="password">
      <div className="section-head">
        <h2 id="password">{text('account.passwordTitle')}</h2>
      </div>
      {account.hasPassword ? (
        <form
          className="form account-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <p className="t2">{text('account.passwordLead')}</p>
          <PasswordInput
            label={text('account.currentPassword')}
            autoComplete="current-password"
            size="md"
            value={form.values.current}
            onChange={(event) => form.set('current', event.target.value)}
            error={form.isRefused('current') ? text('signIn.password.wrong') : undefined}
            visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
          />
          <NewPasswordFields values={form.values} isRefused={form.isRefused} set={form.set} />
          <FaultNote error={change.error} />
          <div className="row">
            <Button type="submit" variant="default" loading={change.isPending}>
              {text('account.change')}
            </Button>
            <span role="status" className="t2">
              {change.isSuccess ? text('account.passwordChanged') : ''}
            </span>
          </div>
        </form>
      ) : (
        <p className="section-none">{text('account.passwordNone')}</p>
      )}
    </section>
  );
}
