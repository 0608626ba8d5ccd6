import { type Account, accountRoutes } from '@anteroom/shared/api/accounts.ts';
import { languages } from '@anteroom/shared/text.ts';
import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { SavedForm } from '../../components/saved-form.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { SignOutButton } from '../../shell/sign-out-button.tsx';
import './account.css';
import { DeleteSection } from './delete-section.tsx';
import { EmailSection } from './email-section.tsx';
import { IdentitiesSection } from './identities-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { QuietSection } from './quiet-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** What a person does with their own account. */
export function AccountPage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { data: account, error, refetch } = useQuery(queries.account());
  return (
    <>
      <header className="page-head">
        <h1>{text('account.title')}</h1>
        <span className="grow" />
        <span className="phone-only">
          <SignOutButton />
        </span>
      </header>
      <FaultNote error={error} onRetry={refetch} />
      {account ? (
        <div className="account-page">
          <ProfileSection account={account} />
          <QuietSection />
          <EmailSection account={account} />
          <PasswordSection account={account} />
          <IdentitiesSection account={account} />
          <SessionsSection />
          <DeleteSection account={account} />
        </div>
      ) : null}
    </>
  );
}

const languageNames = { en: 'English', 'zh-CN': '简体中文' } as const;

function ProfileSection({ account }: { account: Account }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const form = useFields({ name: account.name, language: account.language });
  const save = useMutation({
    mutationFn: (body: { name?: string | undefined; language?: Account['language'] | undefined }) =>
      api.account.update({ body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['account'] });
      await queryClient.invalidateQueries({ queryKey: ['session'] });
    },
  });
  return (
    <SavedForm
      id="profile"
      title={text('account.profile')}
      save={save}
      onSubmit={() => {
        const body = form.read(accountRoutes.update.body, form.values);
        if (body) save.mutate(body);
      }}
    >
      <dl className="facts">
        <dt>{text('account.phone')}</dt>
        <dd className="mono">{account.phone ?? text('account.none')}</dd>
        {account.personalNumber === null ? null : (
          <>
            <dt>{text('account.personalNumber')}</dt>
            <dd className="mono">{spacedNumber(account.personalNumber)}</dd>
          </>
        )}
      </dl>
      <div className="form-pair">
        <TextInput
          label={text('account.name')}
          autoComplete="name"
          value={form.values.name}
          onChange={(event) => form.set('name', event.target.value)}
          error={form.isRefused('name') ? text('account.nameWrong') : undefined}
        />
        <NativeSelect
          label={text('account.language')}
          value={form.values.language}
          onChange={(event) =>
            form.set('language', languages.find((each) => each === event.target.value) ?? account.language)
          }
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </div>
    </SavedForm>
  );
}
