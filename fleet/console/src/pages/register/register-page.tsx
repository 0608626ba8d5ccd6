import { registrationRoutes } from '@anteroom/shared/api/accounts.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { CodeField } from '../../components/code-field.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { NewPasswordFields } from '../../components/new-password-fields.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { EntryForm } from '../sign-in/entry-form.tsx';
import { SignInFrame } from '../sign-in/sign-in-page.tsx';

const route = getRouteApi('/register');

/** What is known so far. The proof stays in this page: whoever reloads begins again with a new code. */
type Step =
  | { at: 'phone' }
  | { at: 'code'; phone: string; sentAtMs: number }
  | { at: 'terms'; phone: string; proof: string }
  | { at: 'person'; phone: string; proof: string }
  | { at: 'done' };

/** Registration (注册): phone, code, terms, name and password twice, done. */
export function RegisterPage() {
  const [step, setStep] = useState<Step>({ at: 'phone' });
  return (
    <SignInFrame>
      {step.at === 'phone' ? <PhoneStep onNext={setStep} /> : null}
      {step.at === 'code' ? <CodeStep step={step} onNext={setStep} /> : null}
      {step.at === 'terms' ? <TermsStep onNext={() => setStep({ ...step, at: 'person' })} /> : null}
      {step.at === 'person' ? <PersonStep step={step} onNext={setStep} /> : null}
      {step.at === 'done' ? <DoneStep /> : null}
    </SignInFrame>
  );
}

function PhoneStep({ onNext }: { onNext: (step: Step) => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const { next } = route.useSearch();
  const { language } = useLanguage();
  const form = useFields({ phone: '' });
  const send = useMutation({
    mutationFn: (body: { phone: string; language: typeof language }) => api.registration.sendCode({ body }),
    onSuccess: (_sent, { phone }) => onNext({ at: 'code', phone, sentAtMs: clock.monotonicMs() }),
  });
  return (
    <>
      <p className="t2">{text('register.step', { step: 1 })}</p>
      <h1>{text('register.title')}</h1>
      <p className="lead">{text('register.lead')}</p>
      <EntryForm
        submit={text('account.sendCode')}
        isPending={send.isPending}
        error={send.error}
        onSubmit={() => {
          const body = form.read(registrationRoutes.sendCode.body, { ...form.values, language });
          if (body) send.mutate(body);
        }}
        others={
          <Link to="/sign-in" search={{ next }} className="link">
            {text('register.have')}
          </Link>
        }
      >
        <TextInput
          label={text('register.phone')}
          description={text('register.phoneHint')}
          name="tel"
          type="tel"
          autoComplete="tel"
          autoFocus
          size="md"
          value={form.values.phone}
          onChange={(event) => form.set('phone', event.target.value)}
          error={form.isRefused('phone') ? text('register.phoneWrong') : undefined}
        />
      </EntryForm>
    </>
  );
}

function CodeStep({ step, onNext }: { step: Step & { at: 'code' }; onNext: (step: Step) => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const clock = useClock();
  const { language } = useLanguage();
  const { phone } = step;
  const form = useFields({ code: '' });
  const again = useMutation({
    mutationFn: () => api.registration.sendCode({ body: { phone, language } }),
    onSuccess: () => onNext({ ...step, sentAtMs: clock.monotonicMs() }),
  });
  const confirm = useMutation({
    mutationFn: (body: { phone: string; code: string }) => api.registration.confirm({ body }),
    onSuccess: ({ proof }) => onNext({ at: 'terms', phone, proof }),
  });
  return (
    <>
      <p className="t2">{text('register.step', { step: 2 })}</p>
      <h1>{text('register.title')}</h1>
      <p className="lead">{text('account.codeSent', { recipient: phone })}</p>
      <EntryForm
        submit={text('register.verify')}
        isPending={confirm.isPending}
        error={confirm.error ?? again.error}
        onSubmit={() => {
          const body = form.read(registrationRoutes.confirm.body, { phone, ...form.values });
          if (body) confirm.mutate(body);
        }}
      >
        <CodeField
          value={form.values.code}
          sentAtMs={step.sentAtMs}
          isRefused={form.isRefused('code')}
          isBusy={again.isPending}
          onChange={(code) => form.set('code', code)}
          onAgain={() => again.mutate()}
        />
      </EntryForm>
    </>
  );
}

/** Nobody gives a name or a password before they have accepted. */
function TermsStep({ onNext }: { onNext: () => void }) {
  const text = texts.useText();
  const form = useFields({ acceptsTerms: false });
  return (
    <>
      <p className="t2">{text('register.step', { step: 3 })}</p>
      <h1>{text('register.title')}</h1>
      <EntryForm
        submit={text('register.verify')}
        isPending={false}
        error={null}
        onSubmit={() => {
          if (form.read(registrationRoutes.register.body.pick({ acceptsTerms: true }), form.values)) onNext();
        }}
      >
        <details>
          <summary>{text('register.terms')}</summary>
          <p className="t2">{text('register.termsText')}</p>
        </details>
        <details>
          <summary>{text('register.privacy')}</summary>
          <p className="t2">{text('register.privacyText')}</p>
        </details>
        <Checkbox
          label={text('register.accept')}
          checked={form.values.acceptsTerms}
          onChange={(event) => form.set('acceptsTerms', event.target.checked)}
          error={form.isRefused('acceptsTerms') ? text('register.acceptWrong') : undefined}
        />
      </EntryForm>
    </>
  );
}

function PersonStep({ step, onNext }: { step: Step & { at: 'person' }; onNext: (step: Step) => void }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { language } = useLanguage();
  const queryClient = useQueryClient();
  const form = useFields({ name: '', password: '', again: '' });
  const register = useMutation({
    mutationFn: (body: Parameters<typeof api.registration.register>[0]['body']) => api.registration.register({ body }),
    onSuccess: (session) => {
      queryClient.setQueryData(queries.session().queryKey, session);
      onNext({ at: 'done' });
    },
  });
  return (
    <>
      <p className="t2">{text('register.step', { step: 4 })}</p>
      <h1>{text('register.title')}</h1>
      <EntryForm
        submit={text('register.finish')}
        isPending={register.isPending}
        error={register.error}
        onSubmit={() => {
          const { name, password, again } = form.values;
          const { phone, proof } = step;
          const given = { phone, proof, name, password, acceptsTerms: true, timeZone: readerZone, language };
          const body = form.read(registrationRoutes.register.body, given, again === password ? [] : ['again']);
          if (body) register.mutate(body);
        }}
      >
        <TextInput
          label={text('account.name')}
          name="name"
          autoComplete="name"
          autoFocus
          size="md"
          value={form.values.name}
          onChange={(event) => form.set('name', event.target.value)}
          error={form.isRefused('name') ? text('account.nameWrong') : undefined}
        />
        <NewPasswordFields values={form.values} isRefused={form.isRefused} set={form.set} />
      </EntryForm>
    </>
  );
}

function DoneStep() {
  const text = texts.useText();
  const { queries } = useApp();
  const { next } = route.useSearch();
  const account = useQuery(queries.account());
  const { data } = account;
  return (
    <>
      <FaultNote error={account.error} />
      {data ? (
        <>
          <h1>{text('register.done', { name: data.name })}</h1>
          <p className="lead">{text('register.doneLead', { number: spacedNumber(data.personalNumber ?? '') })}</p>
          <div className="stack sign-in-form">
            {next ? (
              <Button size="md" renderRoot={(props) => <Link to={next} {...props} />}>
                {text('register.goOn')}
              </Button>
            ) : null}
            <Button
              component="a"
              size="md"
              variant={next ? 'default' : 'filled'}
              href={`/m/${data.personalNumber ?? ''}`}
            >
              {text('register.openClient')}
            </Button>
            <Link to="/" className="link">
              {text('register.console')}
            </Link>
          </div>
        </>
      ) : null}
    </>
  );
}
