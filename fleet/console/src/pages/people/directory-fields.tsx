import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { texts } from '../../locales/texts.ts';

type Field<V> = { value: V; isRefused: boolean; onChange: (value: V) => void };

/** Where somebody or something stands among its like: smaller numbers first. */
export function SortNumberField({ value, isRefused, onChange, hint }: Field<number> & { hint: string }) {
  const text = texts.useText();
  return (
    <NumberInput
      label={text('departments.sortNumber')}
      description={hint}
      value={value}
      onChange={(given) => onChange(typeof given === 'number' ? given : Number.NaN)}
      min={0}
      max={999_999}
      allowDecimal={false}
      clampBehavior="none"
      error={isRefused ? text('departments.sortNumberWrong') : undefined}
    />
  );
}

export function RemarkField({ value, isRefused, onChange }: Field<string>) {
  const text = texts.useText();
  return (
    <Textarea
      label={text('contacts.remark')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={isRefused ? text('contacts.remarkWrong') : undefined}
      autosize
      minRows={2}
    />
  );
}

export function PhoneField({ value, isRefused, onChange, wrong }: Field<string> & { wrong: string }) {
  const text = texts.useText();
  return (
    <TextInput
      type="tel"
      label={text('contacts.phone')}
      description={text('register.phoneHint')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={isRefused ? wrong : undefined}
    />
  );
}

export function EmailField({ value, isRefused, onChange, hint }: Field<string> & { hint?: string }) {
  const text = texts.useText();
  return (
    <TextInput
      type="email"
      label={text('contacts.email')}
      description={hint}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={isRefused ? text('account.emailWrong') : undefined}
    />
  );
}
