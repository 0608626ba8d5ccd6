import { TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';
import { EmailField, PhoneField, RemarkField } from './directory-fields.tsx';

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
      <PhoneField
        value={values.phone}
        isRefused={isRefused('phone')}
        onChange={(phone) => set('phone', phone)}
        wrong={text('register.phoneWrong')}
      />
      <EmailField value={values.email} isRefused={isRefused('email')} onChange={(email) => set('email', email)} />
      <RemarkField value={values.remark} isRefused={isRefused('remark')} onChange={(remark) => set('remark', remark)} />
    </>
  );
}
