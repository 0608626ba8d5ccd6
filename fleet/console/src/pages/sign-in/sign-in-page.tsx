import { type Session, sessionRoutes } from '@anteroom/shared/api/sessions.ts';
import { Wordmark } from '@anteroom/ui/brand/wordmark.tsx';
import { LanguageSwitch } from '@anteroom/ui/controls/language-switch.tsx';
import { SchemeSwitch } from '@anteroom/ui/controls/scheme-switch.tsx';
import { Door } from '@anteroom/ui/door/door.tsx';
import { PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { CodeForm } from './code-form.tsx';
import { EntryForm } from './entry-form.tsx';
import { IdentityButtons } from './identity-buttons.tsx';
import './sign-in.css';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { next, why, by = 'password' } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const goOn = (session: Session) => {
    queryClient.setQueryData(queries.session().queryKey, session);
    router.history.push(next ?? '/');
  };
  return (
    <SignInFrame>
      {why ? (
        <p className="note sign-in-why" data-kind="lamp" role="status">
          {text(`signedOut.${why}`)}
        </p>
      ) : null}
      <h1>{text('signIn.title')}</h1>
      <p className="lead">{next ? text('signIn.next') : text('signIn.lead')}</p>
      <nav className="tabs sign-in-tabs" aria-label={text('signIn.how')}>
        {(['password', 'code'] as const).map((way) => (
          <Link
            key={way}
            to="/sign-in"
            search={{ next, by: way }}
            className="tab"
            aria-current={by === way ? 'page' : undefined}
          >
            {text(way === 'password' ? 'signIn.byPassword' : 'signIn.byCode')}
          </Link>
        ))}
      </nav>
      {by === 'password' ? <PasswordForm onSignedIn={goOn} /> : <CodeForm onSignedIn={goOn} />}
      <IdentityButtons next={next} />
      <div className="row sign-in-other">
        <Link to="/register" search={{ next }} className="link">
          {text('signIn.register')}
        </Link>
        <Link to="/reset-password" search={{ next }} className="link">
          {text('signIn.forgot')}
        </Link>
      </div>
    </SignInFrame>
  );
}

function PasswordForm({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const form = useFields({ login: '', password: '' });
  const signIn = useMutation({
    mutationFn: (body: typeof form.values) => api.session.signIn({ body }),
    onSuccess: onSignedIn,
  });
  return (
    <EntryForm
      submit={text('signIn.submit')}
      isPending={signIn.isPending}
      error={signIn.error}
      onSubmit={() => {
        const body = form.read(sessionRoutes.signIn.body, form.values);
        if (body) signIn.mutate(body);
      }}
    >
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
      <PasswordInput
        label={text('signIn.password')}
        name="password"
        autoComplete="current-password"
        size="md"
        value={form.values.password}
        onChange={(event) => form.set('password', event.target.value)}
        error={form.isRefused('password') ? text('signIn.password.wrong') : undefined}
        visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
      />
    </EntryForm>
  );
}

/** The head of a page that nobody has to be signed in for. */
export function EntryHead() {
  return (
    <header className="sign-in-head">
      <Wordmark />
      <span className="grow" />
      <LanguageSwitch />
      <SchemeSwitch />
    </header>
  );
}

/** The page before the door: a closed one, since light means that a meeting is on the other side. */
export function SignInFrame({ children }: { children: ReactNode }) {
  return (
    <div className="sign-in">
      <EntryHead />
      <main className="sign-in-main">{children}</main>
      <div className="sign-in-side" aria-hidden="true">
        <Door opening={0} className="sign-in-door" />
      </div>
    </div>
  );
}
