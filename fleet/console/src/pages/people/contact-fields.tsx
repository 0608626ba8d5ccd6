import { Textarea, TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';

/** As typed: an empty phone or e-mail means none. */
export type ContactValues = Record<'name' | 'company' | 'phone' | 'email' | 'remark', string>;

/** Numbers are written with blanks and dashes, and kept without. */
export function bareNumber(typed: string): string {
  return typed.replace(/[\s().-]/g, '');
}

export function toContactBody({ phone, email, ...always }: ContactValues) {
  return { ...always, phone: bareNumber(phone) || null, email: email.trim() || null };
}

/** The fields of an external contact. */
export function ContactFields({
  values,
  isRefused,
  set,
}: {
  values: ContactValues;
  isRefused: (name: keyof ContactValues) => boolean;
  set: (name: keyof ContactValues, value: string) => void;
}) {
  const text = texts.useText();
  return (
    <>
      <TextInput
        label={text('contacts.name')}
        value={values.name}
        onChange={(event) => set('name', event.target.value)}
        error={isRefused('name') ? text('field.name.wrong') : undefined}
      />
      <TextInput
        label={text('contacts.company')}
        value={values.company}
        onChange={(event) => set('company', event.target.value)}
        error={isRefused('company') ? text('contacts.companyWrong') : undefined}
      />
      <TextInput
        type="tel"
        label={text('contacts.phone')}
        description={text('register.phoneHint')}
        value={values.phone}
        onChange={(event) => set('phone', event.target.value)}
        error={isRefused('phone') ? text('register.phoneWrong') : undefined}
      />
      <TextInput
        type="email"
        label={text('contacts.email')}
        value={values.email}
        onChange={(event) => set('email', event.target.value)}
        error={isRefused('email') ? text('account.emailWrong') : undefined}
      />
      <Textarea
        label={text('contacts.remark')}
        value={values.remark}
        onChange={(event) => set('remark', event.target.value)}
        error={isRefused('remark') ? text('contacts.remarkWrong') : undefined}
        autosize
        minRows={2}
      />
    </>
  );
}
