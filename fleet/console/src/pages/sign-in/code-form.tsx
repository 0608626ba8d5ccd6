import { type Session, sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { useFields } from '../../components/use-fields.ts';
import { useSentCode } from '../../components/use-sent-code.ts';
import { texts } from '../../locales/texts.ts';
import { EntryForm } from './entry-form.tsx';

/** Sign-in with a code: the code field appears once one was asked for. */
export function CodeForm({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const { language } = useLanguage();
  const form = useFields({ login: '', code: '' });
  const { sentAtMs, send } = useSentCode((body: { login: string; language: typeof language }) =>
    api.session.sendCode({ body }),
  );
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => api.session.signInByCode({ body }),
    onSuccess: onSignedIn,
  });
  const askForCode = () => {
    const body = form.read(sessionRoutes.sendCode.body, { login: form.values.login, language });
    if (body) send.mutate(body);
  };
  return (
    <EntryForm
      submit={sentAtMs === null ? text('account.sendCode') : text('signIn.submit')}
      isPending={send.isPending || signIn.isPending}
      error={signIn.error ?? send.error}
      onSubmit={() => {
        if (sentAtMs === null) return askForCode();
        const body = form.read(sessionRoutes.signInByCode.body, form.values);
        if (body) signIn.mutate(body);
      }}
    >
      <TextInput
        label={text('signIn.login')}
        name="username"
        autoComplete="username"
        autoFocus
        size="md"
        readOnly={sentAtMs !== null}
        value={form.values.login}
        onChange={(event) => form.set('login', event.target.value)}
        error={form.isRefused('login') ? text('signIn.login.wrong') : undefined}
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
      {send.data ? <p className="t2">{text('account.codeSent', { recipient: form.values.login })}</p> : null}
    </EntryForm>
  );
}
