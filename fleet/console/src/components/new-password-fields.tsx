import { PasswordInput } from '@mantine/core';
import { texts } from '../locales/texts.ts';

export type NewPassword = { password: string; again: string };

/** A new password, twice. */
export function NewPasswordFields(props: {
  values: NewPassword;
  isRefused: (name: keyof NewPassword) => boolean;
  set: (name: keyof NewPassword, value: string) => void;
}) {
  const text = texts.useText();
  const toggle = { 'aria-label': text('signIn.showPassword') };
  return (
    <>
      <PasswordInput
        label={text('account.newPassword')}
        description={text('account.passwordHint')}
        name="new-password"
        autoComplete="new-password"
        size="md"
        value={props.values.password}
        onChange={(event) => props.set('password', event.target.value)}
        error={props.isRefused('password') ? text('account.passwordWrong') : undefined}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordInput
        label={text('account.passwordAgain')}
        name="new-password-again"
        autoComplete="new-password"
        size="md"
        value={props.values.again}
        onChange={(event) => props.set('again', event.target.value)}
        error={props.isRefused('again') ? text('account.passwordDiffers') : undefined}
        visibilityToggleButtonProps={toggle}
      />
    </>
  );
}
