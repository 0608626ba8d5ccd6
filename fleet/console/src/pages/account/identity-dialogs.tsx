import { type IdentityProviderWords, identityRoutes, type LinkedIdentity } from '@anteroom/shared/api/identities.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';

/** Asks for the password, then leaves for the provider's page. */
export function LinkDialog({ provider, onClose }: { provider: IdentityProviderWords; onClose: () => void }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { api } = useApp();
  const form = useFields({ password: '' });
  const begin = useMutation({
    mutationFn: (body: { providerId: string; password: string }) => api.identities.beginLink({ body }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const name = provider.name[language];
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('identities.linkTitle', { provider: name })}
      centered
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const body = form.read(identityRoutes.beginLink.body, { providerId: provider.id, ...form.values });
          if (body) begin.mutate(body);
        }}
      >
        <p>{text('identities.linkLead', { provider: name })}</p>
        <OwnPassword form={form} />
        <FaultNote error={begin.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={begin.isPending}>
            {text('identities.go', { provider: name })}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

export function UnlinkDialog({ identity, onClose }: { identity: LinkedIdentity; onClose: () => void }) {
  const text = texts.useText();
  const { language } = useLanguage();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const form = useFields({ password: '' });
  const unlink = useMutation({
    mutationFn: (body: { password: string }) => api.identities.unlink({ params: { identityId: identity.id }, body }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['identities'] });
      onClose();
    },
  });
  return (
    <Confirm
      title={text('identities.unlinkTitle', { provider: identity.provider?.name[language] ?? identity.issuer })}
      act={text('identities.unlink')}
      isBusy={unlink.isPending}
      error={unlink.error}
      onAct={() => {
        const body = form.read(identityRoutes.unlink.body, form.values);
        if (body) unlink.mutate(body);
      }}
      onClose={onClose}
    >
      <p>{text('identities.unlinkLead', { label: identity.label })}</p>
      <OwnPassword form={form} />
    </Confirm>
  );
}

function OwnPassword({ form }: { form: ReturnType<typeof useFields<{ password: string }>> }) {
  const text = texts.useText();
  return (
    <PasswordInput
      label={text('account.currentPassword')}
      autoComplete="current-password"
      data-autofocus
      value={form.values.password}
      onChange={(event) => form.set('password', event.target.value)}
      error={form.isRefused('password') ? text('signIn.password.wrong') : undefined}
      visibilityToggleButtonProps={{ 'aria-label': text('signIn.showPassword') }}
    />
  );
}
