import { sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { NewPasswordFields } from '../../components/new-password-fields.tsx';
import { useFields } from '../../components/use-fields.ts';
import { useSentCode } from '../../components/use-sent-code.ts';
import { texts } from '../../locales/texts.ts';
import { EntryForm } from '../sign-in/entry-form.tsx';
import { SignInFrame } from '../sign-in/sign-in-page.tsx';

const route = getRouteApi('/reset-password');

/** A new password by a code: first who, then the code and the password twice. */
export function ResetPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { language } = useLanguage();
  const { next } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const form = useFields({ login: '', code: '', password: '', again: '' });
  const { sentAtMs, send } = useSentCode((body: { login: string; language: typeof language }) =>
    api.session.sendResetCode({ body }),
  );
  const reset = useMutation({
    mutationFn: (body: { login: string; code: string; password: string }) => api.session.resetPassword({ body }),
    onSuccess: (session) => {
      queryClient.setQueryData(queries.session().queryKey, session);
      router.history.push(next ?? '/');
    },
  });
  const askForCode = () => {
    const { login } = form.values;
    const body = form.read(sessionRoutes.sendResetCode.body, { login, language });
    if (body) send.mutate(body);
  };
  const setPassword = () => {
    const { again, ...given } = form.values;
    const differs = again === given.password ? [] : (['again'] as const);
    const body = form.read(sessionRoutes.resetPassword.body, given, differs);
    if (body) reset.mutate(body);
  };
  return (
    <SignInFrame>
      <h1>{text('reset.title')}</h1>
      <p className="lead">
        {sentAtMs === null ? text('reset.lead') : text('account.codeSent', { recipient: form.values.login })}
      </p>
      <EntryForm
        submit={sentAtMs === null ? text('account.sendCode') : text('reset.submit')}
        isPending={send.isPending || reset.isPending}
        error={reset.error ?? send.error}
        onSubmit={() => {
          if (sentAtMs === null) askForCode();
          else setPassword();
        }}
        others={
          <Link to="/sign-in" search={{ next }} className="link">
            {text('signIn.title')}
          </Link>
        }
      >
        {sentAtMs === null ? (
          <TextInput
            label={text('signIn.login')}
            name="username"
            autoComplete="username"
            autoFocus
            size="md"
            value={form.values.login}
            onChange={(event) => form.set('login', event.target.value)}
            error={form.isRefused('login') ? text('signIn.login.wrong') : undefined}
          />
        ) : (
          <>
            <CodeField
              value={form.values.code}
              sentAtMs={sentAtMs}
              isRefused={form.isRefused('code')}
              isBusy={send.isPending}
              onChange={(code) => form.set('code', code)}
              onAgain={askForCode}
            />
            <NewPasswordFields values={form.values} isRefused={form.isRefused} set={form.set} />
          </>
        )}
      </EntryForm>
    </SignInFrame>
  );
}
