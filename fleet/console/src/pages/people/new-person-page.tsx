import { peopleRoutes } from '@anteroom/shared/api/people.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Radio, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { bareNumber } from './contact-fields.tsx';
import { EmailField, PhoneField } from './directory-fields.tsx';
import { MessageLanguage } from './message-language.tsx';
import { nowhere, PlaceFields } from './place-fields.tsx';
import './people.css';

const kinds = ['standard', 'console'] as const;

/** An administrator makes an account (添加用户); its person gets a link to set a password. */
export function NewPersonPage() {
  const text = texts.useText();
  const { api } = useApp();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const blank = { kind: 'standard' as (typeof kinds)[number], name: '', phone: '', email: '', language };
  const form = useFields({ ...blank, ...nowhere });
  const { values, set, isRefused } = form;
  const add = useMutation({
    mutationFn: (body: RouteBody<typeof peopleRoutes.add>) => api.people.add({ body, key: keyOf(body) }),
    onSuccess: async ({ id }) => {
      // There it says where the link went.
      await navigate({ to: '/people/$accountId', params: { accountId: id } });
      await queryClient.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <FormPage
      crumb={
        <Link to="/people" className="link">
          {text('people.title')}
        </Link>
      }
      title={text('person.new')}
      error={add.error}
      submit={text('person.create')}
      isPending={add.isPending}
      cancel={(props) => <Link to="/people" {...props} />}
      onSubmit={() => {
        const { phone, email, ...always } = values;
        const reach = { phone: bareNumber(phone) || null, email: email.trim() || null };
        const isUnreachable = reach.phone === null && reach.email === null;
        const body = form.read(peopleRoutes.add.body, { ...always, ...reach }, isUnreachable ? ['phone'] : []);
        if (body) add.mutate(body);
      }}
    >
      <p className="t2">{text('person.newLead')}</p>
      <TextInput
        label={text('people.name')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <PhoneField
        value={values.phone}
        isRefused={isRefused('phone')}
        onChange={(phone) => set('phone', phone)}
        wrong={text('person.phoneWrong')}
      />
      <EmailField
        value={values.email}
        isRefused={isRefused('email')}
        onChange={(email) => set('email', email)}
        hint={text('person.emailHint')}
      />
      <MessageLanguage value={values.language} onChange={(chosen) => set('language', chosen)} />
      <Radio.Group
        label={text('person.account')}
        value={values.kind}
        onChange={(value) => set('kind', kinds.find((kind) => kind === value) ?? 'standard')}
      >
        <div className="choices">
          {kinds.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={text(`person.kind.${kind}`)}
              description={text(`person.kindMay.${kind}`)}
            />
          ))}
        </div>
      </Radio.Group>
      <PlaceFields {...form} isWithinManaged />
    </FormPage>
  );
}
